"""Creates customers, from options or asked for field by field."""

from typing import Annotated, Any

import typer
from typer import Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.customers import show
from hubcli.commands.customers.options import customer_fields
from hubcli.commands.customers.own import pairs
from hubcli.operations.customers import access, contacts, editing, fields, twins
from hubcli.render import Record

app = typer.Typer()

Key = Annotated[str | None, Option("--idempotency-key", metavar="K", help="the same key again creates nothing more")]


@command(app, "create", takes=[customer_fields])
def create(
    run: Run,
    customer_fields: dict[str, Any],
    *,
    field: Annotated[
        list[str] | None, Option("--field", metavar="NAME=V", help="a field of the shop's own; repeatable")
    ] = None,
    idempotency_key: Key = None,
) -> Done | Record | None:
    """Create a customer, from options or asked for field by field.

    Examples:
    hub customers create --first-name Ann --last-name Lee --mobile "(312) 555-0188" --zip 60614 --type average
    hub customers create --company-name "Lake Builders" --first-name Tom --mobile 312-555-0175 --building-code B-7
    hub customers create --first-name Jo --last-name Fox --mobile 3125550176 --external-id shopify=7210 -n
    """
    given, known, held = customer_fields, frozenset[int](), pairs(field or [])
    country, require = run.setting("shop.country"), run.setting("customers.require")
    if not given and run.interactive:
        from hubcli.commands.customers import asking

        try:
            given = asking.ask_new(run, country, require)
        except asking.Opened as opened:
            return _open(run, opened.number)
        known = _seen(run, given, country)
        held |= asking.ask_own(run, held)
    wanted = _wanted(run, dict(given), country, require)
    warnings = [*wanted.values.warnings, *twins.warnings(twins.find(run.hub, wanted.values.columns, known))]

    def work(hub: Any) -> int:
        made = editing.create(hub, wanted)
        contacts.register(hub, made)
        lacking[:] = access.furnish(hub, made, held)
        return made

    lacking: list[str] = []
    outcome = targets.keyed(run, idempotency_key, {**given, **({"fields": held} if held else {})}, work)
    warnings += lacking
    if not outcome.entries and outcome.change is not None:
        warnings = []  # made before, with the same key
    return targets.written(run, outcome, [outcome.result], said=run.said(warnings))


def _open(run: Run, number: int) -> Record:
    """Show the customer that was there already, with what brings one back that was put away."""
    if editing.head(run.hub, number)["status"] in {"archived", "deleted", "spam"}:
        run.say(f"  try: hub customers restore C{number}")
    return show.record(run, number)


def _wanted(run: Run, given: dict[str, Any], country: str, require: str) -> editing.Edit:
    """Read what was typed, with what follows from it: the kind, the source."""
    emails = fields.emails(given.pop("billing_emails", []))
    ids = [fields.external_id(typed) for typed in given.pop("external_ids", [])]
    values = fields.read(run.hub, given, country)
    columns = values.columns
    columns.setdefault("kind", "company" if columns.get("company_name") else "individual")
    columns.setdefault("source", "in-store")
    fields.complete(values, require)
    return editing.Edit(values, country, emails=emails, ids=ids)


def _seen(run: Run, given: dict[str, str], country: str) -> frozenset[int]:
    """Give the customers that the questions showed already."""
    phone = {name: value for name, value in given.items() if name == "mobile_phone"}
    columns = fields.read(run.hub, phone, country).columns
    return frozenset(twin.id for twin in twins.find(run.hub, columns))
