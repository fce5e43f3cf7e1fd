"""A repeated option is OR: what two values of a filter find is what either finds, for every filter of every list."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import till
from conftest import InProcess
from hubcli import cli

HOURS = ("2025-06-15", "2025-06-14")
CUSTOMERS: dict[str, tuple[str, str]] = {
    "--zip": ("60614", "60202"),
    "--phone": ("(312) 555-0142", "847-555-0104"),
    "--type": ("luxury", "budget-friendly"),
    "--source": ("website", "in-store"),
    "--stage": ("lead", "repeat"),
    "--found-us": ("Radio", "Yelp"),
    "--ordered": ("2025-05", "2024-03"),
    "--bought": ("refrigerator", "dishwasher"),
    "--kind": ("individual", "company"),
    "--manager": ("none", "priya"),
    "--status": ("archived", "deleted"),
    "--company": ("C3", "Müller Bau"),
    "--consent": ("yes", "no"),
    "--street": ("oak", "lake"),
    "--city": ("Evanston", "Chicago"),
    "--state": ("NY", "TX"),
    "--any-zip": ("60202", "10024"),
    "--serial": ("SN-1", "SN-2"),
    "--missing": ("mobile", "email"),
    "--field": ("Size=S", "Size="),
    "--owes": ("1000", "100"),
    "--idle": ("365d", "900d"),
    "--archived": ("..2025-06-14", "2025-06-15.."),
    "--archived-by": ("sam", "dana"),
    "--changed-since": ("H1", "2025-06-20"),
}
DOCUMENTS: dict[str, tuple[str, str]] = {
    "--customer": ("C1", "C3"),
    "--date": ("2025-05", "2024-03"),
    "--class": ("retail", "web"),
    "--job": ("Smith", "rental"),
    "--salesperson": ("priya", "tomas"),
    "--location": ("North", "South"),
    "--po": ("PO-1", "PO-2"),
    "--model": ("FRG-100", "SOFA"),
}
FILTERS: dict[str, dict[str, tuple[str, str]]] = {
    "customers list": CUSTOMERS,
    "customers search": CUSTOMERS,
    "export customers": CUSTOMERS,
    "quotes list": {
        **DOCUMENTS,
        "--status": ("active", "declined"),
        "--expiring": ("3d", "30d"),
        "--unanswered": ("1d", "300d"),
    },
    "orders list": {
        **DOCUMENTS,
        "--status": ("shipped", "canceled"),
        "--paid": ("due", "returned"),
        "--delivery": ("scheduled", "delivered"),
        "--delivery-date": ("2025-06", "2025-05"),
        "--driver": ("Dee", "Max"),
        "--production": ("shipped", "pending"),
    },
    "invoices list": {
        "--customer": ("C3", "C4"),
        "--status": ("paid-in-full", "partially-paid"),
        "--date": ("2025-04", "2023-10"),
        "--due": ("2025-05", "2023-11"),
        "--salesperson": ("jordan", "priya"),
    },
    "payments list": {
        "--customer": ("C1", "C3"),
        "--date": ("2025-05", "2024-03"),
        "--method": ("cash", "check"),
        "--status": ("confirmed", "pending"),
        "--amount": ("1374.00", "100.00"),
        "--check-number": ("771", "772"),
        "--reference": ("771", "772"),
        "--by": ("sam", "dana"),
        "--location": ("North", "South"),
    },
    "statements list": {
        "--customer": ("C3", "C1"),
        "--month": ("2025-05", "2025-04"),
        "--kind": ("open-item", "balance-forward"),
    },
    "visits list": {
        "--customer": ("C1", "C3"),
        "--order": ("O1", "O7"),
        "--type": ("service", "survey"),
        "--status": ("scheduled", "open"),
        "--date": ("2025-06-20", "2025-06-21"),
        "--driver": ("Dee", "MAX"),
        "--serial": ("SN-1", "sn 2"),
    },
    "designs list": {"--customer": ("C1", "C3"), "--type": ("uploaded", "digitized")},
    "layouts list": {"--customer": ("C1", "C3")},
    "artwork list": {
        "--status": ("awaiting-artwork", "awaiting-approval"),
        "--customer": ("C1", "C3"),
        "--order": ("O1", "O7"),
    },
    "notes list": {
        "--customer": ("C1", "C246"),
        "--type": ("delivery", "customer"),
        "--persistence": ("persistent", "optional"),
        "--author": ("dana", "grace"),
    },
    "emails list": {
        "--customer": ("C1", "C3"),
        "--document": ("O1", "O7"),
        "--direction": ("in", "out"),
        "--date": ("2025-06", "2025-05"),
    },
    "models list": {"--condition": ("demo", "floor model")},
    "changes list": {
        "--by": ("sam", "dana"),
        "--command": ("notes", "customers"),
        "--since": HOURS,
        "--customer": ("C1", "C3"),
    },
    "export orders": {
        "--customer": ("C1", "C3"),
        "--ordered": ("2025-05", "2024-03"),
        "--status": ("shipped", "canceled"),
        "--changed-since": ("H1", "2030-01-01"),
    },
    "export quotes": {
        "--customer": ("C1", "C3"),
        "--quoted": ("2025-05", "2024-03"),
        "--status": ("saved", "declined"),
    },
    "export payments": {
        "--customer": ("C1", "C3"),
        "--method": ("cash", "check"),
        "--status": ("confirmed", "pending"),
        "--location": ("North", "South"),
    },
    "export credit": {"--customer": ("C1", "C4"), "--date": ("2025-06", "2025-05")},
    "export notes": {"--customer": ("C1", "C246"), "--changed-since": ("H1", "2030-01-01")},
    "export changelog": {
        "--customer": ("C1", "C3"),
        "--since": ("H5", "2030-01-01"),
        "--by": ("sam", "dana"),
    },
    "export contacts": {"--customer": ("C3", "C5")},
    "export visits": {"--customer": ("C1", "C3")},
    "export designs": {"--customer": ("C1", "C3")},
    "export invoices": {
        "--customer": ("C3", "C4"),
        "--status": ("paid-in-full", "partially-paid"),
        "--date": ("2025-04", "2023-10"),
        "--due": ("2025-05", "2023-11"),
        "--salesperson": ("jordan", "priya"),
    },
    "export statements": {
        "--customer": ("C3", "C1"),
        "--month": ("2025-05", "2025-04"),
        "--kind": ("open-item", "balance-forward"),
    },
    "orders production": {
        "--status": ("pending", "awaiting-po"),
        "--needed": ("2025-06", "2025-07"),
        "--customer": ("C1", "C3"),
    },
    "orders plans": {
        "--customer": ("C1", "C3"),
        "--serial": ("SN-1", "SN-2"),
        "--model": ("FRG-100", "SOFA"),
        "--ends": ("2026", "2027"),
    },
}
ONE = {
    "--as-of", "--level", "--from", "--to", "--profile", "--missing of orders production",
}  # fmt: skip
"""Options of lists that are no choice among values: as of when, at which prices, from which day to which."""
OTHERS = {"customers address list", "customers contact list", "customers field list", "settings list"}


@pytest.fixture(scope="module")
def shop(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    """The demo shop with something of everything that a list may show."""
    import shutil

    folder = tmp_path_factory.mktemp("alternatives")
    shutil.copy(demo_file, folder / "demo.db")
    (folder / "design.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    with pytest.MonkeyPatch.context() as patch:
        hub = InProcess(folder / "demo.db", patch)
        _fill(hub, folder)
        yield hub


def _fill(hub: InProcess, folder: Path) -> None:
    hub("settings", "set", "shop.region", "eu")
    hub("settings", "set", "gdpr.capture", "on")
    hub("settings", "set", "correspondence.record_emails", "on")
    hub("customers", "field", "add", "Size", "--type", "dropdown", "--choices", "S,M")
    hub("customers", "edit", "C1", "--set", "Size=S")
    hub("customers", "edit", "C3", "--set", "Size=M")
    hub("customers", "contact", "add", "C3", "--customer", "C5")
    hub("customers", "consent", "grant", "C1")
    hub("customers", "archive", "C245")
    hub("customers", "archive", "C71", "--as", "dana")
    for customer, serial, place, check in (("C1", "SN-1", "North", "771"), ("C3", "SN-2", "South", "772")):
        given = ("--location", place, "--po", f"PO-{serial[-1]}", "--job", "Smith kitchen")
        made = till.fridge(hub, customer, *given)
        hub("payments", "add", made, "--method", "check", "--full", "--check-number", check, "--location", place)
        order = f"O{made[1:]}"
        hub("orders", "deliver", order, "--date", "2025-06-15", "--serial", serial)
        hub("visits", "create", order, "--type", "service", "--description", "rattles", "--serial", serial,
            "--driver", "Dee" if customer == "C1" else "Max", "--date", "2025-06-20")  # fmt: skip
        hub("designs", "add", customer, str(folder / "design.png"), "--confirm-rights")
        hub("layouts", "add", customer, "Shirts")
        hub("artwork", "add", customer, "Logo")
        hub("notes", "add", customer, "Ring twice", "--as", "dana")
        hub("credit", "grant", customer, "--amount", "5.00", "--note", "sorry")
        hub("emails", "send", customer, "--subject", "Hello", "--message", "Hello")
    hub("credit", "line", "set", "C1", "--limit", "100")
    hub("statements", "generate", "C3", "C1", "--from", "2025-05-01", "--to", "2025-05-31")
    hub("models", "edit", "CI365TB1", "--condition", "demo")


def built(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Give every command by its path."""
    for name in group.told:
        found = group.get_command(None, name)
        if hasattr(found, "told"):
            yield from built(found, (*path, name))
        else:
            yield " ".join((*path, name)), found


