"""Undo of every command that writes: all rows are as before, byte for byte, or money is reversed, and undo says so.

A command is tried with the first example of its own help that changes the demo shop, or with the lines of TABLE. One
that has neither fails here: a new command is added to the table with a line that runs.
"""

import inspect
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, InProcess
from hubcli import schema
from hubcli.cli import HubGroup, root

Rows = dict[str, set[tuple[object, ...]]]

MONEY = ("payments", "refunds", "adjustments", "returns", "line_repayments")
"""Ledgers whose rows end when they are undone; return_lines end with their return, credit gets a reversing entry."""

NOT_ONE_CHANGE = {
    "changes undo": "the same as undo",
    "changes redo": "the same as redo",
    "notes file": "reads: it writes a file that a note holds",
    "undo": "its own reverse; tests/test_undo.py",
    "redo": "its own reverse; tests/test_undo.py",
    "import all": "fills an empty database; tests/test_export_all.py",
    "customers erase": "nothing brings an erased person back; tests/test_erasing.py",
    "customers purge": "nothing brings an erased person back; tests/test_erasing.py",
}
"""Commands that are not undone like others, with why, or where they are tested."""

SENT = {
    "quotes send", "orders send", "invoices send", "orders request-payment", "emails send", "emails import",
    "statements send", "artwork send", "invoices remind",
}  # fmt: skip
"""What left the shop stays noted: undo says so, or leaves the note of it."""
NAMED = {"orders swap"}
"""Customer credit names the order that it was spent on for ever: undo cancels that order instead of taking it away."""
INVOICED = {"orders invoice", "orders complete", "orders deliver"}
"""An invoice that was made keeps its number."""

PAID = "payments add {order} --method cash --full"
ORDER = 'order: orders create C1 --line "TEE-200:4@8.50/3.10" --fulfillment pickup --tax-rate 8.25%'
QUOTE = 'quote: quotes create C1 --line "TEE-200:4@8.50/3.10" --fulfillment pickup --tax-rate 8.25%'
DRAW = (
    QUOTE.replace("C1", "C3"),
    "credit line set C3 --limit 9000",
    "draw: payments add {quote} --credit-line --amount 10",
)
SCHEDULED = (ORDER, 'orders schedule {order} --date "in 3 days"')
VISIT = (ORDER, "orders deliver {order}", "visit: visits create {order} --type service --description Rattles")
DESIGN = ("design: designs add C1 logo.png --confirm-rights",)
ARTWORK = (*DESIGN, "job: artwork add C1 Logo --process embroidery")
PENDING = (ORDER, "payment: payments add {order} --method check --check-number 77 --amount 5 --pending --again")
NOTE = (QUOTE, 'note: notes add C1 "Call first" --type internal --persistence optional')
CONSENT = ("settings set shop.region eu", "settings set gdpr.capture on")

