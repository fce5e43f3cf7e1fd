"""Edits customers: any field, several customers at once, or asked for field by field."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.customers.options import Words, customer_fields
from hubcli.errors import bad_value
from hubcli.operations.customers import access, editing, fields
from hubcli.values import text

app = typer.Typer()

Refs = Annotated[list[str], Argument(metavar="REF...", help="C12, e-mail, phone, name; - reads them from stdin")]


@command(app, "edit", takes=[customer_fields])
def edit(
    run: Run,
    refs: Refs,
    customer_fields: dict[str, Any],
    *,
    set: Annotated[
        Words, Option("--set", metavar="FIELD=VALUE", help="any field by its name, the shop's own too; repeatable")
    ] = None,
    clear: Annotated[Words, Option("--clear", metavar="FIELD", help="take a value away; repeatable")] = None,
    add_billing_email: Annotated[Words, Option("--add-billing-email", metavar="E")] = None,
    remove_billing_email: Annotated[Words, Option("--remove-billing-email", metavar="E")] = None,
    remove_external_id: Annotated[Words, Option("--remove-external-id", metavar="SYSTEM=ID")] = None,
    if_version: Annotated[
        str | None, Option("--if-version", metavar="H", help="only while nothing changed since (version in --json)")
    ] = None,
) -> Done:
    """Edit customers, by options or asked for field by field.

    Examples:
    hub customers edit C1 --type luxury --zip 60614-2301
    hub customers edit C1 --set found_us=Radio --clear line2
    hub customers edit C4 C5 C6 --manager none --reason "Pat left"
    """
    ids = targets.customers(run, refs)
    held, assigned = _own(run, set or [])
    given = {**customer_fields, **_assignments(assigned), **dict.fromkeys(map(_clearable, clear or []))}
    lists = (add_billing_email or [], remove_billing_email or [], remove_external_id or [])
    if not (given or held or any(lists)):
        given = _asked(run, ids)
    _check_bulk(ids, given, bulk_only=bool(any(lists) or if_version))
    run.confirm_count(len(ids), "edit")
    expected = None if if_version is None else targets.number(if_version, "H", "--if-version")
    edits = _wanted(run, ids, given, lists)

    def work(hub: Any) -> None:
        for number, wanted in edits:
            if expected is not None:
                editing.check_version(hub, number, expected, wanted)
            editing.edit(hub, number, wanted, touch=len(ids) == 1)
            if held:
                access.set_fields(hub, number, held, touch=len(ids) == 1)

    outcome = run.change(work)
    warnings = dict.fromkeys(line for _, wanted in edits for line in wanted.values.warnings)
    return targets.written(run, outcome, ids, said="\n".join(warnings) or None)


def _own(run: Run, typed: Sequence[str]) -> tuple[dict[str, str | None], list[str]]:
    """Give what --set says of fields of the shop's own, and the other words of it; hub's own names come first."""
    own: dict[str, str | None] = {}
    rest: list[str] = []
    names = {text.fold(row["name"]): row["name"] for row in run.hub.rows("access.fields")} if typed else {}
    for word in typed:
        name, equals, value = word.partition("=")
        known = names.get(text.fold(name.strip()))
        if equals and known is not None and not fields.is_named(name):
            own[known] = value.strip() or None
        else:
            rest.append(word)
    return own, rest


def _assignments(typed: Sequence[str]) -> dict[str, Any]:
    """Give the fields of --set FIELD=VALUE; an empty value takes the field away."""
    found: dict[str, Any] = {}
    for word in typed:
        name, equals, value = word.partition("=")
        if not equals:
            raise bad_value("--set", word, "has no value: write FIELD=VALUE, as in type=luxury")
        field = fields.named(name)
        found[field] = (
            [part.strip() for part in value.split(";") if part.strip()] if field in fields.LISTS else value or None
        )
    return found


def _clearable(word: str) -> str:
    field = fields.named(word, "--clear")
    if field in {"kind", "billing_country", "delivery_country"}:
        raise bad_value("--clear", word, "always has a value")
    return field


def _check_bulk(ids: Sequence[int], given: dict[str, Any], *, bulk_only: bool) -> None:
    """Refuse for several customers what is one customer's own."""
    if len(ids) < 2:
        return
    own = [fields.option(name) for name in given if name in fields.PERSONAL]
    if own or bulk_only:
        what = own[0] if own else "--if-version or a billing e-mail"
        raise bad_value(what, f"for {len(ids)} customers", "is one customer's own: edit them one by one")


def _wanted(
    run: Run, ids: Sequence[int], given: dict[str, Any], lists: tuple[list[str], ...]
) -> list[tuple[int, editing.Edit]]:
    """Read what was typed, for each country of the customers once."""
    home = run.setting("shop.country")
    read: dict[str, editing.Edit] = {}
    edits = []
    for number in ids:
        row = run.hub.one("customers.address_of", {"customer": number, "kind": "billing"})
        country = str(row["country"]) if row else home
        if country not in read:
            read[country] = _edit(run, dict(given), country, lists)
        edits.append((number, read[country]))
    return edits


def _edit(run: Run, given: dict[str, Any], country: str, lists: tuple[list[str], ...]) -> editing.Edit:
    more, fewer, fewer_ids = lists
    cleared = [name for name in fields.LISTS if name in given and (name == "billing_emails" or given[name] is None)]
    emails = fields.emails([*(given.pop("billing_emails", None) or []), *more])
    ids = [fields.external_id(typed) for typed in given.pop("external_ids", None) or []]
    return editing.Edit(
        fields.read(run.hub, given, country),
        country,
        emails=emails,
        no_emails=fields.emails(fewer, "--remove-billing-email"),
        ids=ids,
        no_ids=[fields.external_id(typed, "--remove-external-id") for typed in fewer_ids],
        cleared=cleared,
    )


# ------------------------------------------------------------------------------------------------------ field by field


def _asked(run: Run, ids: Sequence[int]) -> dict[str, Any]:
    """Ask for the fields of one customer; raise where nobody can be asked."""
    if len(ids) != 1 or not run.interactive:
        raise targets.need(
            "nothing to edit: name a field", "hub customers edit C1 --type luxury", "hub customers edit --help"
        )
    from hubcli.commands.customers import asking

    return asking.ask_again(run, run.setting("shop.country"), _present(run, ids[0]))


def _present(run: Run, number: int) -> dict[str, str]:
    """Give the fields of a customer as they were typed."""
    row = editing.head(run.hub, number)
    columns = {*fields.WORDS, *fields.TEXTS, *fields.PHONES, "email", "manager"}
    present = {name: str(row[name]) for name in columns if row[name]}
    address = run.hub.one("customers.address_of", {"customer": number, "kind": "billing"})
    if address is not None:
        present |= {f"billing_{part}": address[part] for part in fields.PARTS if address[part]}
    return present
