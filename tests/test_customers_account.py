"""Account details that turn into money: discount, tax exemption, methods of payment, spending hold, price level."""

from pathlib import Path

import pytest

import till
from conftest import InProcess
from till import figures, person

EXEMPT = ("customers", "tax-exempt", "C1")


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


# ------------------------------------------------------------------------------------------------------------- discount


def test_a_customers_discount_is_on_every_document_made_from_then_on(shop: InProcess) -> None:
    before = till.quote(shop, "C1", "SOFA@200")
    shop("customers", "edit", "C1", "--discount", "12.5%")
    assert figures(shop, till.quote(shop, "C1", "SOFA@200"), "total") == ("175.00",)
    assert figures(shop, before, "total") == ("200.00",)
    assert figures(shop, till.quote(shop, "C1", "SOFA@200", "--discount", "0%"), "total") == ("200.00",)
    assert shop("customers", "show", "C1", "--json").json["discount"] == 12.5
    shop("customers", "edit", "C1", "--clear", "discount")
    assert figures(shop, till.quote(shop, "C1", "SOFA@200"), "total") == ("200.00",)


@pytest.mark.parametrize("typed", ["101%", "-1%", "5.555%", "ten", ""])
def test_a_discount_is_from_0_to_100_percent(shop: InProcess, typed: str) -> None:
    assert "--discount" in shop("customers", "edit", "C1", f"--discount={typed}", code=2).err


def test_deconetwork_56_the_change_log_tells_the_discount_from_and_to(shop: InProcess) -> None:
    shop("customers", "edit", "C1", "--discount", "5%")
    shop("customers", "edit", "C1", "--discount", "10%", actor="mia")
    row = shop("customers", "changelog", "C1", "--field", "discount_rate").rows[0]
    assert (row["actor"], row["old"], row["new"]) == ("mia", "5%", "10%")
    assert [row["command"] for row in shop("changes", "list", "--by", "mia").rows] == ["customers edit"]


# ------------------------------------------------------------------------------------------------------------ exemption


def test_appliance_19_an_exemption_is_not_retroactive(shop: InProcess) -> None:
    before = till.fridge(shop)
    assert figures(shop, before, "tax", "total") == ("99.00", "1374.00")
    row = shop(*EXEMPT, "--tax-id", "12-3456789", "--type", "resale").rows[0]
    assert row | {"change": ""} == {
        "number": "C1", "name": "Ann Lee", "tax_exempt": "yes", "tax_id": "12-3456789", "type": "resale",
        "expires_on": "", "change": "", "proof": "", "of": "C1",
    }  # fmt: skip
    assert figures(shop, before, "tax", "total") == ("99.00", "1374.00")
    assert figures(shop, till.fridge(shop), "tax", "total") == ("0.00", "1275.00")
    shop(*EXEMPT, "--remove")
    assert figures(shop, till.fridge(shop), "tax", "total") == ("99.00", "1374.00")


def test_a_certificate_that_expired_exempts_no_more(shop: InProcess) -> None:
    shop(*EXEMPT, "--tax-id", "12-3456789", "--type", "other", "--expires", "2025-06-20")
    shown = shop("customers", "show", "C1", "--json").json
    assert shown["exemption"] == {
        "tax_id": "12-3456789", "type": "other", "expires_on": "2025-06-20", "holds": True, "of": "C1",
        "proof": None,
    }  # fmt: skip
    for day, tax in (("2025-06-20", "0.00"), ("2025-06-21", "99.00")):
        made = shop("quotes", "create", "C1", *till.FRIDGE, "-q", today=day).out.strip()
        assert figures(shop, made, "tax") == (tax,)
    later = shop("customers", "show", "C1", "--json", today="2025-06-21").json
    assert (later["tax_exempt"], later["exemption"]["holds"]) == (False, False)
    assert "no longer, other, number 12-3456789, expired 2025-06-20" in " ".join(
        shop("customers", "show", "C1", tty=True, width=200, today="2025-06-21").out.split()
    )
    shop(*EXEMPT, "--until-revoked")
    assert shop("customers", "show", "C1", "--json", today="2099-01-01").json["tax_exempt"] is True


def test_an_exemption_shows_under_billing(shop: InProcess) -> None:
    shop(*EXEMPT, "--tax-id", "12-3456789", "--type", "resale")
    out = " ".join(shop("customers", "show", "C1", tty=True, width=200).out.split())
    assert "tax exempt yes, resale, number 12-3456789" in out


