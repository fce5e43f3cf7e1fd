"""Companies: contacts linked from the company's side, and what they take from it while the link is there."""

import sqlite3
from typing import Any

import pytest

import till
from conftest import InProcess
from till import figures, line

DRAW = ("--method", "credit-line", "--full")


def contact(hub: InProcess, *words: str, **how: Any) -> dict[str, str]:
    return hub("customers", "contact", *words, **how).rows[0]


def customer(hub: InProcess, ref: str) -> dict[str, Any]:
    found: dict[str, Any] = hub("customers", "show", ref, "--json").json
    return found


@pytest.fixture
def acme(hub: InProcess) -> InProcess:
    """Acme (C1) with Ann Lee (C2) linked to it; Bob Ray (C3) typed the company's name, Cy Fox (C4) did not."""
    create = ("customers", "create")
    hub(*create, "--company-name", "Acme", "--mobile", "3125550100", "--line1", "1 Acme Way", "--zip", "60601")
    hub(*create, "--first-name", "Ann", "--last-name", "Lee", "--mobile", "3125550101", "--line1", "9 Elm St",
        "--zip", "60614", "--delivery-line1", "12 Lake St", "--email", "ann@x.test")  # fmt: skip
    hub(*create, "--kind", "individual", "--first-name", "Bob", "--last-name", "Ray", "--mobile", "3125550102",
        "--company-name", "Acme")  # fmt: skip
    hub("customers", "create", "--first-name", "Cy", "--last-name", "Fox", "--mobile", "3125550103")
    hub("customers", "contact", "add", "C1", "--customer", "C2")
    return hub


# --------------------------------------------------------------------------------------------------------------- links


def test_deconetwork_11_a_typed_company_name_is_only_text(acme: InProcess) -> None:
    assert [row["linked"] for row in acme("customers", "contact", "list", "C1").rows] == ["C2"]
    bob = customer(acme, "C3")
    assert (bob["company_name"], bob["company"]) == ("Acme", None)
    row = contact(acme, "add", "C1", "--customer", "C3", "--role", "payment")
    assert (row["number"], row["linked"], row["roles"], row["first_name"]) == ("K2", "C3", "payment", "Bob")
    assert customer(acme, "C3")["company"] == "C1 Acme"
    assert "C3  Bob Ray (contact)" in acme("customers", "show", "C3", tty=True).out
    listed = acme("customers", "list", tty=True, width=200).out
    assert "Ann Lee (contact)" in listed and "C1 Acme" in listed and "Cy Fox (contact)" not in listed  # noqa: PT018
    assert [row["name"] for row in acme("customers", "list").rows] == ["Acme", "Ann Lee", "Bob Ray", "Cy Fox"]
    assert [row["company"] for row in acme("customers", "list").rows] == ["", "C1 Acme", "C1 Acme", ""]


def test_list_of_a_company(acme: InProcess) -> None:
    assert [row["number"] for row in acme("customers", "list", "--company", "C1").rows] == ["C1", "C2", "C3"]
    assert [row["number"] for row in acme("customers", "list", "--company", "acme").rows] == ["C1", "C2", "C3"]
    acme("customers", "contact", "detach", "C2")
    assert [row["number"] for row in acme("customers", "list", "--company", "C1").rows] == ["C1", "C3"]


def test_who_may_be_linked_and_from_where(acme: InProcess) -> None:
    again = acme("customers", "contact", "add", "C1", "--customer", "C2", code=6).err
    assert again.splitlines() == [
        "hub: C2 Ann Lee is a contact of C1 Acme already", "  try: hub customers contact detach C2",
    ]  # fmt: skip
    acme("customers", "create", "--company-name", "Beta", "--mobile", "3125550104")
    assert "already" in acme("customers", "contact", "add", "C5", "--customer", "C2", code=6).err
    assert "C4 Cy Fox is no company" in acme("customers", "contact", "add", "C4", "--customer", "C3", code=6).err
    assert (
        "C5 Beta is a company, not a person"
        in acme("customers", "contact", "add", "C1", "--customer", "C5", code=6).err
    )
    assert "C1 Acme is a company" in acme("customers", "contact", "add", "C1", "--customer", "C1", code=6).err
    acme("customers", "archive", "C4")
    assert "C4 is not active" in acme("customers", "contact", "add", "C1", "--customer", "C4", code=6).err
    acme("customers", "contact", "add", "C1", "--customer", "C4", "--new", code=2)
    assert "a contact links a person" in acme("customers", "edit", "C1", "--kind", "individual", code=6).err


