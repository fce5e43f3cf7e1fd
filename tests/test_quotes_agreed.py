"""What a document takes from elsewhere when it is made: discount, exemption, tax rate of the day, shop; its version."""

from typing import Any

import pytest

from conftest import InProcess
from till import due, figures, fridge, line, order, pay, person, quote, show


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


# ----------------------------------------------------------------------------------------------------- discount, exempt


def test_the_customers_discount_holds_for_documents_made_afterwards(shop: InProcess) -> None:
    before = quote(shop, "C1", "X@0.50")
    shop("customers", "edit", "C1", "--discount", "12.5%")
    made = quote(shop, "C1", "X@10.20")
    assert figures(shop, made, "discount_rate", "total") == (12.5, "8.92")  # 1.275 is 1.28 off
    assert figures(shop, before, "discount_rate", "total") == (0, "0.50")
    own = quote(shop, "C1", "X@10.20", "--discount", "0%")
    assert figures(shop, own, "discount_rate", "total") == (0, "10.20")


def test_an_expired_certificate_exempts_no_more(shop: InProcess) -> None:
    proof = ("--tax-id", "12-3456789", "--type", "resale", "--expires", "2025-06-15")
    shop("customers", "tax-exempt", "C1", *proof)
    given = ("quotes", "create", "C1", "--line", "FRG-100@1200", "--tax-rate", "8.25%")
    last = shop(*given)
    assert (last.rows[0]["tax"], last.err) == ("0.00", "")
    late: dict[str, Any] = {"today": "2025-06-16"}
    later = shop(*given, **late)
    assert later.rows[0]["tax"] == "99.00"
    assert later.err == "warning: the exemption certificate of C1 expired on 2025-06-15: tax is charged\n"
    assert show(shop, "Q1")["tax_exempt"] is True
    shop("quotes", "edit-line", "Q1", "1", "--qty", "2", **late)
    assert figures(shop, "Q1", "tax", "total") == ("0.00", "2400.00")  # as it was when it was made


def test_the_companys_exemption_counts_for_its_contacts(shop: InProcess) -> None:
    shop("customers", "create", "--company-name", "Acme", "--mobile", "3125550199")
    shop("customers", "contact", "add", "C2", "--customer", "C1", "--role", "ordering")
    shop("customers", "tax-exempt", "C2", "--tax-id", "12-3456789", "--type", "other", "--until-revoked")
    assert figures(shop, fridge(shop), "tax", "tax_exempt") == ("0.00", True)


def test_orders_of_a_contact_are_on_the_companys_account(shop: InProcess) -> None:
    shop("customers", "create", "--company-name", "Acme", "--mobile", "3125550199")
    shop("customers", "contact", "add", "C2", "--customer", "C1", "--role", "ordering")
    shop("credit", "line", "set", "C2", "--limit", "500", "--terms", "Net 60")
    shop("orders", "create", "C1", "--line", "A@450", "--tax-rate", "0%", "--on-account")
    assert figures(shop, "O1", "terms", "on_account") == ("Net 60", True)
    assert line(shop, "C2") == ("450.00", "50.00", "0.00")
    placed = ("orders", "create", "C1", "--line", "A@51", "--tax-rate", "0%", "--on-account", "--source", "website")
    assert "51.00 is 1.00 more than the credit line of C2 Acme holds" in shop(*placed, code=6).err
    shop("customers", "hold", "C2")
    assert "C2 Acme is on hold" in shop("orders", "create", "C1", "--line", "A@1", code=6).err


# ------------------------------------------------------------------------------------------------- tax rate by its date


def test_the_rate_of_the_day_is_taken(shop: InProcess) -> None:
    shop("settings", "set", "tax.default_rate", "8%")
    shop("settings", "tax", "add", "8.25%", "--from", "2025-06-01")
    shop("settings", "tax", "add", "8.875%", "--from", "2025-07-01", "--note", "the new law")
    for day, rate, tax in (("2025-05-31", 8, "80.00"), ("2025-06-01", 8.25, "82.50"), ("2025-06-30", 8.25, "82.50"),
                           ("2025-07-01", 8.875, "88.75")):  # fmt: skip
        how: dict[str, Any] = {"today": day}
        made = shop("quotes", "create", "C1", "--line", "X@1000", "-q", **how).out.strip()
        assert figures(shop, made, "tax_rate", "tax") == (rate, tax)
    shop("orders", "create", "C1", "--line", "X@1000", "--date", "2025-05-31")  # keyed later: the rate of its own day
    assert figures(shop, "O5", "tax_rate", "tax") == (8, "80.00")
    listed = [(row["starts_on"], row["rate"], row["current"]) for row in shop("settings", "tax", "list").rows]
    assert listed == [("2025-07-01", "8.875", "no"), ("2025-06-01", "8.25", "yes")]


