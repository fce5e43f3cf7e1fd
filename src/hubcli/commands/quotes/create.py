"""Makes quotes, and the customer on the way."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.quotes import written
from hubcli.commands.quotes.options import Text, Words, cost_fields, document_fields, here
from hubcli.errors import HubError
from hubcli.operations import models
from hubcli.operations.documents import fields, fromjson, screen, typed, writing
from hubcli.values import dates

app = typer.Typer()

Ref = Annotated[Text, Argument(metavar="[REF]", help="C12, e-mail, phone, name; or --new")]
Lines = Annotated[
    Words, Option("--line", metavar="L", help="MODEL[:QTY]@PRICE[/COST]; without @PRICE from the catalogue; repeatable")
]
Fulfillment = Annotated[
    Words, Option("--fulfillment", metavar="F", help="delivery-install, delivery, pickup or not-sure, of every --line")
]
From = Annotated[Text, Option("--from", metavar="FILE.json|-", help="a document as JSON, with the keys of show --json")]
Hold = Annotated[bool, Option("--override-hold", help="sell to a customer on hold; say why with --reason")]
Key = Annotated[Text, Option("--idempotency-key", metavar="K", help="the same key again makes nothing more")]
DERIVED = tuple(column.name for column in screen.COLUMNS if column.name not in fromjson.FIELDS)


def new_customer(
    run: Run,
    *,
    new: Annotated[Text, Option("--new", metavar="NAME", help="for a new customer, made on the way")] = None,
    new_company: Annotated[Text, Option("--new-company", metavar="NAME", help="for a new company")] = None,
    mobile: Annotated[Text, Option("--mobile", metavar="PHONE", help="of the new customer")] = None,
    email: Annotated[Text, Option("--email", metavar="E", help="of the new customer")] = None,
    line1: Annotated[Text, Option("--line1", metavar="T", help="their street")] = None,
    line2: Annotated[Text, Option("--line2", metavar="T")] = None,
    city: Annotated[Text, Option("--city", metavar="T")] = None,
    state: Annotated[Text, Option("--state", metavar="ST")] = None,
    zip: Annotated[Text, Option("--zip", metavar="Z")] = None,
    found_us: Annotated[Text, Option("--found-us", metavar="T", help="how they heard of the shop")] = None,
    field: Annotated[Words, Option("--field", metavar="NAME=V", help="the shop's own, of the new customer")] = None,
) -> dict[str, Any]:
    """Give the fields of a new customer as they were typed, those of the shop's own under "own"; none without --new.

    Raise needs_option, bad_value.
    """
    first, _, last = (new or "").strip().rpartition(" ")
    found = {
        "first_name": first or last or None, "last_name": last if first else None, "company_name": new_company,
        "mobile_phone": mobile, "email": email, "billing_line1": line1, "billing_line2": line2, "billing_city": city,
        "billing_state": state, "billing_zip": zip, "found_us": found_us,
    }  # fmt: skip
    given: dict[str, Any] = {name: value for name, value in found.items() if value is not None}
    if field:
        from hubcli.commands.customers.own import pairs

        given["own"] = pairs(field)
    if given and not (new or new_company):
        raise targets.need(
            "--mobile, --zip, --field and the like are of a new customer: name them with --new",
            f'hub {run.command} --new "Maria Garcia" --mobile "(312) 555-0142"',
        )
    return given


@command(app, "create", takes=[document_fields, cost_fields, new_customer])
def create(
    run: Run,
    document_fields: dict[str, Any],
    cost_fields: dict[str, Any],
    new_customer: dict[str, Any],
    ref: Ref = None,
    *,
    line: Lines = None,
    fulfillment: Fulfillment = None,
    expires: Annotated[Text, Option("--expires", metavar="DATE", help="last valid day; default in 14 days")] = None,
    from_: From = None,
    draft: Annotated[bool, Option("--draft", help="not yet for the customer")] = False,
    override_hold: Hold = False,
    idempotency_key: Key = None,
) -> Done:
    """Make a quote, for a known customer or a new one.

    Price, cost and description come from the catalogue where they are not typed: the price of the customer's level
    before the list price.

    Examples:
    hub quotes create C1 --line "FRG-100@1200/800" --fulfillment delivery --delivery 75 --tax-rate 8.25%
    hub quotes create --new "Ann Lee" --mobile "(312) 555-0188" --zip 60614 --line "WF45R6100AW/US:2@899"
    echo '{"customer": "C1", "lines": [{"model": "FRG-100", "unit_price": "1200.00"}]}' | hub quotes create --from -
    """
    given = document_fields | cost_fields | ({"expires_on": expires} if expires is not None else {})
    draft_fields = {"status": "draft"} if draft else {}
    return make(
        run, ref, given, new_customer, read_lines(line, fulfillment), from_, idempotency_key,
        fixed=draft_fields, override_hold=override_hold,
    )  # fmt: skip


def read_lines(line: Sequence[str] | None, fulfillment: Sequence[str] | None) -> list[typed.Line]:
    """Read --line and the --fulfillment of them all."""
    how = typed.fulfillment(fulfillment or [])
    return [typed.line(one)._replace(fulfillment=how) for one in line or []]


def make(
    run: Run,
    ref: str | None,
    given: dict[str, str],
    new: dict[str, Any],
    lines: list[typed.Line],
    source: str | None,
    key: str | None,
    *,
    fixed: dict[str, Any],
    order: bool = False,
    account: Any = None,
    **how: Any,
) -> Done:
    """Make a quote or an order of what was typed and read; `account` gives the columns of one on account."""
    if source is not None:
        read, more = fromjson.parse(_content(source), source, DERIVED)
        given, lines = {**read, **given}, [*more, *lines]
    ref = _customer_ref(run, ref, given.pop("customer", None), new)
    customer = None if ref is None else targets.customer(run, ref)
    if customer is not None:
        targets.alert(run, customer)
    edit, warnings = _new(run, new) if customer is None else (None, [])
    columns = _columns(run, here(given), customer, order=order) | fixed
    warned: list[str] = []

    def work(hub: Any) -> int:
        warned.clear()
        number = customer
        if number is None:
            from hubcli.operations.customers import access, editing

            number = editing.create(hub, edit)  # type: ignore[arg-type]  # one of the two is there
            warned.extend(access.furnish(hub, number, new.get("own", {})))
        terms = account(hub, number) if account else None
        made = writing.create(hub, number, columns, lines, **how)
        warned.extend(_after(hub, made, lines, terms, override=bool(how.get("override"))))
        return made

    request = {"ref": ref, "new": sorted(new.items()), "given": sorted(given.items()), "lines": lines, "fixed": fixed}
    outcome = targets.keyed(run, key, request, work)
    return written.written(run, outcome, [outcome.result], said=run.said([*warnings, *warned]))


def _content(source: str) -> str:
    if source == "-":
        return sys.stdin.read()
    try:
        return Path(source).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise HubError("file_missing", file=source) from None
    except (OSError, UnicodeDecodeError) as error:
        raise HubError("file_unreadable", file=source, why=str(error)) from None


def _customer_ref(run: Run, ref: str | None, named: str | None, new: dict[str, Any]) -> str | None:
    if new:
        if ref is not None:
            raise targets.need(f"{ref} and --new are two customers: name one", f"hub {run.command} --help")
        return None
    if ref is None and named is None:
        raise targets.need(
            "for whom? name a customer, or --new with a name",
            f'hub {run.command} C1 --line "FRG-100@1200/800"',
            f'hub {run.command} --new "Maria Garcia" --mobile "(312) 555-0142" --line "FRG-100@1200"',
        )
    return ref if ref is not None else named


def _new(run: Run, typed_fields: dict[str, Any]) -> tuple[Any, list[str]]:
    """Read the new customer as customers create does; give it with the warnings of twins."""
    from hubcli.operations.customers import editing, twins
    from hubcli.operations.customers import fields as person

    country = run.setting("shop.country")
    values = person.read(run.hub, {name: value for name, value in typed_fields.items() if name != "own"}, country)
    values.columns.setdefault("kind", "company" if values.columns.get("company_name") else "individual")
    values.columns.setdefault("source", "in-store")
    person.complete(values, run.setting("customers.require"))
    found = [*values.warnings, *twins.warnings(twins.find(run.hub, values.columns))]
    return editing.Edit(values, country), found


def _columns(run: Run, given: dict[str, str], customer: int | None, *, order: bool) -> dict[str, Any]:
    columns = fields.read(run.hub, given, customer)
    day = columns.pop("date", None)
    if order:
        columns["ordered_on"] = day or run.hub.day.today
        columns.pop("expires_on", None)
    elif day is not None:
        columns["quoted_on"] = day
        columns.setdefault("expires_on", dates.later(day, int(run.setting("quotes.valid_days"))))
    return columns


def _after(
    hub: Any, number: int, lines: list[typed.Line], terms: dict[str, Any] | None, *, override: bool
) -> list[str]:
    """Do what follows a new document: put it on account, invoice it; give what to warn of."""
    from hubcli.operations.documents import base, becoming, closing

    found = []
    for line in lines:
        listed = models.priced(hub, line.model, None)
        if listed is not None and listed.discontinued:
            found.append(f"warning: {listed.model} is no longer sold")
    row = base.again(hub, number)
    found += _lapsed(hub, row)
    if terms is not None:
        warning = closing.place_on_account(hub, row, terms, override=override)
        found += [f"warning: {warning}"] if warning else []
    if row["ordered_on"] is not None and row["source"] == "website" and row["status"] != "draft":
        becoming.invoice(hub, number, row["ordered_on"])
    return found


def _lapsed(hub: Any, row: Any) -> list[str]:
    """Warn of an exemption certificate that exempts no more."""
    from hubcli.operations.customers import standing

    stands = standing.of(hub, row["customer_id"], row["ordered_on"] or row["quoted_on"])
    proof = stands.exemption
    if proof is None or stands.exempt:
        return []
    return [f"warning: the exemption certificate of C{proof.customer} expired on {proof.expires_on}: tax is charged"]
