"""What the payment commands share: their options, the documents and customers they name, what they print."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Option

from hubcli.command import Done, Run
from hubcli.commands import targets
from hubcli.errors import HubError, bad_value
from hubcli.operations import books, documents, locations
from hubcli.operations.payments import methods, repayments
from hubcli.render import Column
from hubcli.values import money, words
from hubcli.values import text as texts

if TYPE_CHECKING:
    from hubcli.store import Outcome

Text = str | None
PAYMENTS = (
    Column("number", "ref", prefix="P", title="#"),
    Column("document", "code"),
    Column("customer", "ref", prefix="C", keep=4),
    Column("customer_name", "text", title="name", keep=3),
    Column("date", "date"),
    Column("method", "code"),
    Column("application", "text", keep=8),
    Column("status", "code", keep=2),
    Column("amount", "money"),
    Column("refunded", "money", keep=5),
    Column("fee", "money", keep=6),
    Column("net", "money", keep=7),
    Column("reference", "text", keep=5),
    Column("note", "long", keep=9),
    Column("term", "text", keep=20),
    Column("promo_code", "text", title="promo", keep=20),
    Column("authorization_code", "text", title="authorization", keep=20),
    Column("description", "long", keep=20),
    Column("channel", "code", keep=20),
    Column("location", "text", keep=15),
    Column("recorded_by", "code", title="by", keep=10),
    Column("receipt", "ref", prefix="P", keep=20),
    Column("due_on", "date", title="due", keep=12),
    Column("terms", "text", keep=20),
    Column("ended_on", "date", title="ended", keep=11),
    Column("recorded_at", "instant", title="recorded", keep=20),
)
WRITTEN = (
    Column("number", "ref", prefix="P", title="#"),
    Column("document", "code"),
    Column("customer", "ref", prefix="C", keep=3),
    Column("customer_name", "text", title="name", keep=3),
    Column("date", "date", keep=2),
    Column("method", "code"),
    Column("status", "code"),
    Column("amount", "money"),
    Column("balance_before", "money", title="owed before", keep=2),
    Column("balance", "money", title="owed"),
)
Key = Annotated[Text, Option("--idempotency-key", metavar="K", help="the same key again does nothing more")]
Again = Annotated[bool, Option("--again", help="it is another payment, although it looks like one before")]


def payment_fields(
    run: Run,
    *,
    check_number: Annotated[Text, Option("--check-number", metavar="T", help="of a check")] = None,
    approval_code: Annotated[Text, Option("--approval-code", metavar="T", help="of a credit card")] = None,
    transaction_id: Annotated[
        Text, Option("--transaction-id", metavar="T", help="of a bank transfer or aio-pay")
    ] = None,
    term: Annotated[Text, Option("--term", metavar="T", help="term of financing, such as 12mo")] = None,
    promo_code: Annotated[Text, Option("--promo-code", metavar="T", help="of synchrony")] = None,
    authorization_code: Annotated[Text, Option("--authorization-code", metavar="T", help="of synchrony")] = None,
    description: Annotated[Text, Option("--description", metavar="T", help="what it is, of method other")] = None,
    channel: Annotated[
        Text, Option("--channel", metavar="C", help="of aio-pay: card, phone, keyed, ach, pay-later")
    ] = None,
    note: Annotated[Text, Option("--note", "--notes", metavar="T", help="a remark")] = None,
    location: Annotated[Text, Option("--location", metavar="T", help="where it was taken (HUB_LOCATION)")] = None,
) -> dict[str, Text]:
    """Read what a payment says besides its method and amount; None for what was not given."""
    lines = {
        "check_number": check_number, "approval_code": approval_code, "transaction_id": transaction_id, "term": term,
        "promo_code": promo_code, "authorization_code": authorization_code, "description": description,
    }  # fmt: skip
    shop = location or os.environ.get("HUB_LOCATION") or None
    lines["location"] = None if shop is None else locations.check(run.hub, shop)
    read = {name: texts.name(value, methods.option(name)) for name, value in lines.items() if value is not None}
    chosen = {"channel": words.choose(channel, methods.CHANNELS, "--channel")} if channel is not None else {}
    remark = {"note": texts.note(note, "--note")} if note is not None else {}
    return {**dict.fromkeys([*lines, "channel", "note"]), **read, **chosen, **remark}


def method_of(typed: Text) -> str:
    """Read --method; raise bad_value with the methods there are."""
    if typed is None:
        raise targets.need(f"--method is missing: {', '.join(methods.METHODS)}", "hub payments add --help")
    return words.choose(typed, methods.METHODS, "--method")


def amount_of(typed: str, field: str = "--amount") -> int:
    """Read an amount above 0.00 in cents."""
    cents = money.parse(typed, field)
    if not cents:
        raise bad_value(field, typed, "is not above 0.00: write an amount as in 1374.00")
    return cents


def day_of(run: Run, typed: Text, field: str = "--date") -> str:
    """Read a day up to today; today when none was given."""
    from hubcli.values import dates

    if typed is None:
        return str(run.today)
    day = dates.not_future(dates.day(typed, run.today, field), run.today, field).isoformat()
    books.check_open(run.hub, day)
    return day


def document(run: Run, ref: str) -> Any:
    """Give the row of the document that a reference names; a bare number is asked about, or refused."""
    if re.fullmatch(r"[0-9]{1,15}", ref.strip()):
        _bare(run, ref.strip())
    return documents.find(run.hub, ref)


def document_or_customer(run: Run, ref: str) -> tuple[Any | None, int]:
    """Give the row of the document that a reference names, or None, and the customer's number."""
    if not re.fullmatch(r"[Cc][0-9]{1,15}", ref.strip()):
        try:
            row = document(run, ref)
        except HubError as error:
            if error.slug != "not_found" or re.fullmatch(r"[QqOoIi][0-9]{1,15}", ref.strip()):
                raise
        else:
            return row, int(row["customer_id"])
    return None, targets.payer(run, ref)