def test_a_new_person_is_created_on_the_company(acme: InProcess) -> None:
    row = contact(acme, "add", "C1", "--new", "--first-name", "Lee", "--last-name", "Park", "--mobile", "3125550109",
                  "--role", "payment,shipping", "--relationship", "foreman")  # fmt: skip
    assert (row["linked"], row["roles"], row["relationship"], row["phone"]) == (
        "C5", "payment; shipping", "foreman", "3125550109",
    )  # fmt: skip
    assert customer(acme, "C5")["name"] == "Lee Park"
    assert acme("changes", "list", "--limit", "1").rows[0]["command"] == "customers contact add"
    acme("customers", "contact", "add", "C1", "--new", "--first-name", "No", code=2)
    acme("customers", "contact", "add", "C4", "--new", "--first-name", "Al", "--mobile", "3125550108", code=6)
    assert len(acme("customers", "list").rows) == 5
    acme("undo", acme("changes", "list", "--limit", "1").rows[0]["change"])
    assert len(acme("customers", "list").rows) == 4


def test_roles_say_who_gets_which_mail(acme: InProcess) -> None:
    assert contact(acme, "list", "C1")["roles"] == "ordering"
    assert contact(acme, "edit", "K1", "--role", "payment", "--no-role", "ordering")["roles"] == "payment"
    assert "did you mean" in acme("customers", "contact", "edit", "K1", "--role", "payments", code=2).err
    assert "edited there" in acme("customers", "contact", "edit", "K1", "--phone", "3125550155", code=2).err
    acme("customers", "edit", "C2", "--mobile", "3125550155")
    assert contact(acme, "list", "C1")["phone"] == "3125550155"


def test_deconetwork_13_a_company_with_contacts_is_not_deleted(acme: InProcess) -> None:
    order = till.order(acme, "C1")
    refused = acme("customers", "delete", "C1", "-y", code=6).err
    assert "hub: C1 Acme has contacts that buy on its account: detach them first" in refused
    assert acme("customers", "spam", "C1", code=6).out == ""
    acme("customers", "contact", "detach", "K1")
    assert "not linked to a company" in acme("customers", "contact", "detach", "C2", code=6).err
    acme("customers", "delete", "C1", "-y")
    assert customer(acme, "C1")["status"] == "deleted"
    assert till.show(acme, order)["customer_name"] == "Acme"
    acme("customers", "restore", "C1")


def test_plain_sql_keeps_the_rules_of_links(acme: InProcess) -> None:
    with sqlite3.connect(acme.path) as conn:
        conn.execute("PRAGMA foreign_keys = ON")
        for statement, rule in (
            ("INSERT INTO contacts (customer_id, linked_id) VALUES (4, 3)", "link_needs_company"),
            ("INSERT INTO contacts (customer_id, linked_id) VALUES (1, 1)", "link_needs_company|contact_of_itself"),
            ("INSERT INTO contacts (customer_id, linked_id) VALUES (1, 2)", "already_there|UNIQUE"),
            ("UPDATE contacts SET customer_id = 4 WHERE id = 1", "link_needs_company"),
            ("UPDATE customers SET kind = 'company', company_name = 'x' WHERE id = 2", "link_needs_company"),
            ("UPDATE customers SET status = 'deleted' WHERE id = 1", "company_has_contacts"),
            ("INSERT INTO customer_methods (customer_id, method) VALUES (1, 'barter')", "customer_method"),
        ):
            with pytest.raises(sqlite3.IntegrityError, match=rule):
                conn.execute(statement)


# ------------------------------------------------------------------------------------------------------- what is taken


def test_deconetwork_14_the_companys_discount_is_on_its_contacts_orders(acme: InProcess) -> None:
    acme("customers", "edit", "C1", "--discount", "15%")
    acme("customers", "edit", "C2", "--discount", "5%")
    made = till.quote(acme, "C2", "SOFA@200")
    assert till.show(acme, made)["discounts"]["customer"] == "30.00"
    assert figures(acme, made, "total") == ("170.00",)
    assert customer(acme, "C2")["discount"] == 15
    acme("customers", "contact", "detach", "C2")
    assert figures(acme, till.quote(acme, "C2", "SOFA@200"), "total") == ("190.00",)
    assert figures(acme, made, "total") == ("170.00",)


def test_the_companys_exemption_counts_for_its_contacts(acme: InProcess) -> None:
    acme("customers", "tax-exempt", "C1", "--tax-id", "12-3456789", "--type", "resale")
    assert figures(acme, till.fridge(acme, "C2"), "tax", "total") == ("0.00", "1275.00")
    shown = customer(acme, "C2")
    assert (shown["tax_exempt"], shown["exemption"]["of"]) == (True, "C1")
    acme("customers", "contact", "detach", "C2")
    assert figures(acme, till.fridge(acme, "C2"), "tax", "total") == ("99.00", "1374.00")
    assert customer(acme, "C2")["tax_exempt"] is False


