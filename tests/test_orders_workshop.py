"""Orders in the workshop: milestones, holds, the nine states of production, late ones; what plans cover."""

import datetime as dt

import pytest

from conftest import InProcess
from hubcli.values import dates
from test_render_terminal import same_as_golden
from till import figures, order, pay, person, show

NINE = (
    "pending", "awaiting-po", "awaiting-stock", "awaiting-artwork", "awaiting-processing", "awaiting-shipping",
)  # fmt: skip


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


@pytest.fixture
def shirts(shop: InProcess) -> InProcess:
    """O1: 24 shirts at 204.00, keyed and not paid."""
    shop("orders", "create", "C1", "--line", "TEE-200:24@8.50/3.10", "--tax-rate", "0%", "--date", "2025-06-01")
    return shop


def state(shop: InProcess, ref: str = "O1") -> str:
    return str(show(shop, ref)["production_status"])


def test_the_nine_states_follow_the_first_missing_milestone(shirts: InProcess) -> None:
    assert state(shirts) == "pending"
    pay(shirts, "O1", "203.99")
    assert state(shirts) == "pending"
    pay(shirts, "O1", "0.01", "--date", "2025-06-10")
    assert (state(shirts), show(shirts, "O1")["milestones"]["payment_terms_met"]) == ("awaiting-po", "2025-06-15")
    for name, then in zip(
        ("blanks-ordered", "blanks-received", "artwork-approved", "production-complete"), NINE[2:], strict=True
    ):
        row = shirts("orders", "milestone", "O1", name, "--date", "2025-06-12").rows[0]
        assert (row["production_status"], row[name.replace("-", "_")]) == (then, "2025-06-12")
    shirts("orders", "hold", "O1", "--reason", "another colour")
    assert figures(shirts, "O1", "production_status", "production_hold") == ("on-hold", True)
    shirts("orders", "unhold", "O1")
    assert state(shirts) == "awaiting-shipping"
    shirts("orders", "complete", "O1", "--date", "2025-06-14")
    assert (state(shirts), show(shirts, "O1")["milestones"]["shipped"]) == ("shipped", "2025-06-14")


def test_a_later_milestone_does_not_hide_an_earlier_one(shirts: InProcess) -> None:
    pay(shirts, "O1", "204")
    shirts("orders", "milestone", "O1", "artwork-approved")
    assert state(shirts) == "awaiting-po"
    shirts("orders", "milestone", "O1", "blanks-ordered")
    shirts("orders", "milestone", "O1", "blanks-received")
    assert state(shirts) == "awaiting-processing"
    shirts("orders", "milestone", "O1", "artwork-approved", "--clear")
    assert (state(shirts), show(shirts, "O1")["milestones"]["artwork_approved"]) == ("awaiting-artwork", None)
    change = shirts("changes", "list").rows[0]["change"]
    shirts("undo", change)
    assert state(shirts) == "awaiting-processing"
    shirts("orders", "cancel", "O1", "--refund")
    assert state(shirts) == "canceled"


def test_the_deposit_of_the_terms_lets_production_begin(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "1000", "--terms", "10% deposit, 30 days")
    shop("orders", "create", "C1", "--line", "TEE-200:10@10.05/3", "--tax-rate", "0%", "--on-account")
    assert (state(shop), show(shop, "O1")["deposit_due"]) == ("pending", "10.05")
    pay(shop, "O1", "10.04")
    assert figures(shop, "O1", "production_status", "status") == ("pending", "saved")
    pay(shop, "O1", "0.01")
    assert figures(shop, "O1", "production_status", "status") == ("awaiting-po", "in-production")
    shop("payments", "void", "P2", "--reason", "mistyped")
    assert (state(shop), show(shop, "O1")["milestones"]["payment_terms_met"]) == ("pending", None)


