"""Every acceptance scenario of both hubs has a test under its number; the last few stand here."""

import re
from pathlib import Path

import till
from conftest import InProcess

APPLIANCE = (
    1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17, 19, 20, 22, 23, 25, 26, 28, 29, 31, 32, 34, 35, 37, 38, 40, 41, 43, 44,
    46, 47, 49, 50, 52, 53, 55, 56, 58, 59, 61, 62, 64, 65, 67, 68, 70, 71,
)  # fmt: skip
DECONETWORK = (
    1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17, 19, 20, 22, 23, 25, 26, 28, 29, 31, 32, 34, 35, 37, 38, 40, 41, 43, 44,
    46, 47, 49, 50, 52, 53, 55, 56, 58, 59, 61, 62, 64, 65, 67,
)  # fmt: skip


def test_every_scenario_has_a_test_under_its_number() -> None:
    names = [
        name
        for path in Path(__file__).parent.glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    for hub, numbers in (("appliance", APPLIANCE), ("deconetwork", DECONETWORK)):
        told = {int(n) for name in names if f"_{hub}_" in name for n in re.findall(r"(?<=_)\d+(?=_|$)", name)}
        assert not set(numbers) - told, hub


def test_appliance_71_an_export_is_the_list_and_survives_the_round_trip(hub: InProcess) -> None:
    made = ("customers", "create", "--mobile", "3125550142", "--type")
    hub(*made, "luxury", "--first-name", "Zoe", "--last-name", 'O"Hara, Jr')
    hub(*made, "average", "--first-name", "Bo", "--last-name", "Lee")
    hub(*made, "luxury", "--first-name", "Ann", "--last-name", "Lee")
    hub(*made, "luxury", "--first-name", "Old", "--last-name", "Ant")
    hub("customers", "archive", "C4")
    text = hub("export", "customers", "--type", "luxury", "--csv").out
    head, *lines = text.splitlines()
    assert head.startswith("number,kind,")
    assert [line.split(",")[0] for line in lines] == [
        row["number"] for row in hub("customers", "list", "--type", "luxury").rows
    ]
    assert {line.split(",")[0] for line in lines} == {"C1", "C3"}
    file = hub.path.parent / "luxury.csv"
    file.write_text(text, encoding="utf-8")
    before = hub("customers", "show", "C1", "--json").json
    assert before["name"] == 'Zoe O"Hara, Jr'
    hub("import", "customers", str(file), "--apply")
    assert hub("customers", "show", "C1", "--json").json == before
    assert hub("export", "customers", "--type", "luxury", "--csv").out == text


def test_deconetwork_19_without_default_terms_an_order_has_none(hub: InProcess) -> None:
    """A credit line opens with Net 30; an order that is not placed on account takes no terms from it."""
    till.person(hub)
    hub("credit", "terms", "default", "none")
    hub("credit", "line", "set", "C1", "--limit", "1000")
    made = hub("orders", "create", "C1", "--line", "SOFA@480", "--fulfillment", "pickup", "-q").out.strip()
    assert till.figures(hub, made, "terms") == (None,)


def test_deconetwork_44_a_refund_needs_its_reason(hub: InProcess) -> None:
    till.person(hub)
    made = till.order(hub)
    refused = hub("payments", "refund", "P1", "--amount", "10", "--to", "cash", code=None)
    assert refused.code in {2, 6}
    assert "reason" in refused.err
    assert till.figures(hub, made, "paid") == ("1374.00",)