def test_billing_address_is_the_companys_and_delivery_their_own(acme: InProcess) -> None:
    ann = customer(acme, "C2")
    assert (ann["billing"]["line1"], ann["delivery"][0]["line1"]) == ("1 Acme Way", "12 Lake St")
    acme("customers", "edit", "C1", "--line1", "2 Acme Way")
    assert customer(acme, "C2")["billing"]["line1"] == "2 Acme Way"
    acme("customers", "contact", "detach", "C2")
    assert customer(acme, "C2")["billing"]["line1"] == "9 Elm St"


def test_one_pool_for_the_company_and_all_its_contacts(acme: InProcess) -> None:
    acme("credit", "line", "set", "C1", "--limit", "1000", "--terms", "Net 60")
    acme("customers", "contact", "add", "C1", "--customer", "C3")
    for buyer, amount in (("C2", "400"), ("C3", "500")):
        acme("payments", "add", till.quote(acme, buyer, f"SOFA@{amount}"), *DRAW)
    assert [line(acme, ref) for ref in ("C1", "C2", "C3")] == [("900.00", "100.00", "0.00")] * 3
    assert line(acme, "C4") == ("0.00", "0.00", "0.00")
    refused = acme("payments", "add", till.quote(acme, "C2", "SOFA@100.01"), *DRAW, code=6).err
    assert "100.01 is 0.01 more than the credit line of C1 Acme holds: limit 1000.00, used 900.00" in refused
    assert "oldest unpaid draw P1 due 2025-08-14" in refused
    acme("payments", "add", till.quote(acme, "C1", "SOFA@100"), *DRAW)
    assert line(acme, "C2") == ("1000.00", "0.00", "0.00")
    shown = customer(acme, "C3")["credit_line"]
    assert (shown["limit"], shown["used"], shown["terms"]) == ("1000.00", "1000.00", "Net 60")
    rows = acme("credit", "line", "show", "C3", "--json").json["rows"]
    assert [(row["owed"], row["customer"]) for row in rows] == [("400.00", "C2"), ("500.00", "C3"), ("100.00", "C1")]
    assert "on the account of C1 Acme" in acme("credit", "why", "C2", tty=True).out
    assert [row["customer"] for row in acme("credit", "line", "history", "C2").rows] == ["C1", "C3", "C2"]


def test_the_company_repays_its_contacts_draws_the_oldest_due_first(acme: InProcess) -> None:
    acme("credit", "line", "set", "C1", "--limit", "1000")
    acme("payments", "add", till.quote(acme, "C2", "SOFA@400"), *DRAW)
    acme("payments", "add", till.quote(acme, "C1", "SOFA@100", today="2025-06-16"), *DRAW, today="2025-06-16")
    how = ("--method", "cash")
    rows = acme("credit", "line", "repay", "C1", "--amount", "450", *how, today="2025-06-17").rows
    assert [(row["draw"], row["amount"], row["left"]) for row in rows] == [
        ("P1", "400.00", "0.00"),
        ("P2", "50.00", "50.00"),
    ]
    assert line(acme, "C2") == ("50.00", "950.00", "0.00")
    assert acme("credit", "account", "C2", today="2025-06-17").rows[-1]["line_used"] == "0.00"
    assert "more than the 0.00" in acme("credit", "line", "repay", "C2", "--amount", "1", *how, code=6).err


def test_detached_they_take_what_they_owe_along(acme: InProcess) -> None:
    acme("credit", "line", "set", "C1", "--limit", "1000")
    acme("payments", "add", till.quote(acme, "C2", "SOFA@400"), *DRAW)
    refused = acme("credit", "line", "set", "C2", "--limit", "50", code=6).err
    assert "C2 Ann Lee is a contact of C1 Acme and buys on the credit line of the company" in refused
    acme("customers", "contact", "detach", "C2")
    assert (line(acme, "C1"), line(acme, "C2")) == (("0.00", "1000.00", "0.00"), ("400.00", "0.00", "0.00"))
    acme("credit", "line", "set", "C2", "--limit", "50")
    assert line(acme, "C2") == ("400.00", "0.00", "350.00")
    acme("customers", "contact", "add", "C1", "--customer", "C2")
    assert line(acme, "C2") == ("400.00", "600.00", "0.00")


