"""Refusals: payments, credit lines, returns, statements."""

from hubcli.refusals.base import EXIT_CONDITION, EXIT_FAILED, EXIT_REFUSED, EXIT_USAGE, Refusal

REFUSALS: dict[str, Refusal] = {
    "payment_field": Refusal(EXIT_USAGE, "{method} {rule}", ("hub payments add --help",)),
    "nothing_owed": Refusal(EXIT_REFUSED, "nothing is owed on {ref}", ("hub payments list {ref}",)),
    "above_balance": Refusal(
        EXIT_REFUSED,
        "{amount} is more than the {owed} owed on {ref}",
        (
            "hub payments add {ref} --method {method} --full …",
            "hub payments add {customer} --amount {amount} --method {method} --surplus customer-credit …",
        ),
    ),
    "above_owed": Refusal(
        EXIT_REFUSED,
        "{amount} is {left} more than {ref} owes ({owed})",
        ("put the rest into customer credit with --surplus customer-credit", "name quotes too with --to Q7=AMOUNT"),
    ),
    "not_fulfillable": Refusal(
        EXIT_REFUSED,
        "{ref} cannot be paid yet: {lines} {have} no fulfillment type",
        ("hub quotes edit-line {ref} {line} --fulfillment delivery",),
    ),
    "write_off_quote": Refusal(EXIT_REFUSED, "{ref} is a quote: nothing is owed that could be written off"),
    "write_off_reason": Refusal(EXIT_REFUSED, "{what} needs a reason", ("--reason WHY",)),
    "payment_again": Refusal(
        EXIT_REFUSED,
        "this looks like {payment} of {when} a second time; nothing was changed",
        ("if it is another payment: --again", "hub payments show {payment}"),
    ),
    "no_credit_left": Refusal(EXIT_REFUSED, "{ref} {name} has no customer credit", ("hub credit history {ref}",)),
    "withdraw_aio": Refusal(
        EXIT_REFUSED, "{ref} never paid with aio-pay: nothing goes back by it", ("--method cash", "--method check")
    ),
    "credit_line_off": Refusal(
        EXIT_REFUSED, "payment by credit line is switched off", ("hub settings set payments.credit_line on",)
    ),
    "credit_line_ended": Refusal(
        EXIT_REFUSED, "the credit line of {ref} {name} ended on {day}", ("hub credit line set {ref} --until DATE",)
    ),
    "on_company_account": Refusal(
        EXIT_REFUSED,
        "{ref} {name} is a contact of {company} and buys on the credit line of the company",
        ("hub credit line show {payer}", "hub credit line set {payer} …"),
    ),
    "credit_exceeded": Refusal(
        EXIT_REFUSED,
        "{amount} is {short} more than the credit line of {ref} {name} holds: limit {limit}, used {used},"
        " available {available}{oldest}",
        ("hub credit why {ref}", "hub credit line repay {ref} --amount {short} --method …"),
    ),
    "above_drawn": Refusal(
        EXIT_REFUSED, "{amount} is more than the {drawn} that {ref} {name} has drawn{where}", ("hub credit why {ref}",)
    ),
    "above_draw": Refusal(EXIT_REFUSED, "{amount} is more than the {owed} due on the draw {payment}"),
    "not_a_draw": Refusal(EXIT_REFUSED, "{payment} is no draw on a credit line that stands"),
    "repay_method": Refusal(EXIT_USAGE, "a credit line is not repaid by {method}", ("hub credit line repay --help",)),
    "spread_method": Refusal(
        EXIT_USAGE, "{method} pays one document, not many", ("hub payments add O7 --method {method} …",)
    ),
    "other_customer_than": Refusal(EXIT_REFUSED, "{ref} is not of {customer}"),
    "terms_taken": Refusal(EXIT_REFUSED, "there are terms {name} already", ("hub credit terms list",)),
    "terms_are_default": Refusal(
        EXIT_REFUSED,
        "{name} are the default terms",
        ('hub credit terms default "Net 30"', "hub credit terms default none"),
    ),
    "payment_ended": Refusal(EXIT_REFUSED, "{payment} is {status}{since}", ("hub payments show {payment}",)),
    "repayment_put_back": Refusal(
        EXIT_REFUSED,
        "{payment} is no money: goods or a refund put it back on the draw {draw}",
        ("hub changes list", "hub undo H…"),
    ),
    "pending_above_owed": Refusal(
        EXIT_REFUSED,
        "{ref} has {pending} of pending money, more than the {due} it would then owe",
        ("hub payments list --status pending", "hub payments confirm P…"),
    ),
    "not_pending": Refusal(
        EXIT_REFUSED,
        "only a pending payment is confirmed or rejected: {payments}",
        ("hub payments list --status pending",),
    ),
    "paid_by_import": Refusal(
        EXIT_REFUSED,
        "{ref} came with {amount} paid ({payment}): the money of a payment may be counted in it",
        ("hub payments void {payment}", "hub import orders FILE --no-payments"),
    ),
    "count_wrong": Refusal(EXIT_REFUSED, "meant: {count:payment}, not {typed}; nothing was changed"),
    "payment_refunded": Refusal(
        EXIT_REFUSED, "{amount} of {payment} was given back already", ("hub payments show {payment}",)
    ),
    "draw_repaid": Refusal(EXIT_REFUSED, "{amount} of the draw {payment} was repaid", ("hub payments show {payment}",)),
    "not_bounceable": Refusal(
        EXIT_REFUSED, "{payment} is {method}: no bank takes that back", ("hub payments void {payment}",)
    ),
    "before_payment": Refusal(EXIT_USAGE, "{payment} was paid on {day}: write that day or a later one"),
    "bounce_fee_quote": Refusal(EXIT_REFUSED, "{ref} is a quote: no fee is put on it"),
    "same_document": Refusal(EXIT_REFUSED, "{payment} is on {ref} already"),
    "other_customer": Refusal(EXIT_REFUSED, "{payment} is {method} of another customer and stays with them"),
    "payment_not_confirmed": Refusal(
        EXIT_REFUSED, "{payment} is {status}: there is nothing to give back", ("hub payments show {payment}",)
    ),
    "refund_write_off": Refusal(EXIT_REFUSED, "{payment} was written off, not paid", ("hub payments void {payment}",)),
    "above_refundable": Refusal(
        EXIT_REFUSED,
        "{amount} is not from 0.01 to the {left} left of {payment} ({refunded} given back)",
        ("hub payments show {payment}",),
    ),
    "refund_credit_quote": Refusal(EXIT_REFUSED, "{ref} is a quote: nothing is taken off it with a refund"),
    "line_part_only": Refusal(
        EXIT_REFUSED,
        "{line} goes back to the credit line; the other {rest} was repaid: say how that is given back",
        ("--to credit", "--to cash", "--to check"),
    ),
    "nothing_on_line": Refusal(
        EXIT_REFUSED, "{amount} is left, and nothing of it is due on the credit line", ("--to credit", "--to cash")
    ),
    "never_aio": Refusal(EXIT_REFUSED, "{payment} was not paid so much with aio-pay", ("--to credit", "--to cash")),
    "above_paid": Refusal(EXIT_REFUSED, "{left} of that was never paid on {ref}", ("hub payments list {ref}",)),
    "balance_due": Refusal(
        EXIT_REFUSED,
        "{ref} has {due} due: a return needs it paid first, or lowers it",
        ("hub payments add {ref} --full --method …", "hub orders return {ref} … --to balance"),
    ),
    "before_order": Refusal(EXIT_USAGE, "{ref} was ordered on {day}: write that day or a later one"),
    "nothing_returned": Refusal(
        EXIT_REFUSED, "nothing of {ref} is left to take back, or nothing was named", ("hub orders show {ref}",)
    ),
    "line_on_its_way": Refusal(
        EXIT_REFUSED, "line {line} ({model}) of {ref} is {status}: it is not returned", ("hub orders unschedule {ref}",)
    ),
    "above_sold": Refusal(
        EXIT_REFUSED, "line {line} ({model}) of {ref}: {count} is not from 1 to the {left} left of {sold} sold"
    ),
    "above_line": Refusal(EXIT_REFUSED, "line {line} ({model}) of {ref}: {amount} is more than the {left} left of it"),
    "service_gone": Refusal(EXIT_REFUSED, "{ref} has no {kind} left to take back there", ("hub orders show {ref}",)),
    "above_delivery": Refusal(EXIT_REFUSED, "{amount} is more than the {left} left of the delivery charges of {ref}"),
    "above_goods": Refusal(EXIT_REFUSED, "a restocking fee of {amount} is more than the goods are worth, {goods}"),
    "money_needs_way": Refusal(
        EXIT_USAGE,
        "{amount} goes back on {ref}: say how",
        ("--to credit", "--to cash", "--to check", "--to original"),
    ),
    "statements_off": Refusal(
        EXIT_REFUSED, "this shop makes no statements", ("hub settings set statements.enabled on",)
    ),
    "not_a_holder": Refusal(
        EXIT_REFUSED,
        "{ref} {name} has no credit line: statements go to account holders",
        ("hub credit line set {ref} --limit M", "hub report aging {ref} --by document"),
    ),
    "statement_of_company": Refusal(
        EXIT_REFUSED,
        "{ref} {name} is a contact of {company}, whose statement covers both",
        ("hub statements generate {number} --monthly",),
    ),
    "statement_exists": Refusal(
        EXIT_REFUSED,
        "{ref} has {statement} of {day} for this period",
        ("hub statements show {statement}", "issue it anew with --reissue"),
    ),
    "nothing_to_state": Refusal(
        EXIT_REFUSED,
        "{ref} {name} {why} from {first} to {last}: there is nothing to state",
        ("hub credit account {ref}",),
    ),
    "statement_apart": Refusal(
        EXIT_CONDITION,
        "the statement of {ref} {name} comes to {total}, aging says {aging}; none was issued",
        ("hub db check --full",),
    ),
    "statement_altered": Refusal(
        EXIT_CONDITION, "{ref} is not as it was issued: its digest does not hold", ("hub db check --full",)
    ),
    "outbox_failed": Refusal(
        EXIT_FAILED,
        "{path} could not be written: {reason}",
        ("hub settings get correspondence.outbox",),
    ),
    "statement_erased": Refusal(
        EXIT_REFUSED, "what {ref} said was erased with the person it went to", ("hub statements list",)
    ),
    "statement_replaced": Refusal(EXIT_REFUSED, "{ref} was issued anew as {new}", ("hub statements show {new}",)),
    "accounts_apart": Refusal(
        EXIT_CONDITION,
        "{ref}: opening and moves come to {moves}, on {day} it is {closing}",
        ("hub credit account {ref}", "hub db check --full"),
    ),
    "aging_apart": Refusal(
        EXIT_CONDITION, "the rows of aging come to {rows}, what is owed is {owed}", ("hub db check --full",)
    ),
}
