"""The fields of a customer as options, shared by create and edit."""

import inspect
from typing import Annotated, Any

from typer import Option

from hubcli.command import Run

Text = str | None
Words = list[str] | None

OPTIONS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "kind": ((), "K", "individual or company; follows from --company-name"),
    "company_name": ((), "T", "of a company; on a person only text"),
    "first_name": ((), "T", "of the person or the main contact"),
    "last_name": ((), "T", ""),
    "building_code": ((), "T", "of a company"),
    "mobile_phone": (("--mobile", "--mobile-phone"), "PHONE", "in any form"),
    "home_phone": ((), "PHONE", ""),
    "alternate_phone": ((), "PHONE", ""),
    "email": ((), "E", ""),
    "billing_emails": (("--billing-email",), "E", "for invoices; repeatable"),
    "billing_line1": (("--line1",), "T", "billing address: street"),
    "billing_line2": (("--line2",), "T", ""),
    "billing_city": (("--city",), "T", ""),
    "billing_state": (("--state",), "ST", ""),
    "billing_zip": (("--zip",), "Z", ""),
    "billing_country": (("--country",), "CC", "of address and phones; default shop.country"),
    "delivery_line1": ((), "T", "default delivery address"),
    "delivery_line2": ((), "T", ""),
    "delivery_city": ((), "T", ""),
    "delivery_state": ((), "ST", ""),
    "delivery_zip": ((), "Z", ""),
    "delivery_country": ((), "CC", ""),
    "type": ((), "T", "luxury, average or budget-friendly"),
    "source": ((), "S", "website or in-store"),
    "found_us": ((), "T", "how they heard of the shop"),
    "manager": ((), "STAFF", "account manager, or none"),
    "external_ids": (("--external-id",), "SYSTEM=ID", "their number in another system; repeatable"),
    "discount": ((), "P%", "off the goods of every document made from now on"),
}
"""Each field with its options (its own name where there are none), what it takes, and its help."""
REPEATED = frozenset({"billing_emails", "external_ids"})


def customer_fields(run: Run, **given: Any) -> dict[str, Any]:
    """Give the fields that were given, by their names: text, or lists for billing_emails and external_ids."""
    del run
    return {name: value for name, value in given.items() if value is not None and value != []}


def _signature() -> inspect.Signature:
    """Give the options as Typer reads them."""
    own = [inspect.Parameter("run", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Run)]
    for name, (options, metavar, told) in OPTIONS.items():
        spelled = options or ("--" + name.replace("_", "-"),)
        option = Option(*spelled, metavar=metavar, help=told or None)
        kind = Annotated[Words, option] if name in REPEATED else Annotated[Text, option]
        own.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind))
    return inspect.Signature(own)


customer_fields.__signature__ = _signature()  # type: ignore[attr-defined]