TABLE: dict[str, tuple[str, ...]] = {
    "customers archive": (
        "new: customers create --first-name A --last-name B --mobile 3125550001",
        "customers archive {new}",
    ),
    "customers unhold": ("customers hold C4 --reason late", "customers unhold C4"),
    "customers unmerge": ("customers merge C1 C2 --yes", "customers unmerge C2"),
    "customers duplicates": ("customers duplicates dismiss C1 C2",),
    "customers consent grant": (*CONSENT, "customers consent withdraw C1", "customers consent grant C1 --how phone"),
    "customers consent withdraw": (*CONSENT, "customers consent grant C1", "customers consent withdraw C1"),
    "customers field retire": ("customers field add Size", "customers field retire Size"),
    "customers field edit": ("customers field add Fit", "customers field edit Fit --rename Cut --longest 9"),
    "customers field restore": (
        "customers field add Rise",
        "customers field retire Rise",
        "customers field restore Rise",
    ),
    "customers field set": ("customers field add Shoe", "customers field set C1 Shoe=44"),
    "customers address default": (
        "one: customers address add C1 --line1 A --city B --state IL --zip 60201",
        "two: customers address add C1 --line1 C --city D --state IL --zip 60202",
        "customers address default {two}",
    ),
    "customers contact detach": ("link: customers contact add C3 --customer C5", "customers contact detach C5"),
    "notes attach": (*NOTE, "notes attach {note} --to {quote}"),
    "notes detach": (*NOTE, "notes attach {note} --to {quote}", "notes detach {note} --from {quote}"),
    "credit line close": ("credit line set C3 --limit 100", "credit line close C3"),
    "credit line repay": (*DRAW, "credit line repay C3 --amount 5 --method cash"),
    "credit apply": (QUOTE, "credit grant C1 9 --reason x", "credit apply {quote}"),
    "credit reset": (QUOTE, "credit grant C1 9 --reason x", "credit apply {quote}", "credit reset C1 --reason x"),
    "quotes extend": (QUOTE, "quotes extend {quote} --days 60"),
    "quotes approve": (QUOTE, "quotes approve {quote}"),
    "quotes restore": (QUOTE, "quotes decline {quote} --reason x", "quotes restore {quote}"),
    "quotes move": (QUOTE, "quotes move {quote} --to C5"),
    "orders move": (ORDER, "orders move {order} --to C5"),
    "quotes assign": (QUOTE, "quotes assign {quote} --to jordan"),
    "orders schedule": (ORDER, 'orders schedule {order} --date "in 3 days"'),
    "orders unschedule": (*SCHEDULED, "orders unschedule {order}"),
    "orders dispatch": (*SCHEDULED, "orders dispatch {order}"),
    "orders deliver": (ORDER, "orders deliver {order}"),
    "orders failed": (*SCHEDULED, "orders dispatch {order}", "orders failed {order} --reason not-home"),
    "orders return": (ORDER, PAID, "orders return {order} --all --reason small --date today --to cash"),
    "orders swap": (
        ORDER,
        PAID,
        'orders swap {order} --line 1 --to "TEE-300@9/3" --difference cash --reason small',
    ),
    "orders allowance": (ORDER, PAID, "orders allowance {order} --line 1 --amount 2 --to credit --reason scratch"),
    "orders milestone": (ORDER, "orders milestone {order} blanks-ordered"),
    "orders unhold": (ORDER, "orders hold {order} --reason colour", "orders unhold {order}"),
    "orders request-payment": (ORDER, "orders request-payment {order} --by hand"),
    "orders complete": (ORDER, "orders complete {order}"),
    "orders cancel": (
        ORDER,
        "payments add {order} --method cash --amount 5",
        "orders cancel {order} --refund --reason x --no-mail",
    ),
    "orders restore": (ORDER, "orders cancel {order} --reason x", "orders restore {order}"),
    "orders invoice": (ORDER, "orders invoice {order}"),
    "orders assign": (ORDER, "orders assign {order} --to jordan"),
    "orders delete": (ORDER + " --draft", "orders delete {order}"),
    "payments confirm": (*PENDING, "payments confirm {payment}"),
    "payments reject": (*PENDING, "payments reject {payment} --reason lost --no-mail"),
    "payments bounce": (*PENDING, "payments confirm {payment}", "payments bounce {payment} --fee 25 --reason NSF"),
    "statements send": (
        "one: statements generate C3 --from 2025-04-01 --to 2025-04-30",
        "statements send {one} --way hand",
    ),
    "visits edit": (*VISIT, "visits edit {visit} --description Hums"),
    "visits schedule": (*VISIT, "visits schedule {visit} --date tomorrow"),
    "visits dispatch": (*VISIT, "visits schedule {visit} --date today", "visits dispatch {visit}"),
    "visits complete": (*VISIT, "visits complete {visit}"),
    "visits failed": (
        *VISIT,
        "visits schedule {visit} --date today",
        "visits dispatch {visit}",
        "visits failed {visit} --reason not-home",
    ),
    "visits cancel": (*VISIT, "visits cancel {visit} --reason x"),
    "designs add": ("designs add C1 logo.png --confirm-rights",),
    "designs delete": (*DESIGN, "designs delete {design}"),
    "designs use": (*DESIGN, ORDER, "designs use {design} {order}"),
    "layouts delete": ('layout: layouts add C1 "Crew shirts" --product PC61', "layouts delete {layout}"),
    "artwork create": ("artwork create C1 Logo",),
    "artwork send": (*ARTWORK, "artwork submit {job} {design}", "artwork send {job}"),
    "artwork submit": (*ARTWORK, "artwork submit {job} {design}"),
    "artwork ready": (*ARTWORK, "artwork ready {job} logo.png"),
    "artwork delete": (*ARTWORK, "artwork delete {job}"),
    "artwork approve": (*ARTWORK, "artwork submit {job} {design}", "artwork approve {job}"),
    "artwork reject": (*ARTWORK, "artwork submit {job} {design}", "artwork reject {job} --note blurred"),
    "emails import": ("settings set correspondence.record_emails on", "emails import mail.eml"),
    "models edit": ("models add DW-501 --price 649", "models edit DW-501 --price 600"),
    "models import": ("models import models.csv --apply",),
    "models levels set-price": (
        "models levels add Gold",
        "models add DW-502 --price 9",
        "models levels set-price Gold DW-502 8",
    ),
    "models levels delete": ("models levels add Bronze", "models levels delete Bronze"),
    "models levels assign": ("models levels add Silver", "models levels assign C1 Silver"),
    "import customers": ("import customers samples/hub-customers.csv --apply --create-staff",),
    "import companies": ("import companies companies.csv --apply",),
    "import orders": (
        "import customers samples/shopify-customers.csv --apply",
        "import orders samples/shopify-orders.csv --apply",
    ),
    "import quotes": ("import quotes quotes.csv --apply",),
    "import payments": ("import payments payments.csv --apply",),
    "import models": ("import models more.csv --apply",),
    "import credit": ("import credit credit.csv --apply",),
    "import balances": ("import balances balances.csv --as-of 2025-05-31 --apply",),
    "import notes": ("import notes notes.csv --apply",),
    "import contacts": ("import contacts contacts.csv --apply",),
    "import visits": ("import visits visits.csv --apply",),
    "import activity": ("import activity activity.csv --apply",),
    "views delete": ("views save mine --type luxury", "views delete mine"),
    "settings tax remove": ("settings tax add 9% --from 2025-08-01", "settings tax remove 2025-08-01"),
}
"""Lines to run one after the other; the last one is undone. `name: line` keeps the number it printed as {name}."""


