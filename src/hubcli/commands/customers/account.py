"""A customer's account details: hub customers tax-exempt, payment-methods."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.errors import HubError, bad_value
from hubcli.operations import files
from hubcli.operations.customers import account, standing
from hubcli.operations.payments import methods as known
from hubcli.render import Column, Record
from hubcli.values import text, words

app = typer.Typer()

Ref = Annotated[str, Argument(metavar="REF", help="C12, e-mail, phone, name")]
Text = str | None
EXEMPTION = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("tax_exempt", "bool", title="tax exempt"),
    Column("tax_id", "code", title="tax number"),
    Column("type", "code"),
    Column("expires_on", "date", title="until"),
    Column("proof", "text"),
    Column("of", "ref", prefix="C", title="whose", keep=4),
)
SAVED = (Column("number", "ref", prefix="C", title="#"), Column("file", "text"), Column("bytes", "count"))
METHODS = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("payment_methods", "list"),
    Column("offered", "text"),
)


@command(app, "tax-exempt")
def tax_exempt(
    run: Run,
    ref: Ref,
    *,
    tax_id: Annotated[Text, Option("--tax-id", metavar="T", help="the sales tax number that proves it")] = None,
    type: Annotated[
        Text, Option("--type", metavar="T", help="resale, or other: schools, churches, non-profits")
    ] = None,
    expires: Annotated[Text, Option("--expires", metavar="DATE", help="last day that the certificate holds")] = None,
    until_revoked: Annotated[bool, Option("--until-revoked", help="it holds until it is taken back")] = False,
    proof: Annotated[Path | None, Option("--proof", metavar="FILE", help="the certificate: a PDF or a picture")] = None,
    certificate: Annotated[bool, Option("--certificate", help="write the certificate kept to -o FILE")] = False,
    remove: Annotated[bool, Option("--remove", help="they pay sales tax again")] = False,
) -> Done | Record:
    """Exempt a customer from sales tax on what is made from now on; only an Administrator may. Or show what holds.

    Quotes and orders made before keep their tax. A company's exemption counts for its linked contacts.

    Examples:
    hub customers tax-exempt C3 --tax-id 12-3456789 --type resale --expires 2026-12-31
    hub customers tax-exempt C3 --tax-id 12-3456789 --type other --until-revoked
    hub customers tax-exempt C3 --remove
    hub customers tax-exempt C3
    """
    customer = targets.customer(run, ref)
    if certificate:
        return _written(run, customer)
    told = _proof(run, tax_id, type, expires, until_revoked=until_revoked)
    file = None if proof is None else _certificate(run, proof)
    if not (told or file or remove):
        return Record(EXEMPTION, _exemption(run, customer))
    if remove:
        if told or file:
            raise targets.need("--remove takes no proof", "hub customers tax-exempt --help")
        outcome = run.change(lambda hub: account.no_exemption(hub, customer))
    else:
        outcome = run.change(lambda hub: account.exempt(hub, customer, told, file))
    return Done(outcome, EXEMPTION, [] if outcome.dry_run else [_exemption(run, customer)])


def _exemption(run: Run, customer: int) -> tuple[Any, ...]:
    """Give the exemption of a customer, their own or the company's, as EXEMPTION has it."""
    stands = standing.of(run.hub, customer)
    one = stands.exemption
    about = (one.tax_id, one.type, one.expires_on, one.proof, one.customer) if one else (None,) * 5
    return customer, stands.name, stands.exempt, *about


def _written(run: Run, customer: int) -> Record:
    """Write the certificate of the exemption that counts to -o FILE; raise not_found where none is kept."""
    one = standing.of(run.hub, customer).exemption
    row = one and run.hub.one("standing.exemption", {"customer": one.customer})
    if not row or row["file_id"] is None:
        raise HubError("not_found", what="certificate", ref=f"of C{customer}", near="",
                       tries=(f"hub customers tax-exempt C{customer} --proof FILE",))  # fmt: skip
    return targets.saved(run, row["file_id"], SAVED, customer, f"hub customers tax-exempt C{customer} --certificate")


def _certificate(run: Run, path: Path) -> files.Attachment:
    """Read the certificate; raise bad_value for what is neither PDF nor picture."""
    file = files.read(path, files.limit(run.hub))
    if not file.media_type.startswith(("image/", "application/pdf")):
        raise bad_value("--proof", path.name, f"is {file.media_type}: a certificate is a PDF or a picture")
    return file


def _proof(run: Run, tax_id: Text, kind: Text, expires: Text, *, until_revoked: bool) -> dict[str, Any]:
    """Give the columns of the proof that were given; raise bad_value."""
    proof: dict[str, Any] = {}
    if tax_id is not None:
        proof["tax_id"] = text.name(tax_id, "--tax-id", 60)
    if kind is not None:
        proof["type"] = words.choose(kind, account.TYPES, "--type")
    if until_revoked:
        if expires is not None:
            raise targets.need("--until-revoked and --expires exclude each other")
        proof["expires_on"] = None
    if expires is not None:
        from hubcli.values import dates

        day = dates.day(expires, run.today, "--expires")
        if day < run.today:
            raise bad_value("--expires", expires, "is past: the certificate holds no more")
        proof["expires_on"] = day.isoformat()
    return proof


@command(app, "payment-methods")
def payment_methods(
    run: Run,
    ref: Ref,
    methods: Annotated[list[str] | None, Argument(metavar="[METHOD...]", help="offered to this customer only")] = None,
    *,
    default: Annotated[bool, Option("--default", help="all methods of the shop again")] = False,
) -> Done | Record:
    """Show the methods of payment that a customer is offered, or offer some only.

    A payment that staff record by another method warns. A company's methods count for its linked contacts.

    Examples:
    hub customers payment-methods C4
    hub customers payment-methods C4 check cash
    hub customers payment-methods C4 --default
    """
    customer = targets.customer(run, ref)
    if not methods and not default:
        return Record(METHODS, _offered(run, customer))
    if methods and default:
        raise targets.need("--default takes no method", "hub customers payment-methods --help")
    wanted = [words.choose(word, known.METHODS, "method") for given in methods or [] for word in given.split(",")]
    outcome = run.change(lambda hub: account.offer(hub, customer, wanted))
    return Done(outcome, METHODS, [] if outcome.dry_run else [_offered(run, customer)])


def _offered(run: Run, customer: int) -> tuple[Any, ...]:
    stands = standing.of(run.hub, customer)
    offered = standing.methods(run.hub, stands)
    return customer, stands.name, list(offered or ()), standing.in_words(offered)
