"""hub payments confirm, reject, void, bounce, correct, move: what becomes of payments."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.announcing import Mailed, announce
from hubcli.commands.payments import shared
from hubcli.commands.payments.shared import Key, Text, payment_fields
from hubcli.counts import Count
from hubcli.errors import HubError, bad_value
from hubcli.operations.payments import methods, repayments, settling
from hubcli.values import money, words

if TYPE_CHECKING:
    from hubcli.store import Hub, Outcome

app = typer.Typer()

Payment = Annotated[str, Argument(metavar="P|L", help="the payment, such as P3; a repayment of the credit line, L7")]
Payments = Annotated[
    list[str], Argument(metavar="P|L...", help="payments, such as P3 P4, and repayments, L7; - reads them from stdin")
]
Counted = Annotated[Text, Option("--confirm-count", metavar="N", help="how many they are, instead of being asked")]


@command(app, "confirm")
def confirm(run: Run, refs: Payments, *, confirm_count: Counted = None) -> Done:
    """Confirm pending payments: the money has arrived. A quote that is covered by it becomes an order.

    Examples:
    hub payments list --status pending
    """
    return _decided(run, refs, confirm_count, confirmed=True)


@command(app, "reject")
def reject(run: Run, refs: Payments, *, confirm_count: Counted = None, mail: Mailed = None) -> Done:
    """Reject pending payments: what they paid is owed again. The number of payments is typed, or given.

    The customers are written to where correspondence.send.rejected is on.

    Examples:
    hub payments list --status pending
    """
    return _decided(run, refs, confirm_count, confirmed=False, mail=mail)


def _decided(run: Run, refs: Sequence[str], typed: Text, *, confirmed: bool, mail: bool | None = False) -> Done:
    given = [word for ref in refs for word in (targets.piped() if ref == "-" else [ref])]
    payments = list(dict.fromkeys(shared.payment(word) for word in given if not shared.is_repayment(word)))
    lines = list(dict.fromkeys(shared.repayment(word) for word in given if shared.is_repayment(word)))
    what = "confirming" if confirmed else "rejecting"
    _count(run, len(payments) + len(lines), typed, what, always=not confirmed)

    def work(hub: "Hub") -> tuple[list[settling.Moved], list[settling.Moved]]:
        made = settling.decide(hub, payments, confirmed=confirmed)
        return made, repayments.decide(hub, lines, confirmed=confirmed)

    outcome = run.change(work)
    done = _moved(run, outcome, *outcome.result)
    about = [(one.document, _rejected(one)) for some in outcome.result for one in some]
    told = announce(run, outcome, "rejected", about, mail)
    done.said = "\n".join(filter(None, (done.said, *told.said))) or None
    done.exit_code = told.exit_code
    return done


def _rejected(moved: settling.Moved) -> str:
    return f"Your payment of {money.show(moved.cents)} could not be accepted: it is still to be paid."


def _count(run: Run, count: int, typed: Text, what: str, *, always: bool) -> None:
    """Have the number of payments typed: for every rejection, and for more than one confirmation."""
    if typed is None and not run.yes and not run.dry_run and (always or count > 1):
        if not run.interactive:
            raise HubError("not_confirmed", what=f"{what} {Count(count):payment}", tries=(f"--confirm-count {count}",))
        typed = run.ask(f"{what} {Count(count):payment}: type that number to go on")
    if typed is not None and typed != str(count):
        raise HubError("count_wrong", count=count, typed=typed)


def _moved(run: Run, outcome: "Outcome", moved: Sequence[settling.Moved], lines: Sequence[settling.Moved] = ()) -> Done:
    """Give what is printed of payments that changed, and of repayments; of a single one its balance is told too."""
    rows: list[tuple[int | str, int, int]] = [(move.number, move.before, move.after) for move in moved]
    rows += [(f"L{move.number}", move.before, move.after) for move in lines]
    said = None
    if len(rows) == 1 and not outcome.dry_run:
        one = (*moved, *lines)[0]
        balances = {one.document: (one.before, one.after)}
        said = shared.told(run, balances) if moved else shared.told_draw(run, one.before, one.after, one.number)
    return shared.written(run, outcome, rows, said=said)


@command(app, "void")
def void(run: Run, ref: Payment) -> Done:
    """Void a payment that should never have been recorded, from today on; --reason says why.

    Customer credit that it spent is put back; a draw on the credit line is taken off the line.

    Examples:
    hub payments void P560 --reason "typed twice" -n
    """
    line = shared.is_repayment(ref)
    number = shared.repayment(ref) if line else shared.payment(ref)
    if not run.reason:
        raise HubError("write_off_reason", what="voiding a payment")
    outcome = run.change(lambda hub: (repayments if line else settling).void(hub, number))
    return _moved(run, outcome, *_either(outcome.result, line=line))


def _either(moved: settling.Moved, *, line: bool) -> tuple[list[settling.Moved], list[settling.Moved]]:
    """Give what changed as the payments and the repayments that changed."""
    return ([], [moved]) if line else ([moved], [])


@command(app, "bounce")
def bounce(
    run: Run,
    ref: Payment,
    *,
    fee: Annotated[Text, Option("--fee", metavar="M", help="put on the order for it")] = None,
    date: Annotated[Text, Option("--date", metavar="D", help="the day the bank took it back (today)")] = None,
) -> Done:
    """End a payment whose money the bank took back; before that day it still counts as paid.

    Examples:
    hub payments list --method check --limit 3
    """
    line, day = shared.is_repayment(ref), shared.day_of(run, date)
    number = shared.repayment(ref) if line else shared.payment(ref)
    cents = shared.amount_of(fee, "--fee") if fee is not None else 0
    outcome = run.change(lambda hub: (repayments if line else settling).bounce(hub, number, day, cents))
    return _moved(run, outcome, *_either(outcome.result, line=line))


@command(app, "correct", takes=[payment_fields])
def correct(
    run: Run,
    ref: Payment,
    payment_fields: dict[str, Text],
    *,
    amount: Annotated[Text, Option("--amount", metavar="M", help="what it should be")] = None,
    method: Annotated[Text, Option("--method", metavar="M", help="how it was really paid")] = None,
    date: Annotated[Text, Option("--date", metavar="D", help="the day it was really paid")] = None,
    idempotency_key: Key = None,
) -> Done:
    """Correct a mistyped payment: it counts no more from its own day on, and another stands in its place.

    Examples:
    hub payments correct P1 --date 2024-01-31 -n
    """
    changes = {
        "method": words.choose(method, methods.METHODS, "--method") if method is not None else None,
        "cents": shared.amount_of(amount) if amount is not None else None,
        "paid_on": shared.day_of(run, date) if date is not None else None,
        **payment_fields,
    }
    if not any(value is not None for value in changes.values()):
        raise targets.need("nothing to correct: give what it should be", "hub payments correct --help")
    line = shared.is_repayment(ref)
    number = shared.repayment(ref) if line else shared.payment(ref)
    made: list[tuple[int, str, int, int]] = []

    def work(hub: "Hub") -> int:
        if line:
            gone, again = repayments.correct(hub, number, changes)
            made[:] = [(again.id, money.show(gone.cents), gone.before, again.after)]
        else:
            gone, paid = settling.correct(hub, number, changes)
            made[:] = [(paid.number, money.show(gone.cents), gone.before, paid.after)]
        return made[0][0]

    outcome = targets.keyed(run, idempotency_key, {"payment": ref.strip().upper(), **changes}, work)
    letter = "L" if line else "P"
    new, was, before, after = made[0] if made else (int(outcome.result), "", 0, 0)
    said = f"{letter}{number} {was} never counted; {letter}{new} stands" if made and not run.quiet else None
    return shared.written(run, outcome, [(f"L{new}" if line else new, before, after)], said=said)


@command(app, "move")
def move(
    run: Run,
    ref: Payment,
    *,
    to: Annotated[
        Text, Option("--to", metavar="DOCUMENT|P", help="where it belongs; of a repayment the draw, such as P3")
    ] = None,
) -> Done:
    """Move a payment to another document, or a repayment to another draw; its number and its day stay.

    Examples:
    hub payments move P15 --to O8 -n
    """
    if to is None:
        raise targets.need("--to DOCUMENT is missing", "hub payments move --help")
    if shared.is_repayment(ref):
        return _move_line(run, shared.repayment(ref), shared.payment(to))
    number, target = shared.payment(ref), shared.document(run, to)
    if target is None:
        raise bad_value("--to", to, "is no document")

    def work(hub: "Hub") -> tuple[settling.Moved, settling.Moved]:
        return settling.move(hub, number, target["id"])

    outcome = run.change(work)
    left, came = outcome.result
    balances = {move.document: (move.before, move.after) for move in (left, came)}
    said = None if outcome.dry_run else shared.told(run, balances)
    return shared.written(run, outcome, [(number, came.before, came.after)], said=said)


def _move_line(run: Run, number: int, draw: int) -> Done:
    outcome = run.change(lambda hub: repayments.move(hub, number, draw))
    _, came = outcome.result
    said = None if outcome.dry_run else shared.told_draw(run, came.before, came.after, number)
    return shared.written(run, outcome, [(f"L{number}", came.before, came.after)], said=said)
