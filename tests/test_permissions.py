"""Roles: who may do what, asked before every change, in one place; cron goes on."""

import getpass
from typing import Any

import pytest

import till
from conftest import InProcess
from hubcli.cli import GROUPS
from hubcli.operations import permissions
from till import line, person


def may(hub: InProcess, login: str, *command: str, **how: Any) -> bool:
    """Tell whether somebody gets past the roles with a command."""
    result = hub(*command, actor=login, code=None, **how)
    assert ("that takes the role" in result.err) == (result.code == 6), result.err
    return result.code == 0


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    """A shop with somebody for each of the roles that sell; sam, who set it up, is Administrator."""
    person(hub)
    for login, role in (
        ("mia", "sales-manager"), ("pat", "sales-team"), ("lee", "sales-team"), ("ann", "office"), ("dan", "delivery"),
        ("kim", "production"), ("ida", "approve-payments"), ("uma", "settings-manager"), ("art", "artwork-team"),
    ):  # fmt: skip
        hub("staff", "add", login, "--role", role)
    return hub


# ---------------------------------------------------------------------------------------------------- coming into force


def test_without_staff_whoever_runs_hub_is_administrator(hub: InProcess) -> None:
    person(hub)
    for actor in ("sam", "cron", "anybody"):
        hub("credit", "line", "set", "C1", "--limit", "100", actor=actor)
    hub("customers", "tax-exempt", "C1", "--tax-id", "9", "--type", "other", actor="anybody")


def test_the_first_staff_member_makes_the_current_user_administrator(hub: InProcess) -> None:
    made = hub("staff", "add", "pat", "--role", "sales-team")
    assert made.err == "sam is Administrator now, and hub asks for roles from now on\n"
    assert {row["login"]: row["roles"] for row in hub("staff", "list").rows} == {
        "pat": "sales-team", "sam": "administrator",
    }  # fmt: skip
    assert "Administrator now" not in hub("staff", "add", "lee").err
    hub("undo", "H2")
    hub("undo", "H1")
    assert hub("staff", "list").rows == []
    assert hub("staff", "add", "sam", "--role", "office").rows[0]["roles"] == "administrator; office"


def test_who_registers_himself_first_is_the_administrator(hub: InProcess) -> None:
    made = hub("staff", "add", "sam", "--name", "Sam Okafor")
    assert made.rows[0]["roles"] == "administrator"
    assert "no role yet" not in made.err
    assert "pat has no role yet and may only look" in hub("staff", "add", "pat").err
    assert not may(hub, "pat", "customers", "create", "--first-name", "Bo", "--mobile", "3125550100")
    assert hub("customers", "list", actor="pat").out


def test_staff_of_before_roles_may_do_everything_until_somebody_is_administrator(demo: InProcess) -> None:
    demo("customers", "edit", "C1", "--type", "luxury", actor="priya")
    demo("staff", "add", "pat", actor="priya")
    demo("customers", "edit", "C1", "--type", "average", actor="pat")
    told = demo("staff", "edit", "tomas", "--role", "sales-team", actor="priya").err
    assert told.startswith("priya is Administrator now")
    assert not may(demo, "pat", "customers", "edit", "C1", "--type", "luxury")


def test_cron_does_not_break(hub: InProcess) -> None:
    """The first staff member is added: what cron did in the last 90 days goes on, and it is told how to register it."""
    person(hub)
    hub("customers", "archive", "C1", actor="nightly", today=None)
    hub("customers", "restore", "C1", today=None)
    told = hub("staff", "add", "pat", "--role", "sales-team", today=None).err.splitlines()
    assert told == [
        "sam is Administrator now, and hub asks for roles from now on",
        "not registered: nightly, 1 change in 90 days (customers archive); may go on with just that",
        "  try: hub staff add nightly --job",
    ]
    hub("customers", "archive", "C1", actor="nightly", today=None)
    refused = hub("customers", "restore", "C1", actor="nightly", code=6, today=None).err
    assert refused.startswith("hub: nightly is not registered as staff and may not archive, restore, delete or merge")
    assert "try: hub staff add nightly --job" in refused
    row = hub("staff", "add", "nightly", "--job", today=None).rows[0]
    assert (row["roles"], row["job"]) == ("sales-manager", "yes")
    hub("customers", "restore", "C1", actor="nightly", today=None)


def test_what_was_long_ago_is_no_leave(hub: InProcess) -> None:
    person(hub)
    hub("customers", "archive", "C1", actor="nightly", today=None)
    hub("staff", "add", "pat", "--role", "sales-team", today=None)
    hub("customers", "restore", "C1", today=None)
    assert not may(hub, "nightly", "customers", "archive", "C1", today="2099-01-01")


