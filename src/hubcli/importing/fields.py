"""The names that a mapping may fill: hub's own CSV columns and the few more that other tools' files need."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CUSTOMER_COLUMNS = _words(
    """number kind company_name building_code first_name last_name email billing_emails mobile_phone
    home_phone alternate_phone billing_line1 billing_line2 billing_city billing_state billing_zip
    type source found_us stage manager tax_exempt credit_balance credit_limit credit_used
    credit_terms lifetime_value orders first_order_on last_order_on created_at archived_at
    billing_country delivery_line1 delivery_line2 delivery_city delivery_state delivery_zip
    delivery_country name status external_ids last_activity_on"""
)
CUSTOMER_DERIVED = frozenset(
    _words(
        """stage credit_balance credit_limit credit_used credit_terms lifetime_value orders
    first_order_on last_order_on name"""
    )
)
ORDER_COLUMNS = _words(
    """number customer customer_name ordered_on job_name class source salesperson location purchase_order
    needed_on status delivered_on line model description quantity unit_price unit_cost discount
    delivery_charge mileage_charge trip_charge shipping_charge rush_charge customer_discount rebate
    coupon gift_certificate tax total paid external_id fulfillment installs haul_away plan plan_months services
    taken_off"""
)
SOLD_WITH = tuple(_words("fulfillment installs haul_away plan plan_months"))
LINE_FIELDS = frozenset(_words("line model description quantity unit_price unit_cost discount delivered")) | {
    *SOLD_WITH
}
HUB_COLUMNS = frozenset(CUSTOMER_COLUMNS) | frozenset(ORDER_COLUMNS)

# Beside hub's own columns: `external_id` becomes part of external_ids, `phone` goes to the first free of the three
# phones, `full_name` and `contact_name` are split; the rest is handed on under its own name.
CUSTOMER_FIELDS = (frozenset(CUSTOMER_COLUMNS) - CUSTOMER_DERIVED) | frozenset(
    _words("""external_id phone full_name contact_name contact_title note tags consent on_hold fax delivery_label""")
)
ORDER_FIELDS = (frozenset(ORDER_COLUMNS) - LINE_FIELDS) | frozenset({"note", "refunded", "outstanding"})

FIELDS = {"customers": CUSTOMER_FIELDS, "orders": ORDER_FIELDS, "lines": LINE_FIELDS}

# Fields that keep every value they are given, and what stands between two.
JOINS = {
    "billing_emails": "; ",
    "external_ids": "; ",
    "note": "\n",
    "tags": ", ",
    "phone": "\n",
    "delivery_label": " ",
}

# A file must fill at least one field of each group.
REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "customers": (
        _words(
            """number external_id external_ids first_name last_name full_name contact_name company_name email phone
    mobile_phone home_phone alternate_phone"""
        ),
    ),
    "orders": (("number", "external_id"), ("customer",), ("ordered_on",)),
    "lines": (("model", "description"), ("quantity",), ("unit_price",)),
}

MONEY_FIELDS = frozenset(
    _words(
        """unit_price unit_cost delivery_charge mileage_charge trip_charge shipping_charge rush_charge
    customer_discount rebate coupon gift_certificate tax total paid refunded outstanding services taken_off"""
    )
)


def is_hub_layout(headers: list[str]) -> bool:
    """Say whether every header is a column of hub's own files: only then are hub's own escapes undone.

    Behind all columns of customers those of the shop's own fields may stand.
    """
    if len(headers) > len(CUSTOMER_COLUMNS) and tuple(headers[: len(CUSTOMER_COLUMNS)]) == CUSTOMER_COLUMNS:
        return True
    return (len(headers) > 1 or headers == ["number"]) and HUB_COLUMNS.issuperset(headers)
