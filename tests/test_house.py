"""The shape of the code: layers, statements, refusals, start-up; a rule that no test looks at does not hold long."""

import ast
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from conftest import ROOT, InProcess
from hubcli import queries, schema
from hubcli.refusals import catalogue

SOURCE = ROOT / "src" / "hubcli"
SQL = sorted((SOURCE / "sql").rglob("*.sql"))

# ------------------------------------------------------------------------------------------------------------- layers

LAYERS = {
    "refusals": 0,
    "counts": 0,
    "errors": 1,
    "stopping": 1,
    "values": 2,
    "schema": 3,
    "queries": 3,
    "changelog": 3,
    "lean": 3,
    "faults": 3,
    "sqlitefile": 4,
    "disk": 3,
    "locks": 3,
    "render": 3,
    "settings": 3,
    "search": 4,
    "listing": 4,
    "migrations": 5,
    "store": 5,
    "demo": 3,
    "importing": 5,
    "operations": 6,
    "cli": 7,
    "dialog": 7,
    "promised": 7,
    "command": 8,
    "commands": 9,
    "run": 10,
    "completing": 10,
    "__main__": 11,
}
"""Each module may use those below it, and its own package. search and migrations are the store's own helpers."""


def imports(path: Path) -> Iterator[str]:
    """Give the parts of hub that a module imports when it runs; what only type checkers read is left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typed = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test)
        for node in chain.from_iterable(map(ast.walk, block.body))
    }
    for node in ast.walk(tree):
        if id(node) in typed:
            continue
        if isinstance(node, ast.ImportFrom) and node.module == "hubcli":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hubcli."):
            yield (node.module or "").split(".")[1]


def part_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_dependencies_point_one_way(path: Path) -> None:
    mine = part_of(path)
    if mine == "__init__":
        return
    allowed_upwards = {("store", "migrations"), ("store", "search"), ("run", "cli"), ("cli", "commands")}
    for other in set(imports(path)) - {mine, "__version__"}:
        assert other in LAYERS, f"give {other} a layer"
        assert LAYERS[other] < LAYERS[mine] or (mine, other) in allowed_upwards, f"{path.name} uses {other}"


OPENING = {
    r"^\s*(import|from) (sqlite3|sqlite_utils)\b": {"completing.py"},
    r"\blean\.sqlite_utils\b": {"store.py", "sqlitefile.py"},
    r"^\s*(import .*|from hubcli.* import .*)\bsqlitefile\b": {
        "migrations.py", "operations/asking.py", "operations/backup.py", "operations/checks/__init__.py",
        "operations/checks/base.py", "operations/checks/log.py", "operations/checks/whole.py",
        "operations/customers/naming.py", "operations/environment.py", "operations/restoring.py",
    },
    r"\.(_db|_sqlite)\b": {"store.py"},
}  # fmt: skip
"""Ways to a connection, and who goes them: everybody else reads and writes by the Hub."""


@pytest.mark.parametrize("way", OPENING)
def test_a_connection_is_had_by_those_named_only(way: str) -> None:
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(way, path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert found == OPENING[way], "read and write by the Hub; what handles the file as a whole is named here"


# --------------------------------------------------------------------------------------------------------- statements

FORBIDDEN = re.compile(
    r"\b(julianday|strftime|ifnull|group_concat|glob|match|rowid|now|json\w*)\b|\bdate\(|\binsert or\b|\brandom\(",
    re.IGNORECASE,
)


def blocks() -> list[tuple[str, str]]:
    found = []
    for path in SQL:
        _, *parts = re.split(r"^-- name: (\w+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        found += [(f"{path.stem}.{name}", body) for name, body in zip(parts[::2], parts[1::2], strict=True)]
    return found


@pytest.mark.parametrize("path", [p for p in SQL if p.parent.name == "sql"], ids=lambda p: p.name)
def test_shared_statements_are_portable(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        told = line.split("--")[0]
        assert not FORBIDDEN.search(told), f"{path.name}: {line.strip()}"


@pytest.fixture(scope="module")
def laid() -> sqlite3.Connection:
    conn = sqlite3.connect(":memory:")
    conn.executescript(schema.text() + schema.triggers())
    conn.create_function("local_day", 1, str)
    for _, body in blocks():
        if "CREATE TEMP TABLE" in body:
            conn.executescript(body)
    return conn


FRAGMENTS = {name for _, body in blocks() for name in re.findall(r"@\{([\w.]+)\}", body)}
FRAGMENTS |= {f"cells.{name}" for name in queries.blocks("cells")}


@pytest.mark.parametrize("name", [name for name, _ in blocks() if name not in FRAGMENTS])
def test_every_statement_prepares_with_none_each_and_all_filters(laid: sqlite3.Connection, name: str) -> None:
    block = queries.expand(queries.find(name))
    tags = sorted({tag for found in re.findall(r"-- \[!?([\w|]+)\]", block) for tag in found.split("|")})
    lists = listed(block)
    always = listed("\n".join(line for line in block.splitlines() if "-- [" not in line))
    beside = [set(re.findall(r":(\w+)", one)) for one in re.findall(r"any\{(.*?)\}", block, re.DOTALL)]
    negated = set(re.findall(r"-- \[!(\w+)\]", block))
    together = [tag for tag in tags if tag not in {"by_value", "by_last_order", "by_id"}]  # each in place of by_name
    for chosen in ([], *([tag] for tag in tags), together):
        wanted = {*chosen, *needed(set(chosen)), *always, *(lists if negated else ())}
        wanted |= {name for names in beside if names & wanted for name in names}
        wanted |= {"as_text"} if name.endswith("_as_text") else set()
        sql, bound = queries.fit(name, {key: ["x"] if key in lists else "x" for key in wanted})
        bound |= dict.fromkeys(re.findall(r"(?<![:\w'\"]):(\w+)", sql))
        values: object = [None] * sql.count("?") if "?" in sql else bound
        laid.execute(f"EXPLAIN {sql}", values)  # type: ignore[arg-type]


def test_every_block_says_what_it_gives_or_does() -> None:
    """What a block is for stands in a comment under its name; for those of cells.sql at the head of their file."""
    bare = [name for name, body in blocks() if not body.startswith("-- ")]
    assert not [name for name in bare if not name.startswith("cells.")]


def test_every_list_can_be_sorted() -> None:
    """What is given to run.list says what it is ordered by on a line of its own, which --sort replaces."""
    listed: list[str] = []
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        named = re.findall(r'\brun\.list\(\s*"([\w.]+)"', text)
        assert len(named) == text.count("run.list("), f"{path.name}: give run.list the name of its block as it stands"
        listed += named
    assert len(listed) > 30
    assert not [name for name in listed if "-- {order}" not in queries.expand(queries.find(name))]


def listed(block: str) -> set[str]:
    """Give the parameters that are lists: those that are spread, and those of conditions that any one value meets."""
    alike = " ".join(re.findall(r"any\{(.*?)\}", block, re.DOTALL))
    return {*re.findall(r":(\w+)\.\.\.", block), *re.findall(r":(\w+)", alike)}


def needed(chosen: set[str]) -> set[str]:
    """Give the filters that go along with others: a line of their own stands inside the others' clause."""
    together = {
        "bought_then": {"ordered_from"},
        "word_1": {"text"},
        "digits": {"text", "words"},
        "numbered": {"text", "words"},
        "plain_2": {"text", "words"},
        "plain_3": {"text", "words"},
        "plain_4": {"text", "words"},
    }
    return {other for tag in chosen for other in together.get(tag, ())}