# ------------------------------------------------------------------------------------------------------- the two tables


def test_appliance_65_office_sets_no_limit_and_anybody_pays_with_an_existing_line(shop: InProcess) -> None:
    refused = shop("credit", "line", "set", "C1", "--limit", "7500", actor="ann", code=6).err
    assert refused.splitlines() == [
        "hub: ann may not set credit limits: that takes the role Administrator or Sales Manager",
        "  try: hub staff can ann",
    ]
    assert shop("credit", "line", "show", "C1", "--json").json["limit"] is None
    shop("credit", "line", "set", "C1", "--limit", "7500", actor="mia")
    for login in ("ann", "dan", "pat", "ida"):
        quote = till.quote(shop, "C1", "SOFA@500")
        shop("payments", "add", quote, "--method", "credit-line", "--full", actor=login)
    assert line(shop) == ("2000.00", "5500.00", "0.00")


def test_appliance_11_office_makes_no_quotes(shop: InProcess) -> None:
    for login, expected in (("sam", True), ("mia", True), ("pat", True), ("ann", False), ("dan", False)):
        assert may(shop, login, "quotes", "create", "C1", "--line", "SOFA@5") is expected, login


def test_only_an_administrator_exempts_from_tax_or_deletes_quotes(shop: InProcess) -> None:
    till.quote(shop, "C1", "SOFA@5")
    exempt = ("customers", "tax-exempt", "C1", "--tax-id", "12-3", "--type", "resale")
    assert [login for login in ("mia", "pat", "ann", "sam") if may(shop, login, *exempt)] == ["sam"]
    assert [login for login in ("mia", "pat", "sam") if may(shop, login, "quotes", "delete", "Q1", "-y")] == ["sam"]


def test_deconetwork_67_sales_team_adds_customers_only_with_a_document(shop: InProcess) -> None:
    assert not may(shop, "pat", "customers", "create", "--first-name", "Bo", "--mobile", "3125550100")
    shop("quotes", "create", "--new", "Bo Li", "--mobile", "3125550100", "--line", "SOFA@5", actor="pat")
    assert shop("customers", "show", "C2", "--json").json["name"] == "Bo Li"


def test_sales_team_works_on_its_own_documents(shop: InProcess) -> None:
    mine = till.quote(shop, "C1", "SOFA@5", actor="pat")
    his = till.quote(shop, "C1", "SOFA@5", actor="lee")
    shop("quotes", "edit", mine, "--job", "Kitchen", actor="pat")
    refused = shop("quotes", "edit", his, "--job", "Kitchen", actor="pat", code=6).err
    assert refused.startswith(f"hub: {his} is assigned to lee, and pat works on their own quotes and orders")
    for change in (("add-line", his, "TABLE", "--price", "5"), ("edit-line", his, "1", "--price", "7"),
                   ("approve", his)):  # fmt: skip
        assert shop("quotes", *change, actor="pat", code=6).err.startswith(f"hub: {his} is assigned to lee")
    assert till.figures(shop, his, "total", "job_name", "status") == ("5.00", None, "saved")
    assert not may(shop, "pat", "quotes", "assign", his, "pat")
    assert "may not assign" in shop("quotes", "edit", his, "--salesperson", "pat", actor="pat", code=6).err
    shop("quotes", "edit", his, "--job", "Kitchen", actor="mia")
    shop("payments", "add", his, "--method", "cash", "--full", actor="pat")


def test_deconetwork_58_production_writes_no_notes(shop: InProcess) -> None:
    allowed = [login for login in ("sam", "mia", "pat", "ann", "kim") if may(shop, login, "notes", "add", "C1", "x")]
    assert allowed == ["sam", "mia", "pat", "ann"]


def test_payments_are_confirmed_by_who_may(shop: InProcess) -> None:
    order = till.due(shop, "C1", "100")
    for amount in ("10", "20", "30"):
        shop("payments", "add", order, "--method", "check", "--check-number", amount, "--amount", amount, "--pending")
    assert not may(shop, "pat", "payments", "confirm", "P1")
    assert not may(shop, "ann", "payments", "reject", "P1", "-y")
    assert may(shop, "ida", "payments", "confirm", "P1")
    assert may(shop, "mia", "payments", "confirm", "P2")
    assert not may(shop, "ida", "payments", "refund", "P1", "--amount", "5", "--reason", "customer request")