def test_the_same_milestone_again_moves_its_day(shirts: InProcess) -> None:
    shirts("orders", "milestone", "O1", "blanks-ordered", "--date", "2025-06-03")
    shirts("orders", "milestone", "O1", "Blanks Ordered", "--date", "2025-06-04")
    assert show(shirts, "O1")["milestones"]["blanks_ordered"] == "2025-06-04"
    assert shirts("orders", "milestone", "O1", "blanks-ordered", "--date", "2025-06-04").rows[0]["change"] == ""


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (("shipped",), 6, "shipped of O1 is not set by hand: it is reached when the order is shipped"),
        (("payment-terms-met",), 6, "is not set by hand: it is met once the money is there"),
        (("blanks",), 2, "did you mean blanks-ordered or blanks-received?"),
        (("blanks-ordered", "--date", "tomorrow"), 2, "is in the future"),
        (("blanks-ordered", "--date", "2025-05-31"), 2, "O1 was ordered on 2025-06-01"),
        (("blanks-ordered", "--clear", "--date", "today"), 2, "--clear takes no --date"),
    ],
)
def test_what_is_refused(shirts: InProcess, given: tuple[str, ...], code: int, told: str) -> None:
    before = shirts("changes", "list").out
    assert told in shirts("orders", "milestone", "O1", *given, code=code).err
    assert shirts("changes", "list").out == before


def test_drafts_and_quotes_are_not_in_the_workshop(shop: InProcess) -> None:
    shop("orders", "create", "C1", "--line", "A@5", "--draft")
    assert "O1 is a draft" in shop("orders", "milestone", "O1", "blanks-ordered", code=6).err
    shop("quotes", "create", "C1", "--line", "A@5")
    assert "Q2 is a quote" in shop("orders", "hold", "Q2", code=6).err
    assert figures(shop, "Q2", "production_status", "milestones") == (None, None)


def test_plain_sql_keeps_to_the_six_milestones(shirts: InProcess) -> None:
    import sqlite3

    conn = sqlite3.connect(shirts.path)
    with pytest.raises(sqlite3.IntegrityError, match="milestone_name"):
        conn.execute("INSERT INTO milestones (document_id, milestone, reached_on) VALUES (1, 'ironed', '2025-06-15')")
    conn.close()


# ------------------------------------------------------------------------------------------------------------ the board


def test_the_board_shows_what_is_needed_first_and_what_is_late(shirts: InProcess) -> None:
    shirts("orders", "create", "C1", "--line", "CAP@5", "--needed-on", "2025-06-14", "--date", "2025-06-01")
    shirts("orders", "create", "C1", "--line", "MUG@5", "--needed-on", "2025-06-20", "--po", "4711")
    shirts("orders", "create", "C1", "--line", "PEN@5", "--draft")
    board = shirts("orders", "production").rows
    assert [(row["number"], row["late"]) for row in board] == [("O2", "yes"), ("O3", "no"), ("O1", "no")]
    assert [row["number"] for row in shirts("orders", "production", "--late").rows] == ["O2"]
    assert [row["number"] for row in shirts("orders", "list", "--late").rows] == ["O2"]
    assert [row["number"] for row in shirts("orders", "list", "--po", "4711").rows] == ["O3"]
    assert [row["number"] for row in shirts("orders", "production", "--needed", "2025-06-20").rows] == ["O3"]
    assert show(shirts, "O2")["late"] is True
    pay(shirts, "O1", "204")
    for given, numbers in (
        (("--status", "awaiting-po"), ["O1"]),
        (("--status", "pending"), ["O2", "O3"]),
        (("--missing", "payment-terms-met"), ["O2", "O3"]),
        (("--customer", "C1", "--status", "awaiting-po", "--missing", "blanks-ordered"), ["O1"]),
        (("--status", "shipped"), []),
    ):
        assert [row["number"] for row in shirts("orders", "production", *given).rows] == numbers
    shirts("orders", "complete", "O2")
    assert [row["number"] for row in shirts("orders", "production").rows] == ["O3", "O1"]
    assert [row["number"] for row in shirts("orders", "production", "--status", "shipped").rows] == ["O2"]
    shirts("orders", "production", "--status", "late", code=2)


@pytest.mark.parametrize("width", [80, 120])
def test_the_board_on_a_terminal(shirts: InProcess, width: int) -> None:
    needed = ("--needed-on", "2025-06-14", "--date", "2025-06-01", "--job", "Fair")
    shirts("orders", "create", "C1", "--line", "CAP@5", *needed)
    pay(shirts, "O1", "204")
    shirts("orders", "milestone", "O1", "blanks-ordered", "--date", "2025-06-12")
    same_as_golden(f"orders_production_{width}.txt", shirts("orders", "production", tty=True, width=width).out)


