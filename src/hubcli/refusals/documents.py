"""Refusals: quotes and orders."""

from hubcli.refusals.base import EXIT_NOT_FOUND, EXIT_REFUSED, EXIT_USAGE, Refusal

REFUSALS: dict[str, Refusal] = {
    "not_a_quote": Refusal(EXIT_REFUSED, "{ref} is an order since {day}", ("hub orders show {ref}",)),
    "not_an_order": Refusal(
        EXIT_REFUSED,
        "{ref} is a quote, not yet an order",
        ("hub quotes approve {ref}", "hub payments add {ref} --full …"),
    ),
    "quote_expired": Refusal(
        EXIT_REFUSED, "{ref} expired on {day}: it needs a new date first", ("hub quotes extend {ref}",)
    ),
    "document_closed": Refusal(EXIT_REFUSED, "{ref} is {status}: nothing is changed on it", ("hub quotes copy {ref}",)),
    "draft_order": Refusal(EXIT_REFUSED, "{ref} is a draft", ("hub orders edit {ref} --status saved",)),
    "spending_hold": Refusal(
        EXIT_REFUSED,
        "{ref} {name} is on hold and may not buy",
        ("hub customers unhold {ref}", "allow it this once with --override-hold --reason WHY"),
    ),
    "holds_money": Refusal(
        EXIT_REFUSED,
        "{ref} holds {amount} of the customer's money",
        ("hub payments refund …", "hub payments list {ref}"),
    ),
    "total_below_zero": Refusal(
        EXIT_USAGE, "the total of {ref} would be {total}: discounts are not above the price", ("hub quotes show {ref}",)
    ),
    "below_paid": Refusal(
        EXIT_REFUSED,
        "{ref} would cost {total}, less than the {paid} paid on it",
        ("hub payments refund … the difference first",),
    ),
    "no_account": Refusal(
        EXIT_REFUSED,
        "{ref} has no credit line: nothing is sold to them on account",
        ("hub credit line set {ref} --limit M",),
    ),
    "no_such_line": Refusal(EXIT_NOT_FOUND, "{ref} has no line {line}: there are {lines}", ("hub find {ref}",)),
    "no_price": Refusal(
        EXIT_USAGE,
        "{model} needs a price: {why}",
        ('--line "{model}@PRICE"', "hub models add {model} --price PRICE"),
    ),
    "line_delivered": Refusal(
        EXIT_REFUSED, "line {line} of {ref} is {status}: it only comes back by a return", ("hub orders return {ref} …",)
    ),
    "wrong_delivery": Refusal(
        EXIT_REFUSED, "line {line} of {ref} is {status}, not {wanted}", ("hub orders show {ref}",)
    ),
    "nothing_to_move": Refusal(EXIT_REFUSED, "{ref} has no line that is {wanted}", ("hub orders show {ref}",)),
    "too_many_serials": Refusal(
        EXIT_REFUSED,
        "line {line} of {ref} is {quantity:unit}: {count:serial number} are too many",
        ("hub orders serials {ref} --line {line} --remove SERIAL",),
    ),
    "order_fixed": Refusal(
        EXIT_REFUSED,
        "{ref} is an order: its items are fixed, and only installs, plans and haul-away are added",
        ("hub orders add-line {ref} --line N --plan SKU@PRICE", "hub orders swap {ref} …"),
    ),
    "order_settled": Refusal(
        EXIT_REFUSED,
        "{ref} is {status}: its charges are fixed",
        ("hub orders allowance {ref} …", "hub orders return {ref} …"),
    ),
    "already_invoiced": Refusal(
        EXIT_REFUSED, "{ref} is invoice I{number} of {day} already", ("hub orders show {ref}",)
    ),
    "not_invoiced": Refusal(EXIT_REFUSED, "{ref} is not invoiced", ("hub orders invoice {ref}",)),
    "already_disputed": Refusal(
        EXIT_REFUSED, "{ref} is disputed since {day} already", ("hub invoices dispute {ref} --resolve",)
    ),
    "not_disputed": Refusal(EXIT_REFUSED, "{ref} is not disputed", ("hub invoices show {ref}",)),
    "order_holds_money": Refusal(
        EXIT_REFUSED,
        "{ref} holds {amount}: say what becomes of it",
        (
            "hub orders cancel {ref} --refund",
            "hub orders cancel {ref} --to credit",
            "hub orders cancel {ref} --keep AMOUNT",
        ),
    ),
    "order_delivered": Refusal(
        EXIT_REFUSED, "{ref} has goods delivered: take them back first", ("hub orders return {ref} --all …",)
    ),
    "not_a_draft": Refusal(
        EXIT_REFUSED, "{ref} is {status}: only a draft order is deleted", ("hub orders cancel {ref}",)
    ),
    "not_movable": Refusal(
        EXIT_REFUSED,
        "{ref} was paid out of the customer's own credit: {what}",
        ("hub orders return {ref} --all --to credit …",),
    ),
    "wrong_step": Refusal(EXIT_REFUSED, "{ref} is {status}: it does not become {wanted}", ("hub orders show {ref}",)),
    "model_taken": Refusal(EXIT_REFUSED, "{model} is in the catalogue already", ("hub models edit {model} …",)),
    "level_of_list": Refusal(
        EXIT_REFUSED,
        "{name} is what list prices are called: it stays, and its prices are those of the models",
        ("hub models edit MODEL --price M", 'hub models levels rename "{name}" NAME'),
    ),
    "level_taken": Refusal(EXIT_REFUSED, "there is a price level {name} already", ("hub models levels list",)),
    "draft_quote": Refusal(
        EXIT_REFUSED, "{ref} is a draft: it is not yet for the customer", ("hub quotes edit {ref} --status saved",)
    ),
    "milestone_follows": Refusal(EXIT_REFUSED, "{milestone} of {ref} is not set by hand: {why}"),
    "no_email": Refusal(
        EXIT_REFUSED,
        "{ref} {name} has no e-mail address",
        ("--to ADDRESS", "--by hand, or --by print", "hub customers edit {ref} --email ADDRESS"),
    ),
    "note_elsewhere": Refusal(EXIT_REFUSED, "{note} is a note of {owner}, {ref} is of {customer}"),
    "note_everywhere": Refusal(
        EXIT_REFUSED,
        "{note} is persistent: it stands on every quote and order of {customer} by itself",
        ("hub notes edit {note} --persistence optional",),
    ),
    "difference_way": Refusal(
        EXIT_USAGE,
        "{amount} is left over on {ref}: {way} takes money, it does not give any back",
        ("--difference cash", "--difference check", "--difference customer-credit"),
    ),
    "not_restorable": Refusal(
        EXIT_REFUSED, "{ref} is {status}: only what is {wanted} is brought back", ("hub find {ref}",)
    ),
    "rule_broken": Refusal(EXIT_REFUSED, "the database refused it: {rule}; nothing was changed"),
}