# ----------------------------------------------------------------------------------------------------------- refusals


def test_every_rule_of_the_schema_has_its_refusal() -> None:
    text = schema.text() + schema.triggers()
    named = {*re.findall(r"CONSTRAINT (\w+) CHECK", text), *re.findall(r"raise\(ABORT, '(\w+)'\)", text)}
    assert named <= catalogue().keys()


def test_every_slug_that_is_raised_is_in_the_catalogue() -> None:
    for path in SOURCE.rglob("*.py"):
        for slug in re.findall(r'HubError\(\s*"(\w+)"', path.read_text(encoding="utf-8")):
            assert slug in catalogue(), f"{path.name}: {slug}"


def test_exit_codes_are_those_of_the_contract() -> None:
    assert {refusal.exit for refusal in catalogue().values()} <= {1, 2, 3, 4, 5, 6, 7, 8, 9, 70, 130}


# ------------------------------------------------------------------------------------------------------------ start-up

HEAVY = (
    "pydantic", "rich", "dateutil.parser._parser", "importlib.metadata", "phonenumbers", "email_validator", "click",
    "numpy", "pandas", "xlsxwriter", "socket", "ssl", "asyncio", "http",
)  # fmt: skip


def loaded(arguments: list[str], database: Path) -> set[str]:
    code = (
        "import sys; sys.argv[1:] = {args!r}\n"
        "from hubcli.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('|'.join(sys.modules), file=sys.stderr)"
    ).format(args=["--db", str(database), *arguments])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.strip().splitlines()[-1].split("|"))


@pytest.mark.parametrize(
    "arguments",
    [["customers", "search", "--zip", "60614"], ["customers", "search", "garcia"], ["customers", "list", "--csv"]],
    ids=" ".join,
)
def test_a_piped_read_imports_nothing_heavy(arguments: list[str], demo: InProcess) -> None:
    modules = loaded(arguments, demo.path)
    assert "sqlite_utils" in modules
    assert not {name for name in HEAVY if name in modules}
    others = {m for m in modules if m.startswith("hubcli.commands.")}
    assert others <= {"hubcli.commands.customers", "hubcli.commands.filters"} | {
        m for m in others if m.startswith("hubcli.commands.customers.")
    }


def test_the_version_is_told_without_typer() -> None:
    code = "import sys; sys.argv[1:] = ['--version']\nfrom hubcli.__main__ import main\nmain()\nprint(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.startswith("hub 0.1.0\n")
    assert "typer" not in told
    assert "sqlite3" not in told


def test_help_imports_no_command_and_no_database(demo: InProcess) -> None:
    modules = loaded(["--help"], demo.path)
    assert not {m for m in modules if m.startswith("hubcli.commands.")}
    assert "sqlite_utils" not in modules
    assert "rich" not in modules