def test_a_rate_is_changed_and_removed_and_documents_keep_theirs(shop: InProcess) -> None:
    assert shop("settings", "tax", "add", "8%").rows[0]["starts_on"] == "2025-06-15"
    made = shop("quotes", "create", "C1", "--line", "X@1000", "-q").out.strip()
    shop("settings", "tax", "add", "9%", "--from", "today", "--note", "corrected")
    assert [row["rate"] for row in shop("settings", "tax", "list").rows] == ["9"]
    assert shop("settings", "tax", "add", "9%").rows[0]["change"] == ""
    shop("settings", "tax", "remove", "2025-06-15")
    assert shop("settings", "tax", "list").rows == []
    assert figures(shop, made, "tax") == ("80.00",)
    assert "there is no tax rate from 2025-06-15" in shop("settings", "tax", "remove", "2025-06-15", code=4).err
    assert "is above 100 percent" in shop("settings", "tax", "add", "101%", code=2).err
    shop("undo", shop("changes", "list").rows[0]["change"])
    assert [row["rate"] for row in shop("settings", "tax", "list").rows] == ["9"]


# ------------------------------------------------------------------------------------------------------------- the shop


def test_shops_are_a_list_once_there_is_one(shop: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    assert figures(shop, quote(shop, "C1", "X@5", "--location", "Anywhere"), "location") == ("Anywhere",)
    shop("settings", "set", "shop.locations", "Halsted St, Lake View")
    refused = shop("quotes", "create", "C1", "--line", "X@5", "--location", "Halstead", code=2).err
    assert "'Halstead' is not a shop of shop.locations: Halsted St, Lake View" in refused
    made = quote(shop, "C1", "X@5", "--location", "halsted st")
    assert figures(shop, made, "location") == ("Halsted St",)
    monkeypatch.setenv("HUB_LOCATION", "Lake View")
    assert figures(shop, quote(shop, "C1", "X@5"), "location") == ("Lake View",)
    monkeypatch.setenv("HUB_LOCATION", "Elsewhere")
    assert "is not a shop of" in shop("quotes", "create", "C1", "--line", "X@5", code=2).err


def test_numbers_are_printed_with_the_shops_prefix_and_suffix(shop: InProcess) -> None:
    for key, value in (("prefix", "1-"), ("initial", "16944"), ("suffix", "/A")):
        shop("settings", "set", f"documents.{key}", value)
    made = quote(shop, "C1", "X@5")
    assert (made, show(shop, made)["printed_number"]) == ("Q16944", "1-16944/A")
    assert shop("quotes", "show", "1-16944/A", "--json").json["number"] == made


# -------------------------------------------------------------------------------------------------------------- version


def test_an_edit_of_what_somebody_else_changed_is_refused(shop: InProcess) -> None:
    made = fridge(shop)
    seen = show(shop, made)["version"]
    shop("quotes", "edit", made, "--job", "Lee kitchen", "--if-version", f"H{seen}")
    refused = shop("quotes", "edit", made, "--job", "Lee bath", "--if-version", str(seen), code=6).err
    told = f"hub: Q1 is at version H{seen + 1}, not H{seen}: job_name is Lee kitchen (H{seen + 1}, sam)"
    assert refused.startswith(told)
    assert show(shop, made)["job_name"] == "Lee kitchen"
    now = show(shop, made)["version"]
    fridge(shop)  # another document of the same customer moves nothing
    assert show(shop, made)["version"] == now
    pay(shop, made, "100")
    assert show(shop, made)["version"] > now


@pytest.mark.parametrize(
    "given",
    [
        ("quotes", "edit", "Q1", "--rebate", "5"),
        ("quotes", "add-line", "Q1", "X@5"),
        ("quotes", "edit-line", "Q1", "1", "--qty", "2"),
        ("quotes", "remove-line", "Q1", "1"),
        ("orders", "edit", "O2", "--job", "x"),
        ("orders", "edit", "O2", "--terms", "none"),
        ("orders", "add-line", "O2", "--plan", "P@5"),
    ],
)
def test_every_edit_takes_a_version(shop: InProcess, given: tuple[str, ...]) -> None:
    fridge(shop)
    shop("quotes", "add-line", "Q1", "B@5")
    order(shop)
    version = show(shop, given[2])["version"]
    assert "is at version" in shop(*given, "--if-version", f"H{version - 1}", code=6).err
    shop(*given, "--if-version", f"H{version}")


def test_a_line_that_was_taken_off_is_a_new_version(shop: InProcess) -> None:
    made = fridge(shop)
    shop("quotes", "add-line", made, "B@0", "--fulfillment", "pickup")
    version = show(shop, made)["version"]
    shop("quotes", "remove-line", made, "2")
    assert show(shop, made)["version"] == version + 1


# ------------------------------------------------------------------------------------- the credit line cannot be dodged


@pytest.fixture
def account(shop: InProcess) -> InProcess:
    """C1 has a line of 1000.00 that refuses more, and O1 of 900.00 on it."""
    shop("credit", "line", "set", "C1", "--limit", "1000")
    shop("settings", "set", "credit.staff_over_limit", "refuse")
    shop("orders", "create", "C1", "--line", "A@900", "--tax-rate", "0%", "--on-account")
    return shop


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("orders", "add-line", "O1", "--plan", "P@100.01"), "100.01 is 0.01 more"),
        (("orders", "edit", "O1", "--delivery", "100.01"), "100.01 is 0.01 more"),
        (("orders", "edit", "O1", "--tax-rate", "12%"), "108.00 is 8.00 more"),
        (("orders", "create", "C1", "--line", "B@101", "--tax-rate", "0%", "--on-account"), "101.00 is 1.00 more"),
        (("orders", "copy", "O1"), "900.00 is 800.00 more"),
        (("orders", "swap", "O1", "--line", "1", "--to", "B@1001", "--reason", "x"), "1001.00 is 1.00 more"),
    ],
)
def test_an_order_on_account_does_not_grow_past_the_line(account: InProcess, given: tuple[str, ...], told: str) -> None:
    before = show(account, "O1")
    refused = account(*given, code=6).err
    assert told in refused
    assert "limit 1000.00" in refused
    assert show(account, "O1") == before
    account("settings", "set", "credit.staff_over_limit", "warn")
    assert account(*given).err.startswith(("warning: ", "R1 takes", "1 copied"))