def _bare(run: Run, digits: str) -> None:
    row = documents.find(run.hub, digits) if run.interactive else None
    if row is None:
        raise bad_value("document", digits, f"could be a document or a customer: write O{digits} or C{digits}")
    run.confirm(f"{documents.ref_of(row)} {texts.visible(row['customer_name'])}?", "a bare number")


def payment(ref: str) -> int:
    """Give the number of P12."""
    return targets.number(ref, "P", "payment")


def is_repayment(ref: str) -> bool:
    """Tell whether a reference names a repayment of the credit line, as L7 does."""
    return ref.strip()[:1] in {"L", "l"}


def repayment(ref: str) -> int:
    """Give the number of L7."""
    return targets.number(ref, "L", "repayment")


def asked_again(run: Run, again: bool, work: "Callable[[bool], Outcome]") -> "Outcome":
    """Do what takes a payment; on a terminal ask when it looks like one before, elsewhere that is refused."""
    try:
        return work(again)
    except HubError as error:
        if error.slug != "payment_again" or not run.interactive:
            raise
        run.confirm(f"{error.facts['payment']} {error.facts['when']}, again?", "a payment that looks like another")
        return work(True)


def written(run: Run, outcome: "Outcome", moves: Sequence[tuple[int | str, int, int]], **how: Any) -> Done:
    """Give what is printed of payments, each with its number and the balance of its document before and after.

    Of a repayment (L7) the balance is what is due on its draw.
    """
    rows = []
    for number, before, after in () if outcome.dry_run else moves:
        block, row_id = ("one", number) if isinstance(number, int) else ("written", repayment(number))
        row = run.hub.one(f"payments.{block}", {"id": row_id})
        if row is not None:
            rows.append((*(row[column.name] for column in WRITTEN[:8]), before, after))
    return Done(outcome, WRITTEN, rows, name="payments", **how)


def told_draw(run: Run, before: int, after: int, number: int) -> str | None:
    """Give the line that tells what is due on the draw of a repayment before and after."""
    if run.quiet:
        return None
    row = repayments.find(run.hub, number)
    name = texts.visible(row["customer_name"])
    return f"P{row['payment_id']} {name}, due on the draw {money.show(before)} → {money.show(after)}"


def told(run: Run, refs: Mapping[int, tuple[int, int]]) -> str | None:
    """Give the line that tells the balance of documents before and after."""
    if run.quiet or not refs:
        return None
    parts = []
    for number, (before, after) in refs.items():
        row = documents.find(run.hub, str(number))
        name = texts.visible(row["customer_name"])
        parts.append(f"{documents.ref_of(row)} {name}, owed {money.show(before)} → {money.show(after)}")
    return "; ".join(parts)


def customer_name(run: Run, number: int) -> str:
    """Give what a customer is called, safe to print."""
    row = run.hub.one("customers.head", {"id": number})
    return texts.visible(row["name"]) if row else ""