def commands(group: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Give every command with its path."""
    group = group or root()
    for name in group.told:
        found = group.get_command(None, name)
        if isinstance(found, HubGroup):
            yield from commands(found, (*path, name))
        else:
            yield " ".join((*path, name)), found


def function(command: Any) -> Any:
    """Give the function that a command was written as."""
    callback = inspect.unwrap(command.callback)
    inner = [cell.cell_contents for cell in callback.__closure__ or () if inspect.isfunction(cell.cell_contents)]
    return next((one for one in inner if one.__doc__ == callback.__doc__), callback)


def writes(path: str, command: Any) -> bool:
    """Tell whether a command writes: it gives a Done, imports, or changes something in its own text."""
    written = function(command)
    return (
        "Done" in str(inspect.signature(written).return_annotation)
        or path.startswith("import ")
        or ".change(" in inspect.getsource(written)
    )


WRITING = {path: command for path, command in commands() if writes(path, command)}


def example(command: Any) -> tuple[str, ...]:
    """Give the examples of a command's help, dry runs made real."""
    told = (command.help or "").partition("Examples:")[2].splitlines()
    return tuple(line.strip().removeprefix("hub ").removesuffix(" -n") for line in told if line.strip())


def kept(column: schema.Column) -> bool:
    """Tell whether a column is put back: all but the day of the last work on a customer, and the search index's own."""
    return not column.kept or column.name.endswith("_cents") or column.name.endswith("_lines")


class Counter:
    """A demo shop that one command after the other is tried on."""

    def __init__(self, hub: InProcess) -> None:
        self.hub = hub

    def last(self) -> int:
        with sqlite3.connect(self.hub.path) as conn:
            return int(conn.execute("SELECT max(id) FROM changes").fetchone()[0])

    def rows(self) -> Rows:
        """Give every logged row, and the kept figures."""
        with sqlite3.connect(self.hub.path) as conn:
            found = {
                name: set(conn.execute(f"SELECT {', '.join(c.name for c in table.columns if kept(c))} FROM {name}"))
                for name, table in schema.logged().items()
            }
            names = [c.name for c in schema.tables()["customer_figures"].columns if c.name != "last_activity_on"]
            found["customer_figures"] = set(conn.execute(f"SELECT {', '.join(names)} FROM customer_figures"))
        return found

    def run(self, line: str, names: dict[str, str]) -> None:
        name, colon, rest = line.partition(": ")
        if not colon or not name.isalpha():
            name, rest = "", line
        words = [word.format_map(names) if "{" in word else word for word in shlex.split(rest)]
        done = self.hub(*words, "--yes", *(["-q"] if name else []), code=None)
        assert done.code in {0, 3}, f"{words}: {done.err}"
        if name:
            names[name] = done.out.split()[-1] if name != "one" else done.out.split()[0]


@pytest.fixture(scope="module")
def counter(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """The demo shop in a folder with the files that the lines name; commands are undone, so one copy serves all."""
    folder = tmp_path_factory.mktemp("everything")
    shutil.copy(demo_file, folder / "demo.db")
    shutil.copytree(ROOT / "samples", folder / "samples")
    files(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield Counter(InProcess(folder / "demo.db", patch))


def files(folder: Path) -> None:
    """Write the files that lines of the table name."""
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (folder / "models.csv").write_text(
        "model,description,price,cost\nDW-700,Dishwasher,649.00,410.00\n", encoding="utf-8"
    )
    (folder / "mail.eml").write_text(
        "From: maria.garcia@example.com\nTo: shop@example.com\nSubject: Q7\nMessage-ID: <1@x>\n"
        "Date: Sun, 15 Jun 2025 10:00:00 +0000\n\nHello\n", encoding="utf-8",
    )  # fmt: skip
    (folder / "more.csv").write_text("model,description,price\nDW-701,Dishwasher,700.00\n", encoding="utf-8")
    (folder / "companies.csv").write_text(
        "kind,company_name,mobile_phone\ncompany,Zed Mill,3125550123\n", encoding="utf-8"
    )
    (folder / "balances.csv").write_text("customer,what,amount\nC1,credit,12.00\n", encoding="utf-8")
    (folder / "credit.csv").write_text(
        "customer,date,type,amount,note\nC1,2025-06-15,grant,12.00,old\n", encoding="utf-8"
    )
    (folder / "quotes.csv").write_text(
        "customer,quoted_on,model,quantity,unit_price,external_id\nC1,2025-06-15,TEE-200,2,8.50,old:1\n",
        encoding="utf-8",
    )
    (folder / "notes.csv").write_text(
        "customer,type,persistence,important,text,date\nC1,delivery,persistent,no,Fragile,2025-05-01\n",
        encoding="utf-8",
    )
    (folder / "contacts.csv").write_text("customer,first_name,phone\nC1,Ann,(206) 555-0123\n", encoding="utf-8")
    (folder / "visits.csv").write_text(
        "order,line,type,status,date,description,completed_on\nO1,1,service,completed,2025-06-02,Rattles,2025-06-02\n",
        encoding="utf-8",
    )
    (folder / "activity.csv").write_text("customer,at,kind,detail\nC1,2025-05-01 14:02,login,web\n", encoding="utf-8")
    (folder / "payments.csv").write_text("document,date,method,amount\nO8,2025-06-15,cash,1.00\n", encoding="utf-8")


def test_every_command_that_writes_is_in_the_table() -> None:
    assert len(WRITING) > 120
    assert not set(TABLE) - set(WRITING), "these are no commands any more"
    assert not set(NOT_ONE_CHANGE) - {path for path, _ in commands()}


@pytest.mark.parametrize("path", [path for path in WRITING if path not in NOT_ONE_CHANGE])
def test_undo(counter: Counter, path: str) -> None:
    names: dict[str, str] = {}
    lines = TABLE.get(path)
    if lines is None:
        before, number = by_example(counter, path)
    else:
        for line in lines[:-1]:
            counter.run(line, names)
        before, first = counter.rows(), counter.last()
        counter.run(lines[-1], names)
        number = counter.last()
        assert number == first + 1, "the last line is one change set"
    if path in SENT:
        counter.hub("undo", f"H{number}", code=None)
        compare(path, before, counter.rows(), "")
        return
    if path in INVOICED:
        told = counter.hub("undo", f"H{number}", code=None)
        assert told.code == 0 or "keeps its number" in told.err
        return
    told = counter.hub("undo", f"H{number}")
    compare(path, before, counter.rows(), told.err)


def by_example(counter: Counter, path: str) -> tuple[Rows, int]:
    """Run examples of a command's help until one changes something; give the rows before it and its change set."""
    before, first = counter.rows(), counter.last()
    for line in example(WRITING[path]):
        if line.startswith(path):
            counter.run(line, {})
            if counter.last() > first:
                return before, counter.last()
    pytest.fail(f"hub {path}: no example of its help changes the demo shop; give it a line in TABLE")


def compare(path: str, before: Rows, after: Rows, told: str) -> None:
    """Compare all rows; of money that moved, see it ended or reversed, and said so."""
    moved = False
    for table, rows in after.items():
        gone, new = before[table] - rows, rows - before[table]
        if path in SENT and table in {"sendings", "mails", "documents", "statement_documents", "files"}:
            continue
        assert not gone, f"{table}: {gone}"
        if path in NAMED and table == "adjustments":
            assert all("cancel" in row for row in new), f"{table}: {new}"
        elif table in MONEY:
            ended = [c.name for c in schema.tables()[table].columns].index("ended_on")
            assert all(row[ended] is not None for row in new), f"{table}: {new}"
        elif path in NAMED and table == "documents":
            assert all("canceled" in row for row in new), f"{table}: {new}"
        elif path in NAMED and table == "document_lines":
            assert len(new) <= 1, f"{table}: {new}"
        elif table == "wallet_entries":
            assert sum(int(str(row[2])) for row in new) == 0, f"credit is not what it was: {new}"
        else:
            assert not new or table == "return_lines", f"{table}: {new}"
        moved = moved or bool(new)
    assert not moved or "reversing entry" in told or "on record" in told or path in SENT