def test_up_to_the_limit_it_grows(account: InProcess) -> None:
    account("orders", "edit", "O1", "--delivery", "60")
    account("orders", "add-line", "O1", "--plan", "P@40")
    assert line(account) == ("1000.00", "0.00", "0.00")
    account("orders", "edit", "O1", "--delivery", "0")
    assert line(account) == ("940.00", "60.00", "0.00")


def test_a_draft_on_account_meets_the_line_when_it_is_saved(account: InProcess) -> None:
    given = ("--line", "B@100", "--tax-rate", "0%", "--on-account", "--draft")
    account("orders", "create", "C1", *given)
    account("orders", "edit", "O1", "--delivery", "50")
    assert "100.00 is 50.00 more" in account("orders", "edit", "O2", "--status", "saved", code=6).err
    account("orders", "edit", "O1", "--delivery", "0")
    account("orders", "edit", "O2", "--status", "saved")


def test_a_canceled_order_on_account_meets_the_line_when_it_is_restored(account: InProcess) -> None:
    account("orders", "cancel", "O1")
    assert line(account) == ("0.00", "1000.00", "0.00")
    account("orders", "create", "C1", "--line", "B@200", "--tax-rate", "0%", "--on-account")
    assert "900.00 is 100.00 more" in account("orders", "restore", "O1", code=6).err
    account("orders", "cancel", "O2")
    account("orders", "restore", "O1")
    assert figures(account, "O1", "status", "balance", "canceled_on") == ("saved", "900.00", None)
    assert line(account) == ("900.00", "100.00", "0.00")