def test_what_an_exemption_needs(shop: InProcess) -> None:
    assert "--tax-id and --type missing" in shop(*EXEMPT, "--until-revoked", code=2).err
    assert "--type missing" in shop(*EXEMPT, "--tax-id", "9", code=2).err
    assert "--type" in shop(*EXEMPT, "--tax-id", "9", "--type", "church", code=2).err
    assert "is past" in shop(*EXEMPT, "--tax-id", "9", "--type", "other", "--expires", "2025-06-14", code=2).err
    shop(*EXEMPT, "--tax-id", "9", "--type", "other", "--expires", "2026-01-01", "--until-revoked", code=2)
    shop(*EXEMPT, "--remove", "--tax-id", "9", code=2)
    shop("customers", "tax-exempt", "C9", "--tax-id", "9", "--type", "other", code=4)
    assert "command of its own" in shop("customers", "edit", "C1", "--set", "tax_exempt=yes", code=2).err
    assert {row["command"] for row in shop("customers", "changelog", "C1").rows} == {"customers create"}


def test_an_exemption_is_written_once_and_undone(shop: InProcess) -> None:
    given = (*EXEMPT, "--tax-id", "9", "--type", "other")
    change = shop(*given).rows[0]["change"]
    assert shop(*given).rows[0]["change"] == ""
    assert shop(*EXEMPT, "--expires", "2026-01-01", "-n").rows
    shop("undo", change)
    assert shop("customers", "show", "C1", "--json").json["exemption"] is None


# ------------------------------------------------------------------------------------------------------ payment methods


def test_deconetwork_64_payment_methods_of_a_customer(shop: InProcess) -> None:
    methods = ("customers", "payment-methods", "C1")
    assert shop(*methods, "--json").json["offered"] == "All Default Methods"
    row = shop(*methods, "check").rows[0]
    assert (row["payment_methods"], row["offered"]) == ("check", "check")
    assert "payment methods check" in " ".join(shop("customers", "show", "C1", tty=True, width=200).out.split())
    assert shop("customers", "show", "C1", "--json").json["payment_methods"] == ["check"]
    assert shop(*methods, "check", "cash").rows[0]["payment_methods"] == "check; cash"
    assert shop(*methods, "cash,check").rows[0]["change"] == ""
    assert "it can be cash, credit-card, check" in shop(*methods, "cheque", code=2).err
    shop(*methods, "check", "--default", code=2)
    assert shop(*methods, "--default").rows[0]["offered"] == "All Default Methods"
    assert shop("customers", "show", "C1", "--json").json["payment_methods"] == []


# ----------------------------------------------------------------------------------------------------------------- hold


def test_deconetwork_25_several_are_held_after_a_yes_and_released(shop: InProcess) -> None:
    person(shop, "Bo Ray")
    assert "needs a yes" in shop("customers", "hold", "C1", "C2", code=6).err
    shop("customers", "hold", "C1", "C2", "--yes", "--yes")
    web = ("quotes", "create", "C1", "--line", "SOFA@5", "--source", "website")
    assert shop(*web, code=6).err.startswith("hub: C1 Ann Lee is on hold and may not buy")
    shop("customers", "unhold", "--on-hold")
    shop(*web)
    assert shop("customers", "unhold", "--on-hold").out == ""


def test_all_that_filters_find_are_held(shop: InProcess) -> None:
    person(shop, "Bo Ray")
    till.due(shop, "C2", "100")
    assert shop("customers", "hold", "--owes", "50", "-q").out.split() == ["C2"]
    assert [row["number"] for row in shop("customers", "list", "--on-hold").rows] == ["C2"]
    for words in ((), ("C1", "--owes", "50")):
        assert "name customers, or give filters" in shop("customers", "hold", *words, code=2).err


# -------------------------------------------------------------------------------------------------- terms and the limit


def test_deconetwork_23_a_web_order_above_the_limit_is_refused_and_a_staff_order_warns(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "1000")
    shop("payments", "add", till.quote(shop, "C1", "SOFA@850"), "--credit-line", "--full")
    given = ("--fulfillment", "pickup", "--tax-rate", "0%", "--on-account")
    refused = shop("orders", "create", "C1", "--line", "SOFA@200", *given, "--source", "website", code=6).err
    assert "limit 1000.00, used 850.00, available 150.00" in refused
    shop("orders", "create", "C1", "--line", "SOFA@150", *given, "--source", "website")
    assert till.line(shop) == ("1000.00", "0.00", "0.00")
    told = shop("orders", "create", "C1", "--line", "SOFA@5000", *given).err
    assert "5000.00 is 5000.00 more" in told
    assert till.line(shop) == ("6000.00", "0.00", "5000.00")


def test_deconetwork_22_at_most_one_row_of_terms_is_the_default(hub: InProcess) -> None:
    hub("credit", "terms", "default", "Net 30")
    assert [row["name"] for row in hub("credit", "terms", "list").rows if row["default"] == "yes"] == ["Net 30"]