def test_money_verbs_take_a_role_and_a_reason(shop: InProcess) -> None:
    order = till.due(shop, "C1", "100", day=None)
    off = ("payments", "add", order, "--method", "write-off", "--amount", "10")
    assert "needs a reason" in shop(*off, code=6).err
    assert not may(shop, "pat", *off, "--reason", "scratch")
    assert till.figures(shop, order, "balance") == ("100.00",)
    assert may(shop, "mia", *off, "--reason", "scratch")
    assert "needs a reason" in shop("credit", "grant", "C1", "50", code=6).err
    assert not may(shop, "pat", "credit", "grant", "C1", "50", "--note", "late")
    assert may(shop, "mia", "credit", "grant", "C1", "50", "--note", "late")
    assert not may(shop, "pat", "credit", "adjust", "C1", "--to", "1", "--note", "counted")
    assert "needs a reason" in shop("payments", "void", "P1", code=6).err
    assert not may(shop, "pat", "payments", "void", "P1", "--reason", "twice")
    assert may(shop, "mia", "payments", "void", "P1", "--reason", "twice")


def test_settings_are_the_settings_managers_but_not_those_of_payments(shop: InProcess) -> None:
    assert may(shop, "uma", "settings", "set", "shop.name", "Lake Shop")
    assert not may(shop, "uma", "settings", "set", "payments.manual", "pending")
    assert not may(shop, "mia", "settings", "set", "shop.name", "x")
    assert not may(shop, "uma", "credit", "terms", "add", "Net 45", "--days", "45")
    assert not may(shop, "uma", "staff", "edit", "uma", "--role", "administrator")


def test_undo_of_somebody_elses_change_takes_the_rights_of_that_command(shop: InProcess) -> None:
    made = shop("credit", "line", "set", "C1", "--limit", "7500").rows[0]["change"]
    assert not may(shop, "pat", "undo", made)
    note = shop("notes", "add", "C1", "x", actor="pat").rows[0]["change"]
    assert may(shop, "lee", "undo", note)
    mine = shop("notes", "add", "C1", "y", actor="kim", code=6)
    assert mine.out == ""
    own = till.quote(shop, "C1", "SOFA@5", actor="pat")
    change = shop("changes", "list", "--by", "pat", "--limit", "1").rows[0]["change"]
    shop("staff", "edit", "pat", "--no-role", "sales-team", "--role", "office")
    assert may(shop, "pat", "undo", change), own
    assert not may(shop, "ann", "undo", made)
    assert may(shop, "mia", "undo", made)


def test_a_dry_run_asks_too_and_a_refusal_leaves_no_trace(shop: InProcess) -> None:
    before = shop("changes", "list").rows
    assert not may(shop, "ann", "customers", "edit", "C1", "--type", "luxury", "-n")
    assert not may(shop, "ann", "customers", "edit", "C1", "--type", "luxury")
    assert shop("changes", "list").rows == before


def test_every_group_has_a_right_and_every_right_a_holder() -> None:
    writing = set(GROUPS) - {"report"}
    assert writing <= permissions.GROUPS.keys()
    assert {*permissions.GROUPS.values(), *permissions.COMMANDS.values()} <= permissions.RIGHTS.keys()
    assert {role for right in permissions.RIGHTS.values() for role in right.roles} <= permissions.ROLES.keys()
    assert permissions.right_of("something new") == "db.manage"


ADMINISTRATOR, MANAGER, SELLER = ("sam",), ("sam", "mia"), ("sam", "mia", "pat")
CAPABILITIES = {
    ADMINISTRATOR: (
        "customers tax-exempt", "quotes delete", "credit terms add", "credit terms edit", "staff add", "staff edit",
        "visits.override", "books.close", "settings.payments",
    ),
    (*ADMINISTRATOR, "uma"): ("settings set", "customers field add", "customers field edit"),
    MANAGER: (
        "customers create", "customers edit", "customers login", "customers archive", "customers restore",
        "customers delete", "customers purge", "customers merge", "customers unmerge", "customers move",
        "customers hold", "customers unhold", "customers payment-methods", "customers assign",
        "customers consent grant", "customers contact add", "customers address add", "customers field set",
        "credit line set", "credit grant", "credit adjust", "credit withdraw", "credit reset", "quotes assign",
        "orders assign", "orders return", "payments record", "payments void", "statements generate", "statements send",
        "import customers", "import companies", "models levels assign",
    ),
    SELLER: ("quotes create", "orders create", "quotes edit", "orders edit", "orders copy", "orders invoice",
             "orders request-payment", "payments refund", "quotes copy"),
    (*SELLER, "ann"): ("notes add", "notes edit", "notes delete", "emails send"),
    (*SELLER, "ann", "dan"): ("visits create", "visits schedule"),
    (*SELLER, "ann", "dan", "kim"): ("orders schedule", "orders deliver"),
    (*MANAGER, "ida"): ("payments confirm", "payments reject"),
    (*MANAGER, "art"): ("designs add", "designs delete", "layouts delete"),
    (*ADMINISTRATOR, "art"): ("artwork create", "artwork approve", "artwork reject"),
    ("sam", "mia", "pat", "ann", "dan", "kim", "ida", "uma", "art"): (
        "payments add", "credit apply", "credit line repay", "views save", "export customers",
    ),
}  # fmt: skip
"""Both tables of who may do what: the staff of `shop` who may, and the commands or rights they have."""