COMMANDS = dict(built(cli.root()))


def options_of(path: str) -> dict[str, bool]:
    """Give the options with a value that a command has of its own, and whether they may be repeated."""
    own = [param for param in COMMANDS[path].params if not param.name.startswith("hub_")]
    return {p.opts[0]: p.multiple for p in own if p.param_type_name == "option" and not p.is_flag}


def lists() -> list[str]:
    """Give the commands that list or export the records of a noun."""
    found = [path for path in COMMANDS if path.split()[-1] in {"list", "search"} or path.startswith("export ")]
    return [path for path in [*found, "orders production", "orders plans"] if path not in OTHERS]


@pytest.mark.parametrize("path", lists())
def test_every_filter_of_a_list_may_be_repeated(path: str) -> None:
    given = {
        name: repeated for name, repeated in options_of(path).items() if {name, f"{name} of {path}"}.isdisjoint(ONE)
    }
    assert [name for name, repeated in given.items() if not repeated] == []
    assert given.keys() == FILTERS.get(path, {}).keys(), "name two values of the new filter here"


CASES = [(path, option) for path, options in FILTERS.items() for option in options]


@pytest.mark.parametrize(("path", "option"), CASES, ids=lambda value: value.replace(" ", "-"))
def test_two_values_find_what_either_finds(shop: InProcess, path: str, option: str) -> None:
    first, second = FILTERS[path][option]
    usual = ("--status", "all") if path in {"customers list", "customers search"} and option != "--status" else ()

    def lines(*values: str) -> set[str]:
        words = [word for value in values for word in (option, value)]
        return set(shop(*path.split(), *usual, *words).out.splitlines())

    assert lines(first, second) == lines(first) | lines(second)


