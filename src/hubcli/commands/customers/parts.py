"""What the parts of a customer share – addresses, contacts: how one is printed after a change, and removed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from typer import Argument

from hubcli.command import Done, Run
from hubcli.operations.customers import editing
from hubcli.render import Column

if TYPE_CHECKING:
    from hubcli.store import Hub, Outcome

Ref = Annotated[str, Argument(metavar="REF", help="C12, e-mail, phone, name")]


def columns(own: Sequence[Column]) -> tuple[Column, ...]:
    """Give the columns of a part that was written: its number, whose it is, the rest."""
    return (own[0], Column("customer", "ref", prefix="C"), *own[1:])


def done(
    outcome: "Outcome", columns: Sequence[Column], row: Sequence[object], name: str, said: str | None = None
) -> Done:
    """Give what is printed of a part that was written; an empty row of one that is not there."""
    return Done(outcome, columns, [row] if row else [], name=name, said=said)


def removed(run: Run, block: str, number: int, customer: int) -> "Outcome":
    """Remove a part by a block of sql/customers.sql, as work on the customer's record."""

    def work(hub: "Hub") -> None:
        hub.run(block, {"id": number})
        editing.touched(hub, customer)

    return run.change(work)