def test_both_tables_of_who_may_do_what(shop: InProcess) -> None:
    staff = [row["login"] for row in shop("staff", "list").rows if row["login"] != "lee"]
    for login in staff:
        told = {row["right"]: row["allowed"] == "yes" for row in shop("staff", "can", login).rows}
        for who, commands in CAPABILITIES.items():
            for command in commands:
                assert told[permissions.named(command)] is (login in who), (login, command)


# --------------------------------------------------------------------------------------------------------- system users


def test_a_bound_system_user_acts_as_one_only(shop: InProcess) -> None:
    me = getpass.getuser()
    shop("staff", "edit", "pat", "--os-user", me)
    refused = shop("notes", "add", "C1", "x", "--as", "mia", code=6).err
    assert refused.startswith(f"hub: the system user {me} is pat and may not act as mia")
    shop("notes", "add", "C1", "x", actor=me)
    assert shop("notes", "list", "--customer", "C1").rows[0]["author"] == "pat"
    assert not may(shop, me, "customers", "edit", "C1", "--type", "luxury")


def test_a_bound_administrator_may_act_as_others(hub: InProcess) -> None:
    me = getpass.getuser()
    hub("staff", "add", "sam", "--login", me)
    hub("staff", "add", "pat", "--role", "sales-team")
    person(hub)
    hub("notes", "add", "C1", "x", "--as", "pat")
    assert "bound to sam already" in hub("staff", "add", "lee", "--login", me, code=6).err
    hub("staff", "edit", "sam", "--os-user", "none")
    assert hub("staff", "show", "sam", "--json").json["os_user"] is None


def test_the_last_administrator_stays(shop: InProcess) -> None:
    assert "only Administrator" in shop("staff", "edit", "sam", "--no-role", "administrator", code=6).err
    assert "only Administrator" in shop("staff", "remove", "sam", code=6).err
    shop("staff", "edit", "mia", "--role", "administrator")
    shop("staff", "remove", "sam")
    assert not may(shop, "sam", "customers", "edit", "C1", "--type", "luxury")


# ------------------------------------------------------------------------------------------------------ asking about it


def test_staff_can_tells_what_and_by_which_role(shop: InProcess) -> None:
    rows = {row["right"]: row for row in shop("staff", "can", "ida").rows}
    assert rows["payments.approve"]["by"] == "approve-payments"
    assert rows["credit.line"] | {"what": ""} == {
        "right": "credit.line", "allowed": "no", "what": "", "by": "", "roles": "administrator; sales-manager",
    }  # fmt: skip
    for typed in ("credit.line", "credit line set", "hub credit line set"):
        assert [row["allowed"] for row in shop("staff", "can", "mia", typed).rows] == ["yes"]
    assert "did you" not in shop("staff", "can", "mia", "flying", code=2).err
    assert all(one["allowed"] for one in shop("staff", "can", "sam", "--json").json)


def test_staff_roles_lists_rights_and_holders(shop: InProcess) -> None:
    rows = {row["role"]: row for row in shop("staff", "roles").rows}
    assert list(rows) == list(permissions.ROLES)
    assert rows["sales-team"]["staff"] == "lee; pat"
    assert rows["approve-payments"]["rights"] == "payments.take; payments.approve; data.export; views.save"
    assert rows["administrator"]["rights"].count(";") == len(permissions.RIGHTS) - 1


def test_roles_are_words_typed_in_any_form(shop: InProcess) -> None:
    row = shop("staff", "edit", "pat", "--role", "Office,approve payments", "--no-role", "sales-team").rows[0]
    assert row["roles"] == "approve-payments; office"
    assert "did you mean" in shop("staff", "edit", "pat", "--role", "offices", code=2).err
    shop("staff", "edit", "pat", code=2)
    assert shop("staff", "edit", "pat", "--role", "office").rows[0]["change"] == ""