def test_a_company_without_a_line_gives_none(acme: InProcess) -> None:
    acme("customers", "contact", "detach", "C2")
    acme("credit", "line", "set", "C2", "--limit", "50")
    acme("customers", "contact", "add", "C1", "--customer", "C2")
    refused = acme("payments", "add", till.quote(acme, "C2", "SOFA@10"), *DRAW, code=6).err
    assert "C1 has no credit line" in refused


def test_a_company_on_hold_holds_its_contacts(acme: InProcess) -> None:
    acme("customers", "hold", "C1")
    refused = acme("quotes", "create", "C2", "--line", "SOFA@5", code=6).err
    assert refused.startswith("hub: C1 Acme is on hold and may not buy")
    assert "C1 Acme is on hold" in acme("customers", "show", "C2", tty=True).out
    acme("quotes", "create", "C4", "--line", "SOFA@5")


def test_companies_are_listed_with_what_they_owe_and_their_limit(acme: InProcess) -> None:
    acme("credit", "line", "set", "C1", "--limit", "1000")
    acme("payments", "add", till.quote(acme, "C2", "SOFA@400"), *DRAW)
    till.due(acme, "C2", "30")
    till.due(acme, "C1", "7")
    row = acme("customers", "list", "--kind", "company", "--fields", "number,outstanding,credit_limit").rows[0]
    assert (row["number"], row["outstanding"], row["credit_limit"]) == ("C1", "437.00", "1000.00")
    assert "437.00" in acme("customers", "list", "--kind", "company", tty=True, width=120).out
    assert "437.00" not in acme("customers", "list", tty=True, width=120).out
    exported = acme("export", "customers", "--kind", "company", "--json").json[0]
    assert exported["credit_used"] == "400.00"


def test_terms_of_an_order_on_account_are_the_companys(acme: InProcess) -> None:
    acme("credit", "line", "set", "C1", "--limit", "1000", "--terms", "Net 60")
    made = acme(
        "orders", "create", "C2", "--line", "SOFA@100", "--fulfillment", "pickup", "--on-account", "-q"
    ).out.strip()
    assert till.show(acme, made)["terms"] == "Net 60"
    assert line(acme, "C1") == ("100.00", "900.00", "0.00")


def test_deconetwork_17_who_registers_on_the_website_becomes_a_contact_of_the_default_company(acme: InProcess) -> None:
    acme("credit", "line", "set", "C1", "--limit", "1000", "--terms", "Net 60")
    acme("settings", "set", "customers.default_company", "c1")
    create = ("customers", "create", "--last-name", "Web", "--mobile")
    acme(*create, "3125550170", "--source", "website")
    acme(*create, "3125550171")
    assert [customer(acme, ref)["company"] for ref in ("C5", "C6")] == ["C1 Acme", None]
    linked = customer(acme, "C5")["credit_line"]
    assert (linked["limit"], linked["terms"]) == ("1000.00", "Net 60")
    assert acme("customers", "contact", "list", "C1").rows[-1]["roles"] == "ordering"
    assert "is not the number of a company" in acme("settings", "set", "customers.default_company", "Acme", code=2).err
    acme("settings", "set", "customers.default_company", "C4")
    assert "C4 Cy Fox is no company" in acme(*create, "3125550172", "--source", "website", code=6).err


def test_who_registers_on_the_website_gets_the_default_credit_line(hub: InProcess) -> None:
    create = ("customers", "create", "--last-name", "Web", "--mobile")
    hub("settings", "set", "registration.credit_limit", "500")
    hub("settings", "set", "registration.terms", "net 60")
    hub(*create, "3125550170", "--source", "website")
    hub(*create, "3125550171")
    hub("settings", "set", "registration.terms", "--default")
    hub(*create, "3125550172", "--source", "website")
    lines = [customer(hub, ref)["credit_line"] for ref in ("C1", "C2", "C3")]
    assert [one and (one["limit"], one["terms"]) for one in lines] == [("500.00", "Net 60"), None, ("500.00", "Net 30")]
    assert "is not an amount" in hub("settings", "set", "registration.credit_limit", "much", code=2).err
    hub("settings", "set", "registration.terms", "Net 7")
    refused = hub(*create, "3125550173", "--source", "website", code=2).err
    assert refused.startswith("hub: registration.terms: 'Net 7' is not known")
    assert len(hub("customers", "list").rows) == 3
    hub("settings", "set", "registration.terms", "Net 90")
    file = hub.path.parent / "new.csv"
    file.write_text("first_name,mobile_phone,source\nZoe,312 555 0166,website\nYan,312 555 0167,in-store\n")
    hub("import", "customers", str(file), "--apply")
    lines = [customer(hub, ref)["credit_line"] for ref in ("zoe", "yan")]
    assert [one and (one["limit"], one["terms"]) for one in lines] == [("500.00", "Net 90"), None]