def test_the_screen_of_an_order_in_the_workshop(shirts: InProcess) -> None:
    assert "Production" not in shirts("orders", "show", "O1", tty=True).out
    shirts("orders", "milestone", "O1", "blanks-ordered", "--date", "2025-06-12")
    shirts("orders", "hold", "O1")
    told = shirts("orders", "show", "O1", tty=True, width=100).out
    assert "on hold: blanks ordered 2025-06-12" in told
    assert "in production; hub orders unhold O1 lets it go on" in told


def test_apparel_lines_carry_size_colour_and_decoration(shop: InProcess) -> None:
    shop("quotes", "create", "C1")
    given = ("--qty", "24", "--price", "8.50", "--size", "L", "--colour", "navy", "--decoration", "screen print, front")
    shop("quotes", "add-line", "Q1", "TEE-200", *given)
    line = show(shop, "Q1")["lines"][0]
    assert (line["size"], line["colour"], line["decoration"]) == ("L", "navy", "screen print, front")
    copied = shop("quotes", "copy", "Q1").rows[0]["number"]
    assert show(shop, copied)["lines"][0]["decoration"] == "screen print, front"


# ---------------------------------------------------------------------------------------------------------------- plans


def sold(shop: InProcess, months: str, delivered: str, serial: str | None = None) -> None:
    """Sell a dryer with a plan and deliver it."""
    given = ("--line", "DRY-1@500/300", "--fulfillment", "delivery", "--tax-rate", "0%", "--date", "2020-01-01")
    made = shop("orders", "create", "C1", *given, "-q").out.strip()
    shop("orders", "add-line", made, "--plan", "P@50/20", "--plan-months", months)
    how = ("--serial", serial, "--line", "1") if serial else ()
    shop("orders", "deliver", made, "--date", delivered, *how)


@pytest.mark.parametrize(
    ("delivered", "months"),
    [("2024-01-31", "1"), ("2023-01-31", "1"), ("2024-02-29", "12"), ("2024-03-01", "12"), ("2024-12-31", "2"),
     ("2023-10-31", "13"), ("2024-06-15", "12"), ("2021-06-16", "48"), ("2025-01-01", "1"), ("2024-03-01", "36")],
)  # fmt: skip
def test_a_plan_ends_the_day_before_it_began_so_many_months_later(shop: InProcess, delivered: str, months: str) -> None:
    sold(shop, months, delivered)
    day = dates.add_months(dt.date.fromisoformat(delivered), int(months)) - dt.timedelta(days=1)
    row = shop("orders", "plans").rows[0]
    assert row["ends_on"] == show(shop, "O1")["lines"][0]["plan"]["ends_on"] == day.isoformat()
    assert row["covered"] == ("yes" if day.isoformat() >= "2025-06-15" else "no")


def test_is_it_still_covered(shop: InProcess) -> None:
    sold(shop, "12", "2024-06-15", "AB 12-3")  # over since yesterday
    sold(shop, "12", "2024-06-16", "CD-99")  # today is the last day
    shop("orders", "create", "C1", "--line", "DRY-1@500", "--tax-rate", "0%")
    shop("orders", "add-line", "O3", "--plan", "P@50/20", "--plan-months", "60")  # not delivered yet
    found = [(row["number"], row["ends_on"], row["covered"]) for row in shop("orders", "plans").rows]
    assert found == [("O1", "2025-06-14", "no"), ("O2", "2025-06-15", "yes"), ("O3", "", "no")]
    for given, numbers in (
        (("--covered",), ["O2"]),
        (("--serial", "ab123"), ["O1"]),
        (("--ends", "2025-06-15..2025-06-30"), ["O2"]),
        (("--model", "DRY-1", "--customer", "C1"), ["O1", "O2", "O3"]),
        (("--model", "DRY-2"), []),
    ):
        assert [row["number"] for row in shop("orders", "plans", *given).rows] == numbers
    told = shop("orders", "show", "O2", tty=True, width=100).out
    assert "covers to 2025-06-15" in told
    back = ("orders", "return", "O2", "--services", "plan", "--reason", "x", "--date", "today", "--to", "balance")
    shop(*back)
    assert [row["number"] for row in shop("orders", "plans", "--covered").rows] == []


def test_orders_of_the_scenarios_are_in_production_at_once(shop: InProcess) -> None:
    assert figures(shop, order(shop), "status", "production_status") == ("in-production", "awaiting-po")