def test_a_moved_order_meets_the_other_customers_line(account: InProcess) -> None:
    person(account, "Bob Fox")
    assert "C2 has no credit line" in account("orders", "move", "O1", "--to", "C2", code=6).err
    account("credit", "line", "set", "C2", "--limit", "899.99")
    assert "900.00 is 0.01 more than" in account("orders", "move", "O1", "--to", "C2", code=6).err
    account("credit", "line", "set", "C2", "--limit", "900")
    account("orders", "move", "O1", "--to", "C2")
    assert line(account, "C2") == ("900.00", "0.00", "0.00")


def test_an_override_says_why(account: InProcess) -> None:
    made = quote(account, "C1", "B@200")
    assert "200.00 is 100.00 more" in account("quotes", "approve", made, "--on-account", code=6).err
    assert "--override says why" in account("quotes", "approve", made, "--on-account", "--override", code=2).err
    told = account("quotes", "approve", made, "--on-account", "--override", "--reason", "the owner said so")
    assert told.err.startswith("warning: 200.00 is 100.00 more than")
    given = ("--line", "B@5", "--tax-rate", "0%", "--on-account")
    account("orders", "create", "C1", *given, code=6)
    assert "says why" in account("orders", "create", "C1", *given, "--override", code=2).err
    account("orders", "create", "C1", *given, "--override", "--reason", "the owner said so")


# -------------------------------------------------------------------------------------------------------------- restore


def test_declined_and_deleted_quotes_come_back(shop: InProcess) -> None:
    made = fridge(shop)
    for verb in ("decline", "delete"):
        shop("quotes", verb, made)
        assert shop("quotes", "restore", made).rows[0]["status"] == "saved"
    refused = shop("quotes", "restore", made, code=6).err
    assert refused.startswith("hub: Q1 is saved: only what is declined or deleted is brought back\n")
    shop("quotes", "decline", made)
    shop("customers", "archive", "C1")
    assert "C1" in shop("quotes", "restore", made, code=6).err


def test_a_canceled_order_comes_back_with_what_it_charged(shop: InProcess) -> None:
    made = due(shop, "C1", "300")
    pay(shop, made, "120")
    shop("orders", "cancel", made, "--keep", "20", "--to", "cash")
    assert figures(shop, made, "status", "charged", "paid", "balance") == ("canceled", "20.00", "20.00", "0.00")
    shop("orders", "restore", made)
    assert figures(shop, made, "status", "charged", "paid", "balance") == ("saved", "300.00", "20.00", "280.00")
    pay(shop, made, "280")
    assert show(shop, made)["status"] == "in-production"
    assert "only what is canceled is brought back" in shop("orders", "restore", made, code=6).err
    shop("orders", "cancel", made, "--refund")
    shop("customers", "hold", "C1")
    assert "is on hold" in shop("orders", "restore", made, code=6).err
    shop("orders", "restore", made, "--override-hold")


# ---------------------------------------------------------------------------------------------------------------- keys


@pytest.mark.parametrize(
    ("given", "gone"),
    [
        (("quotes", "copy", "Q1"), "quotes"),
        (("orders", "copy", "O2"), "orders"),
        (("quotes", "add-line", "Q1", "X@5"), ""),
        (("orders", "add-line", "O2", "--plan", "P@5"), ""),
        (("orders", "cancel", "O2", "--refund"), ""),
        (("orders", "allowance", "O2", "--line", "1", "--amount", "5", "--to", "cash", "--reason", "x"), ""),
    ],
)
def test_the_same_key_does_it_once(shop: InProcess, given: tuple[str, ...], gone: str) -> None:
    fridge(shop)
    order(shop)
    keyed = (*given, "--idempotency-key", "K1")
    first = shop(*keyed)
    before = shop("sql", "SELECT count(*) FROM changes").out
    again = shop(*keyed)
    assert again.rows == first.rows
    assert again.err.startswith(f"already done ({first.rows[0]['change']})\n")
    assert shop("sql", "SELECT count(*) FROM changes").out == before
    assert not gone or shop(gone, "list", "--status", "all" if gone == "quotes" else "saved").rows
