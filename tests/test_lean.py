"""Dependencies that were imported without what hub seldom uses of them still do all they can."""

import subprocess
import sys

USE = """
import sys
from hubcli import lean
lean.typer()
library = lean.sqlite_utils()
assert not [m for m in sys.modules.values() if type(m).__name__ == "_StandIn"]
seldom = {"subprocess", "hashlib", "pluggy", "json", "difflib", "sqlite_utils.plugins"}
assert seldom.isdisjoint(sys.modules), seldom & sys.modules.keys()
import decimal, io, typer, uuid
from typer.testing import CliRunner
db = library.Database(memory=True)
db["t"].insert({"id": 1, "a": {"x": [1]}, "u": uuid.UUID(int=1), "d": decimal.Decimal("1.5")}, pk="id")
db["t"].transform(not_null={"a"})
assert list(db["t"].rows) == [{"id": 1, "a": '{"x": [1]}', "u": str(uuid.UUID(int=1)), "d": 1.5}]
assert library.utils.hash_record({"a": 1}) == "9f89c740ceb46d7418c924a78ac57941d5e96520"
rows, _ = library.utils.rows_from_file(io.BytesIO(b"a,b\\n1,2\\n"), format=library.utils.Format.CSV)
assert list(rows) == [{"a": "1", "b": "2"}]
assert repr(library.Migrations("x")) == "<Migrations 'x': []>"
assert library.db.pm.get_plugins() is not None
app = typer.Typer()
app.command()(lambda: print("done"))
told = CliRunner().invoke(app, ["--nothing"])
assert told.exit_code == 2 and "No such option" in told.output
assert CliRunner().invoke(app, ["--help"]).exit_code == 0
print("all of it works")
"""


def test_what_waited_comes_when_it_is_used() -> None:
    done = subprocess.run([sys.executable, "-c", USE], capture_output=True, text=True, check=False)
    assert done.stdout == "all of it works\n", done.stderr