def test_the_price_level_shows(shop: InProcess) -> None:
    shop("models", "levels", "add", "Trade")
    shop("models", "levels", "assign", "C1", "Trade")
    assert shop("customers", "show", "C1", "--json").json["price_level"] == "Trade"
    assert "price level Trade" in " ".join(shop("customers", "show", "C1", tty=True, width=200).out.split())


def test_appliance_13_a_draw_that_is_not_repaid_keeps_from_archiving(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "7500")
    quote = till.quote(shop, "C1", "SOFA@5000")
    shop("payments", "add", quote, "--credit-line", "--full")
    shop("orders", "deliver", "O1")
    assert "1 active order (O1)" in shop("customers", "archive", "C1", code=6).err
    shop("credit", "line", "repay", "C1", "--amount", "5000", "--method", "cash")
    shop("customers", "archive", "C1")


def test_a_payment_by_a_method_that_is_not_offered_warns(shop: InProcess) -> None:
    shop("customers", "payment-methods", "C1", "check", "cash")
    quote = till.quote(shop, "C1", "SOFA@10")
    told = shop("payments", "add", quote, "--method", "in-person", "--amount", "4").err
    assert "warning: C1 Ann Lee is to pay by check, cash, not by in-person" in told
    assert "warning" not in shop("payments", "add", quote, "--method", "cash", "--full").err
    assert figures(shop, "O1", "paid", "balance") == ("10.00", "0.00")


def test_deconetwork_47_customer_credit_is_a_column_of_the_list(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "125.00", "--note", "promotion")
    assert shop("customers", "list", "--fields", "number,name,credit_balance").rows == [
        {"number": "C1", "name": "Ann Lee", "credit_balance": "125.00"}
    ]


# ------------------------------------------------------------------------------------------------- the proof, the level


def test_the_certificate_itself_is_kept(shop: InProcess, tmp_path: Path) -> None:
    (tmp_path / "st-105.pdf").write_bytes(b"%PDF-1.4 certificate")
    (tmp_path / "st-105.txt").write_text("certificate")
    number = ("--tax-id", "12-3456789", "--type", "resale")
    refused = shop(*EXEMPT, *number, "--proof", str(tmp_path / "st-105.txt"), code=2)
    assert "a certificate is a PDF or a picture" in refused.err
    assert shop(*EXEMPT, *number, "--proof", str(tmp_path / "st-105.pdf")).rows[0]["proof"] == "st-105.pdf"
    assert shop("sql", "SELECT count(*) AS n FROM files").rows == [{"n": "1"}]
    assert "proof st-105.pdf" in " ".join(shop("customers", "show", "C1", tty=True, width=200).out.split())
    copy = tmp_path / "copy.pdf"
    assert "-o FILE" in shop(*EXEMPT, "--certificate", code=2).err
    written = shop(*EXEMPT, "--certificate", "-o", str(copy)).rows[0]
    assert written == {"number": "C1", "file": str(copy), "bytes": "20"}
    assert copy.read_bytes() == b"%PDF-1.4 certificate"
    shop(*EXEMPT, "--remove")
    assert "there is no certificate of C1" in shop(*EXEMPT, "--certificate", "-o", str(copy), code=4).err


def test_without_options_the_exemption_is_shown(shop: InProcess) -> None:
    assert shop(*EXEMPT, "--json").json["tax_exempt"] is False
    shop("customers", "create", "--company-name", "Acme", "--mobile", "312 555 0155")
    shop("customers", "contact", "add", "C2", "--customer", "C1")
    shop("customers", "tax-exempt", "C2", "--tax-id", "9", "--type", "resale")
    assert shop(*EXEMPT, "--json").json == {
        "number": "C1", "name": "Ann Lee", "tax_exempt": True, "tax_id": "9", "type": "resale", "expires_on": None,
        "proof": None, "of": "C2",
    }  # fmt: skip


def test_a_linked_contact_buys_at_the_companys_level(shop: InProcess) -> None:
    shop("customers", "create", "--company-name", "Acme", "--mobile", "312 555 0155")
    shop("models", "add", "SOFA", "--price", "200")
    shop("models", "levels", "add", "Trade")
    shop("models", "levels", "set-price", "Trade", "SOFA", "150")
    shop("models", "levels", "assign", "C2", "Trade")
    assert figures(shop, till.quote(shop, "C1", "SOFA"), "total") == ("200.00",)
    shop("customers", "contact", "add", "C2", "--customer", "C1")
    assert figures(shop, till.quote(shop, "C1", "SOFA"), "total") == ("150.00",)