@pytest.mark.parametrize(("path", "option"), [case for case in CASES if case[0] == "customers list"])
def test_the_bulk_commands_take_both(shop: InProcess, path: str, option: str) -> None:
    first, second = FILTERS[path][option]
    rows = [
        {row["number"] for row in shop(*path.split(), *(w for value in values for w in (option, value))).rows}
        for values in ((first, second), (first,), (second,))
    ]
    assert rows[0] == rows[1] | rows[2]
    shop("views", "save", "two", option, first, option, second, "-y")
    assert {row["number"] for row in shop("customers", "list", "@two").rows} == rows[0]
    assert {row["number"] for row in shop("export", "customers", "@two").rows} == rows[0]


def test_a_bulk_change_meets_all_that_are_named(demo: InProcess) -> None:
    demo("customers", "hold", "--state", "IL", "--state", "NY", "-y")
    held = {row["number"] for row in demo("customers", "list", "--on-hold").rows}
    for state in ("IL", "NY"):
        assert {row["number"] for row in demo("customers", "list", "--state", state).rows} <= held


def test_an_option_of_one_value_is_refused_when_it_is_given_twice(demo: InProcess) -> None:
    twice = demo("customers", "list", "--limit", "3", "--limit", "4", code=2)
    assert "--limit is given twice, and takes one value" in twice.err
    assert demo("invoices", "list", "--as-of", "2025-05-01", "--as-of", "2025-06-01", code=2).out == ""
    assert len(demo("--limit", "3", "customers", "list", "--limit", "4").rows) == 4


def test_many_values_are_one_search(demo: InProcess) -> None:
    words = [word for number in range(1200) for word in ("--street", f"{number} oak")]
    found = {row["number"] for row in demo("customers", "list", *words).rows}
    assert found <= {row["number"] for row in demo("customers", "list", "--street", "oak").rows}
