"""Keys orders directly."""

from typing import Annotated, Any

import typer
from typer import Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.quotes.create import From, Fulfillment, Hold, Key, Lines, Ref, make, new_customer, read_lines
from hubcli.commands.quotes.options import Text, cost_fields, document_fields
from hubcli.operations.documents import becoming

app = typer.Typer()


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
    on_account: Annotated[
        bool, Option("--on-account", help="to be paid by their terms, within the credit line")
    ] = False,
    terms: Annotated[Text, Option("--terms", metavar="NAME", help="other terms than theirs, as Net 60")] = None,
    from_: From = None,
    draft: Annotated[bool, Option("--draft", help="counts in nothing until it is saved")] = False,
    override_hold: Hold = False,
    override: Annotated[
        bool, Option("--override", help="on account above the credit line; say why with --reason")
    ] = False,
    idempotency_key: Key = None,
) -> Done:
    """Key an order directly, for a known customer or a new one.

    Examples:
    hub orders create C1 --line "FRG-100@1200/800" --fulfillment delivery --delivery 75 --tax-rate 8.25%
    hub orders create C2 --line "TEE-200:24@8.50/3.10" --po 4711 --needed-on "in 3 weeks" --draft
    """
    if terms is not None and not on_account:
        raise targets.need("--terms are those of an order --on-account", f"hub {run.command} --on-account …")
    if override and not (on_account and run.reason):
        raise targets.need("--override is for an order --on-account, and says why: --reason",
                           f"hub {run.command} … --on-account --override --reason WHY")  # fmt: skip

    def account(hub: Any, customer: int) -> dict[str, Any]:
        return becoming.terms_for(hub, customer, terms)

    return make(
        run, ref, document_fields | cost_fields, new_customer, read_lines(line, fulfillment), from_, idempotency_key,
        fixed={"status": "draft"} if draft else {}, order=True, account=account if on_account else None,
        override_hold=override_hold, override=override,
    )  # fmt: skip
