"""The fields of a document as options, shared by the commands of quotes and orders."""

import os
from typing import Annotated, Any

from typer import Option

from hubcli.command import Run

Text = str | None
Words = list[str] | None


def document_fields(
    run: Run,  # every function of options is handed the run
    *,
    job: Annotated[Text, Option("--job", metavar="T", help="the customer's name for the job")] = None,
    class_: Annotated[Text, Option("--class", metavar="C", help="retail, web, trade or project")] = None,
    location: Annotated[Text, Option("--location", metavar="T", help="the shop it is made in (HUB_LOCATION)")] = None,
    salesperson: Annotated[Text, Option("--salesperson", metavar="STAFF", help="who sells it, or none")] = None,
    source: Annotated[Text, Option("--source", metavar="S", help="website or in-store")] = None,
    date: Annotated[Text, Option("--date", metavar="DATE", help="the day it was made; today unless given")] = None,
    purchase_order: Annotated[
        Text, Option("--po", "--purchase-order", metavar="T", help="the customer's own number for it")
    ] = None,
    needed_on: Annotated[Text, Option("--needed-on", metavar="DATE", help="when the customer needs it")] = None,
    deliver_to: Annotated[
        Text, Option("--deliver-to", metavar="A17|TEXT", help="a saved address, or one typed for this document only")
    ] = None,
) -> dict[str, Any]:
    """Give what a document says besides its money, as text by the names of the fields that were given."""
    return _given(
        job_name=job, class_=class_, location=location or None, salesperson=salesperson, source=source, date=date,
        purchase_order=purchase_order, needed_on=needed_on, delivery_address=deliver_to,
    )  # fmt: skip


def cost_fields(
    run: Run,
    *,
    delivery: Annotated[Text, Option("--delivery", metavar="M", help="delivery charge")] = None,
    mileage: Annotated[Text, Option("--mileage", metavar="M", help="mileage charge")] = None,
    trip: Annotated[Text, Option("--trip", metavar="M", help="trip charge")] = None,
    shipping: Annotated[Text, Option("--shipping", metavar="M", help="shipping charge")] = None,
    rush: Annotated[Text, Option("--rush", metavar="M", help="rush charge, never taxed")] = None,
    rebate: Annotated[Text, Option("--rebate", metavar="M", help="the maker's instant rebate: off after tax")] = None,
    coupon: Annotated[Text, Option("--coupon", metavar="M", help="the shop's coupon: off before tax")] = None,
    gift_certificate: Annotated[Text, Option("--gift-certificate", metavar="M", help="off after tax")] = None,
    discount: Annotated[
        Text, Option("--discount", metavar="P", help="off the goods, as 15%; default the customer's own discount")
    ] = None,
    tax_rate: Annotated[Text, Option("--tax-rate", metavar="P", help="as 8.25%; default the shop's of the day")] = None,
    tax: Annotated[Text, Option("--tax", metavar="M", help="the tax itself, instead of a rate")] = None,
) -> dict[str, Any]:
    """Give charges, discounts and tax that were given, as text by the names of the fields."""
    return _given(
        delivery=delivery, mileage=mileage, trip=trip, shipping=shipping, rush=rush, rebate=rebate, coupon=coupon,
        gift_certificate=gift_certificate, discount_rate=discount, tax_rate=tax_rate, tax=tax,
    )  # fmt: skip


def _given(**found: str | None) -> dict[str, Any]:
    return {name.rstrip("_"): value for name, value in found.items() if value is not None}


def here(fields: dict[str, Any]) -> dict[str, Any]:
    """Give the fields of a new document with the shop it is made in."""
    place = os.environ.get("HUB_LOCATION")
    return {"location": place, **fields} if place else fields
