"""The fields of a customer as options, shared by create and edit."""

from typing import Annotated, Any

from typer import Option

from hubcli.command import Run

Text = str | None
Words = list[str] | None


def customer_fields(
    run: Run,
    *,
    kind: Annotated[
        Text, Option("--kind", metavar="K", help="individual or company; follows from --company-name")
    ] = None,
    company_name: Annotated[
        Text, Option("--company-name", metavar="T", help="of a company; on a person only text")
    ] = None,
    first_name: Annotated[Text, Option("--first-name", metavar="T", help="of the person or the main contact")] = None,
    last_name: Annotated[Text, Option("--last-name", metavar="T")] = None,
    building_code: Annotated[Text, Option("--building-code", metavar="T", help="of a company")] = None,
    mobile: Annotated[Text, Option("--mobile", "--mobile-phone", metavar="PHONE", help="in any form")] = None,
    home_phone: Annotated[Text, Option("--home-phone", metavar="PHONE")] = None,
    alternate_phone: Annotated[Text, Option("--alternate-phone", metavar="PHONE")] = None,
    email: Annotated[Text, Option("--email", metavar="E")] = None,
    billing_email: Annotated[Words, Option("--billing-email", metavar="E", help="for invoices; repeatable")] = None,
    line1: Annotated[Text, Option("--line1", metavar="T", help="billing address: street")] = None,
    line2: Annotated[Text, Option("--line2", metavar="T")] = None,
    city: Annotated[Text, Option("--city", metavar="T")] = None,
    state: Annotated[Text, Option("--state", metavar="ST")] = None,
    zip: Annotated[Text, Option("--zip", metavar="Z")] = None,
    country: Annotated[
        Text, Option("--country", metavar="CC", help="of address and phones; default shop.country")
    ] = None,
    delivery_line1: Annotated[Text, Option("--delivery-line1", metavar="T", help="default delivery address")] = None,
    delivery_line2: Annotated[Text, Option("--delivery-line2", metavar="T")] = None,
    delivery_city: Annotated[Text, Option("--delivery-city", metavar="T")] = None,
    delivery_state: Annotated[Text, Option("--delivery-state", metavar="ST")] = None,
    delivery_zip: Annotated[Text, Option("--delivery-zip", metavar="Z")] = None,
    delivery_country: Annotated[Text, Option("--delivery-country", metavar="CC")] = None,
    type: Annotated[Text, Option("--type", metavar="T", help="luxury, average or budget-friendly")] = None,
    source: Annotated[Text, Option("--source", metavar="S", help="website or in-store")] = None,
    found_us: Annotated[Text, Option("--found-us", metavar="T", help="how they heard of the shop")] = None,
    manager: Annotated[Text, Option("--manager", metavar="STAFF", help="account manager, or none")] = None,
    external_id: Annotated[
        Words, Option("--external-id", metavar="SYSTEM=ID", help="their number in another system; repeatable")
    ] = None,
) -> dict[str, Any]:
    """Give the fields that were given, by their names: text, or lists for billing_emails and external_ids."""
    del run
    found = {
        "kind": kind,
        "company_name": company_name,
        "first_name": first_name,
        "last_name": last_name,
        "building_code": building_code,
        "mobile_phone": mobile,
        "home_phone": home_phone,
        "alternate_phone": alternate_phone,
        "email": email,
        "billing_emails": billing_email or None,
        "billing_line1": line1,
        "billing_line2": line2,
        "billing_city": city,
        "billing_state": state,
        "billing_zip": zip,
        "billing_country": country,
        "delivery_line1": delivery_line1,
        "delivery_line2": delivery_line2,
        "delivery_city": delivery_city,
        "delivery_state": delivery_state,
        "delivery_zip": delivery_zip,
        "delivery_country": delivery_country,
        "type": type,
        "source": source,
        "found_us": found_us,
        "manager": manager,
        "external_ids": external_id or None,
    }
    return {name: value for name, value in found.items() if value is not None}
