"""Sets hub up in this checkout and runs it: `python3 dev.py try`, `test`, `check` or `docs`.

Needs Python 3.11 or newer and nothing else; what it installs stays in .venv.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
STAMP = HOME / "hub-set-up"


def run(*command: str | Path, fine: tuple[int, ...] = (0,), **environment: str) -> None:
    """Run a command in the checkout; end with its exit code when that is not one of `fine`."""
    code = subprocess.call([str(part) for part in command], cwd=ROOT, env={**os.environ, **environment})
    if code not in fine:
        raise SystemExit(code)


def hub(*arguments: str, **environment: str) -> None:
    """Show a hub command line and run it; 3 (partly done, see the report) is a good end too: samples have bad rows."""
    print("\n$ hub", " ".join(f'"{a}"' if " " in a else a for a in arguments), flush=True)
    run(BIN / "hub", *arguments, fine=(0, 3), **environment)


def set_up() -> None:
    """Make .venv and install hub in it as it stands here, with what its tests need; once for each pyproject.toml."""
    wanted = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    print(f"setting up {HOME.name} …", flush=True)
    if not (BIN / "python").exists():  # it may be what runs this
        venv.create(HOME, with_pip=True)
    pip: list[str | Path] = [BIN / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    run(*pip, "--upgrade", "pip>=25.1")
    run(*pip, "--editable", ".[xlsx]", "--group", "dev")
    STAMP.write_text(wanted, encoding="utf-8")


def try_it() -> None:
    """Import the sample exports into a fresh database and find people in it."""
    database = ROOT / "try.db"
    for leftover in ROOT.glob("try.db*"):
        leftover.unlink()
    env = {"HUB_DB": str(database)}
    hub("import", "customers", "samples/shopify-customers.csv", "--apply", **env)
    hub("import", "customers", "samples/hub-customers.csv", "--apply", **env)
    hub("import", "orders", "samples/shopify-orders.csv", "--apply", **env)
    hub("import", "orders", "samples/hub-orders.csv", "--apply", **env)
    hub("customers", "search", "--zip", "60614", **env)
    hub("customers", "search", "MÜLLER", **env)
    print(f"\nnow try: export HUB_DB={database.name}; {BIN.relative_to(ROOT)}/hub customers list")


def test() -> None:
    """Run the tests, on every core."""
    run(BIN / "python", "-m", "pytest", "-n", "auto", *sys.argv[2:])


def docs() -> None:
    """Write the generated pages of docs/ anew."""
    run(BIN / "python", "docs/generate.py")


def check() -> None:
    """Run the formatter, the linter and the type checker."""
    run(BIN / "ruff", "format", "--check", ".")
    run(BIN / "ruff", "check", ".")
    run(BIN / "mypy")


def main() -> None:
    """Do what the first argument names."""
    jobs = {"try": try_it, "test": test, "check": check, "docs": docs}
    job = jobs.get(sys.argv[1] if sys.argv[1:] else "")
    if job is None or sys.version_info < (3, 11):
        raise SystemExit(f"{__doc__}\n(this is Python {sys.version.split()[0]})")
    set_up()
    job()


if __name__ == "__main__":
    main()
