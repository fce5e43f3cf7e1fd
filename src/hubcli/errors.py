"""One error family: a slug names what went wrong, the catalogue gives its sentence, its exit code and what to try.

Triggers and named CHECKs of schema.sql raise the same slugs, so a refusal reads the same whoever was refused.
"""

from typing import NamedTuple

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_PARTLY = 3
EXIT_NOT_FOUND = 4
EXIT_AMBIGUOUS = 5
EXIT_REFUSED = 6
EXIT_CONDITION = 7
EXIT_BUSY = 8
EXIT_DATABASE = 9
EXIT_BUG = 70
EXIT_STOPPED = 130


class Refusal(NamedTuple):
    """One line of the catalogue: exit code, sentence with {facts}, and commands or forms to try, with {facts} too."""

    exit: int
    sentence: str
    tries: tuple[str, ...] = ()


REFUSALS: dict[str, Refusal] = {
    # --- what was typed -------------------------------------------------------------------------------------------
    "bad_value": Refusal(EXIT_USAGE, "{field}: {value} {rule}"),
    # --- files that hub writes ------------------------------------------------------------------------------------
    "disk_full": Refusal(EXIT_FAILED, "{path} could not be written: {reason} ({free} free); nothing was changed"),
    "failed_write": Refusal(EXIT_FAILED, "{path} could not be written: {reason}; nothing was changed"),
    "output_refused": Refusal(EXIT_REFUSED, "{path} is not overwritten: {reason}"),
    # --- files that are imported ----------------------------------------------------------------------------------
    "file_missing": Refusal(EXIT_USAGE, "{file}: there is no such file"),
    "file_unreadable": Refusal(EXIT_FAILED, "{file} cannot be read: {why}"),
    "file_empty": Refusal(EXIT_USAGE, "{file} is empty: not even a header stands in it"),
    "not_a_table": Refusal(
        EXIT_USAGE, "{file} is not a table: {why}", ("save it as CSV, TSV, JSON, NDJSON or .xlsx and import that",)
    ),
    "bad_encoding": Refusal(
        EXIT_USAGE,
        "{file}: byte {offset}, on line {line}, is not valid {encoding}",
        ("name the encoding, for example --encoding windows-1252",),
    ),
    "encoding_unknown": Refusal(
        EXIT_USAGE, "--encoding {encoding} is not known", ("--encoding utf-8, windows-1252, iso-8859-15 or utf-16",)
    ),
    "broken_quotes": Refusal(
        EXIT_USAGE,
        "{file}: a quote in the record that begins on line {line} is not closed, or not doubled inside a cell"
        " (noticed on line {noticed})",
        ("write a quote inside a cell twice and the cell between quotes",),
    ),
    "field_too_long": Refusal(
        EXIT_USAGE,
        "{file}: the record that begins on line {line} has a cell of more than {limit} characters",
        ("look for a quote on that line that is never closed",),
    ),
    "duplicate_header": Refusal(
        EXIT_USAGE, "{file}: the column {column} stands twice in the header", ("rename or remove one of the two",)
    ),
    "bad_json": Refusal(EXIT_USAGE, "{file}: line {line}: {why}", ("hub schema shows the keys of a record",)),
    "missing_extra": Refusal(EXIT_FAILED, "{what} needs a further package", ("pip install 'hubcli[{extra}]'",)),
    "layout_unknown": Refusal(
        EXIT_USAGE,
        "{file}: no known layout of {of} has these columns: {columns}{hint}",
        (
            "hub import {of} {file} --write-profile mapping.toml",
            "hub import {of} {file} --profile mapping.toml",
        ),
    ),
    "columns_unknown": Refusal(
        EXIT_USAGE,
        "{file}: not importable: {columns}",
        ("leave a column out with --ignore {first}", "hub export template {of}"),
    ),
    "columns_missing": Refusal(
        EXIT_USAGE, "{file}: no column gives {fields}", ("hub import {of} {file} --write-profile mapping.toml",)
    ),
    "profile_missing": Refusal(
        EXIT_USAGE, "--profile {profile}: no such layout of {of}", ("one of {known}, or a FILE.toml",)
    ),
    "bad_profile": Refusal(EXIT_USAGE, "{file}: {why}"),
    "orders_scattered": Refusal(
        EXIT_USAGE,
        "{file}: the rows of order {order} do not stand together: one is on line {line}, after other orders",
        ("sort the file by its order number",),
    ),
    "lines_unreadable": Refusal(EXIT_USAGE, "{file}: line {line} {why}; no order can be sure to have all its lines"),
    # --- what was typed, continued --------------------------------------------------------------------------------
    "usage": Refusal(EXIT_USAGE, "{why}", ("{help}",)),
    "needs_option": Refusal(EXIT_USAGE, "{what}"),
    # --- finding records ------------------------------------------------------------------------------------------
    "not_found": Refusal(EXIT_NOT_FOUND, "there is no {what} {ref}{near}"),
    "ambiguous": Refusal(EXIT_AMBIGUOUS, "{ref} fits {count} customers: {candidates}", ("hub customers search {ref}",)),
    "no_rows": Refusal(EXIT_CONDITION, "no {what} matched"),
    # --- the database file ----------------------------------------------------------------------------------------
    "no_database": Refusal(
        EXIT_DATABASE,
        "there is no database at {path}",
        ("hub init", "hub demo", "hub import customers FILE --apply", "hub --db FILE …"),
    ),
    "database_exists": Refusal(EXIT_REFUSED, "{path} is there already and stays as it is", ("hub db info",)),
    "not_a_file": Refusal(EXIT_DATABASE, "{path} is {what}, not a database file"),
    "empty_file": Refusal(EXIT_DATABASE, "{path} is an empty file, not a hub database"),
    "not_sqlite": Refusal(EXIT_DATABASE, "{path} is not a database: it does not begin like one"),
    "not_a_hub": Refusal(EXIT_DATABASE, "{path} is a database of another program, not of hub"),
    "newer_database": Refusal(
        EXIT_DATABASE,
        "{path} was written by a newer hub (schema {version}; this hub knows {known})",
        ("pip install --upgrade hubcli",),
    ),
    "older_database": Refusal(EXIT_DATABASE, "{path} has schema {version} and cannot be upgraded here: {why}"),
    "damaged": Refusal(
        EXIT_DATABASE, "{path} is damaged: {why}; nothing was written to it", ("hub doctor", "hub db restore BACKUP -n")
    ),
    "not_readable": Refusal(
        EXIT_FAILED, "{path} may not be read: it belongs to user {owner}, mode {mode}", ("chmod u+rw {path}",)
    ),
    "read_only": Refusal(
        EXIT_FAILED, "{path} may not be written: {why}; nothing was changed", ("chmod u+w the file and its folder",)
    ),
    "network_disk": Refusal(
        EXIT_DATABASE, "{path} lies on a network disk ({kind}), where locks do not hold", ("keep it on a local disk",)
    ),
    "database_full": Refusal(
        EXIT_FAILED,
        "the disk is full, or a limit on file size was reached, at {path} ({free} bytes free); nothing was changed",
        ("free some space and run the command again",),
    ),
    "database_failed": Refusal(EXIT_FAILED, "the database could not do it: {why}; nothing was changed"),
    "busy": Refusal(
        EXIT_BUSY,
        "the database was busy for {seconds} s, held by {holder}; nothing was changed",
        ("run the command again, or with --timeout 60",),
    ),
    "job_running": Refusal(EXIT_BUSY, "another run of {job} is under way; nothing was changed"),
    "stopped": Refusal(EXIT_STOPPED, "stopped; nothing was saved"),
    # --- rules of schema.sql --------------------------------------------------------------------------------------
    "active_documents": Refusal(EXIT_REFUSED, "{ref} {name} cannot be archived: {documents}"),
    "customer_not_active": Refusal(
        EXIT_REFUSED,
        "{ref} is not active: no quote, order or note until it is restored",
        ("hub customers restore {ref}",),
    ),
    "already_there": Refusal(EXIT_REFUSED, "a row with this key is there already"),
    "no_such_row": Refusal(EXIT_REFUSED, "the row that this one refers to does not exist"),
    "still_referred": Refusal(EXIT_REFUSED, "other rows still refer to this one"),
    "log_append_only": Refusal(EXIT_REFUSED, "the change log is never rewritten", ("hub undo takes a change back",)),
    "ledger_append_only": Refusal(EXIT_REFUSED, "a ledger is never rewritten", ("write a reversing entry",)),
    "number_for_life": Refusal(EXIT_REFUSED, "a number is for life"),
    "one_session": Refusal(EXIT_REFUSED, "one change at a time"),
    "log_operation": Refusal(EXIT_REFUSED, "the log knows insert, update and delete"),
    "wallet_below_zero": Refusal(EXIT_REFUSED, "customer credit would fall below 0.00", ("hub credit show {ref}",)),
    "company_without_name": Refusal(EXIT_USAGE, "a company needs --company-name"),
    "customer_without_name": Refusal(EXIT_USAGE, "a customer needs a name, an e-mail address or a phone number"),
    "archived_together": Refusal(EXIT_REFUSED, "an archived customer has the moment of archiving, others have none"),
    "field_missing": Refusal(
        EXIT_USAGE,
        "missing: {fields}",
        (
            'hub customers create --first-name Maria --last-name Garcia --mobile "(312) 555-0142"',
            "hub settings get customers.require",
        ),
    ),
    "customer_kind": Refusal(EXIT_USAGE, "kind is individual or company"),
    "customer_status": Refusal(EXIT_USAGE, "status is active, archived, deleted, spam or purged"),
    "customer_type": Refusal(EXIT_USAGE, "type is luxury, average or budget-friendly"),
    "customer_source": Refusal(EXIT_USAGE, "source is website or in-store"),
    "customer_tax_exempt": Refusal(EXIT_USAGE, "tax exempt is yes or no"),
    "customer_on_hold": Refusal(EXIT_USAGE, "on hold is yes or no"),
    "customer_consent": Refusal(EXIT_USAGE, "consent is yes or no"),
    "staff_login": Refusal(EXIT_USAGE, "a login has 1 to 60 characters"),
    "staff_active": Refusal(EXIT_USAGE, "active is yes or no"),
    "address_kind": Refusal(EXIT_USAGE, "an address is billing, delivery or former"),
    "address_default": Refusal(EXIT_USAGE, "only a delivery address is the default one"),
    "address_country": Refusal(EXIT_USAGE, "a country is two capital letters, such as US"),
    "address_empty": Refusal(EXIT_USAGE, "an address needs at least one line"),
    "contact_without_name": Refusal(EXIT_USAGE, "a contact needs a name, a phone number or an e-mail address"),
    "external_system": Refusal(EXIT_USAGE, "another system's name is in small letters"),
    "external_of_one": Refusal(EXIT_REFUSED, "another system's number is of one customer or of one document"),
    "note_type": Refusal(EXIT_USAGE, "a note is delivery, internal or customer"),
    "note_persistence": Refusal(EXIT_USAGE, "a note is persistent or optional"),
    "note_important": Refusal(EXIT_USAGE, "important is yes or no"),
    "note_empty": Refusal(EXIT_USAGE, "a note needs text"),
    "wallet_amount": Refusal(EXIT_USAGE, "an entry is neither 0 nor above 10,000,000,000,000.00"),
    "wallet_type": Refusal(EXIT_USAGE, "this is no kind of credit entry"),
    "view_name": Refusal(EXIT_USAGE, "the name of a view has 1 to 60 characters"),
    "key_length": Refusal(EXIT_USAGE, "a key has 1 to 200 characters"),
    "document_status": Refusal(EXIT_REFUSED, "this status does not go with a quote, or not with an order"),
    "document_class": Refusal(EXIT_USAGE, "class is retail, web, trade or project"),
    "document_source": Refusal(EXIT_USAGE, "source is website or in-store"),
    "document_days": Refusal(EXIT_REFUSED, "a quote expires, becomes an order and is shipped in that order of days"),
    "document_tax_rate": Refusal(EXIT_USAGE, "a tax rate is from 0% to 100%"),
    "document_tax": Refusal(EXIT_USAGE, "tax is not below 0.00"),
    "delivery_charge": Refusal(EXIT_USAGE, "the delivery charge is not below 0.00"),
    "mileage_charge": Refusal(EXIT_USAGE, "the mileage charge is not below 0.00"),
    "trip_charge": Refusal(EXIT_USAGE, "the trip charge is not below 0.00"),
    "shipping_charge": Refusal(EXIT_USAGE, "the shipping charge is not below 0.00"),
    "rush_charge": Refusal(EXIT_USAGE, "the rush charge is not below 0.00"),
    "customer_discount": Refusal(EXIT_USAGE, "the customer discount is not below 0.00"),
    "instant_rebate": Refusal(EXIT_USAGE, "the rebate is not below 0.00"),
    "retailer_coupon": Refusal(EXIT_USAGE, "the coupon is not below 0.00"),
    "gift_certificate": Refusal(EXIT_USAGE, "the gift certificate is not below 0.00"),
    "line_number": Refusal(EXIT_USAGE, "line numbers begin at 1"),
    "line_model": Refusal(EXIT_USAGE, "a line needs a model or an item name"),
    "line_quantity": Refusal(EXIT_USAGE, "a quantity is a whole number from 1 to 1,000,000"),
    "line_price": Refusal(EXIT_USAGE, "a price is not below 0.00"),
    "line_cost": Refusal(EXIT_USAGE, "a cost is not below 0.00"),
    "line_discount": Refusal(EXIT_USAGE, "a line's discount is from 0% to 100%"),
    "line_discount_amount": Refusal(EXIT_USAGE, "a line's discount is not below 0.00"),
    "line_below_zero": Refusal(EXIT_USAGE, "a line's discount is not above its price"),
    "line_delivery_status": Refusal(EXIT_USAGE, "a line is open, scheduled, in-transit, delivered or returned"),
    "adjustment_amount": Refusal(EXIT_USAGE, "an adjustment is not 0.00"),
    "adjustment_kind": Refusal(EXIT_USAGE, "this is no kind of adjustment"),
    "adjustment_reason": Refusal(EXIT_USAGE, "an adjustment needs a reason"),
    "credit_limit": Refusal(EXIT_USAGE, "a credit limit is from 0.00 to 10000000.00"),
    "customer_discount_rate": Refusal(EXIT_USAGE, "a customer discount is from 0% to 100%"),
    "document_exempt": Refusal(EXIT_USAGE, "tax exempt is yes or no"),
    "document_on_account": Refusal(EXIT_USAGE, "on account is yes or no"),
    "document_tax_typed": Refusal(EXIT_USAGE, "typed tax is yes or no"),
    "document_terms_from": Refusal(EXIT_USAGE, "terms count from the invoice or from the statement"),
    "level_name": Refusal(EXIT_USAGE, "the name of a price level has 1 to 60 characters"),
    "level_price": Refusal(EXIT_USAGE, "a price is not below 0.00"),
    "model_cost": Refusal(EXIT_USAGE, "a cost is not below 0.00"),
    "model_discontinued": Refusal(EXIT_USAGE, "discontinued is yes or no"),
    "model_number": Refusal(EXIT_USAGE, "a model needs a number"),
    "model_price": Refusal(EXIT_USAGE, "a price is not below 0.00"),
    "payment_channel": Refusal(EXIT_USAGE, "the channel of aio-pay is card, phone, keyed, ach or pay-later"),
    "payment_fee": Refusal(EXIT_USAGE, "a fee is not below 0.00"),
    "plan_months": Refusal(EXIT_USAGE, "a protection plan covers 1 to 600 months"),
    "refund_amount": Refusal(EXIT_USAGE, "a refund is above 0.00"),
    "refund_reason": Refusal(EXIT_USAGE, "a refund needs a reason"),
    "repayment_amount": Refusal(EXIT_USAGE, "a repayment is above 0.00"),
    "repayment_status": Refusal(EXIT_USAGE, "a repayment is pending, confirmed, rejected or void"),
    "return_amount": Refusal(EXIT_USAGE, "what a return gives back is not below 0.00"),
    "return_delivery": Refusal(EXIT_USAGE, "the delivery fee given back is not below 0.00"),
    "return_quantity": Refusal(EXIT_USAGE, "a return takes back 0 units or more"),
    "return_reason": Refusal(EXIT_USAGE, "a return needs a reason"),
    "return_restocking": Refusal(EXIT_USAGE, "a restocking fee is not below 0.00"),
    "return_tax": Refusal(EXIT_USAGE, "the tax given back is not below 0.00"),
    "service_cost": Refusal(EXIT_USAGE, "a cost is not below 0.00"),
    "service_kind": Refusal(EXIT_USAGE, "a service is an install, a haul-away or a plan"),
    "service_name": Refusal(EXIT_USAGE, "a service needs a name"),
    "service_price": Refusal(EXIT_USAGE, "a price is not below 0.00"),
    "service_quantity": Refusal(EXIT_USAGE, "a quantity is a whole number from 1 to 1,000,000"),
    "terms_counted_from": Refusal(EXIT_USAGE, "terms count from the invoice or from the statement"),
    "terms_days": Refusal(EXIT_USAGE, "terms give 0 to 3650 days"),
    "terms_default": Refusal(EXIT_USAGE, "default is yes or no"),
    "terms_deposit": Refusal(EXIT_USAGE, "a deposit is from 0% to 100%"),
    "terms_name": Refusal(EXIT_USAGE, "the name of terms has 1 to 60 characters"),
    "terms_retired": Refusal(EXIT_USAGE, "retired is yes or no"),
    "serial_empty": Refusal(EXIT_USAGE, "a serial number is not empty"),
    "payment_method": Refusal(EXIT_USAGE, "this is no method of payment"),
    "payment_status": Refusal(EXIT_USAGE, "a payment is pending, confirmed, rejected, incomplete or void"),
    "payment_amount": Refusal(EXIT_USAGE, "a payment is above 0.00"),
    # --- quotes and orders ----------------------------------------------------------------------------------------
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
        "line {line} of {ref} is {quantity} units: {count} serial numbers are too many",
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
    "level_taken": Refusal(EXIT_REFUSED, "there is a price level {name} already", ("hub models levels list",)),
    "rule_broken": Refusal(EXIT_REFUSED, "the database refused it: {rule}; nothing was changed"),
    # --- payments, credit lines, returns --------------------------------------------------------------------------
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
        "{ref} cannot be paid yet: {lines} has no fulfillment type",
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
    "credit_line_off": Refusal(
        EXIT_REFUSED, "payment by credit line is switched off", ("hub settings set payments.credit_line on",)
    ),
    "credit_line_ended": Refusal(
        EXIT_REFUSED, "the credit line of {ref} {name} ended on {day}", ("hub credit line set {ref} --until DATE",)
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
    "not_pending": Refusal(
        EXIT_REFUSED,
        "only a pending payment is confirmed or rejected: {payments}",
        ("hub payments list --status pending",),
    ),
    "count_wrong": Refusal(EXIT_REFUSED, "{count} payments are meant, not {typed}; nothing was changed"),
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
    "aging_apart": Refusal(
        EXIT_CONDITION, "the rows of aging come to {rows}, what is owed is {owed}", ("hub db check --full",)
    ),
    # --- changing and taking back ---------------------------------------------------------------------------------
    "not_confirmed": Refusal(EXIT_REFUSED, "{what} needs a yes; nothing was changed", ("run it again with --yes",)),
    "answered_no": Refusal(EXIT_STOPPED, "answered no; nothing was changed"),
    "undo_conflict": Refusal(
        EXIT_REFUSED,
        "H{change} is not taken back, since later changes stand on it: {conflicts}",
        ("hub undo H{change} --skip-conflicts", "hub changes show H{change}"),
    ),
    "undo_nothing": Refusal(EXIT_NOT_FOUND, "there is nothing to {what}"),
    "undo_done": Refusal(EXIT_REFUSED, "H{change} was taken back already, by H{by}", ("hub redo H{by}",)),
    "undo_needs_number": Refusal(
        EXIT_USAGE, "without a terminal, {what} needs the number of a change set", ("hub changes list --limit 5",)
    ),
    "undo_exempt": Refusal(EXIT_REFUSED, "H{change} cannot be taken back: {why}"),
    "too_many": Refusal(
        EXIT_REFUSED,
        "{count} customers would be archived, more than {limit}; nothing was changed",
        ("run it with -n to see them", "allow it with --expect-max {count}"),
    ),
    "just_imported": Refusal(
        EXIT_REFUSED,
        "{count} customers would be archived, but customers were imported on {day}, and what was done for them before"
        " may not be known yet; nothing was changed",
        ("run it with -n to see them", "allow it with --expect-max {count}"),
    ),
    "stale_edit": Refusal(
        EXIT_REFUSED, "{ref} is at version {version}, not {expected}: {changes}", ("hub customers changelog {ref}",)
    ),
    "key_used": Refusal(EXIT_REFUSED, "the key {key} was used for something else, in H{change}", ("use a new key",)),
    "some_blocked": Refusal(
        EXIT_REFUSED,
        "{count} of {total} customers cannot be archived: {blocked}; nothing was changed",
        ("archive the others with --keep-going",),
    ),
    "external_id_taken": Refusal(EXIT_REFUSED, "{number} is {ref} {name} already", ("hub customers show {ref}",)),
    "not_enough_credit": Refusal(
        EXIT_REFUSED, "{ref} {name} has {balance} of customer credit: {amount} is more", ("hub credit history {ref}",)
    ),
    "login_taken": Refusal(EXIT_REFUSED, "the login {login} is {name} already", ("hub staff show {login}",)),
    "still_managing": Refusal(
        EXIT_REFUSED,
        "{login} {name} is the account manager of {count} customers",
        ("hub staff remove {login} --reassign-to LOGIN", "hub customers list --manager {login}"),
    ),
    "wrong_status": Refusal(EXIT_REFUSED, "{ref} {name} is {status}, not {wanted}"),
    "no_such_view": Refusal(EXIT_NOT_FOUND, "there is no saved view @{name}{near}", ("hub views list",)),
    "view_outdated": Refusal(
        EXIT_USAGE, "the view uses {option}, which this hub does not have", ("hub views save NAME … to make it anew",)
    ),
    "not_empty": Refusal(
        EXIT_REFUSED,
        "{path} holds {what} already: a whole export is read into an empty database",
        ("hub --db NEW init",),
    ),
    "not_a_dump": Refusal(EXIT_USAGE, "{path} is no whole export of hub: {why}", ("hub export all -o DIR/",)),
    "import_rejects": Refusal(EXIT_PARTLY, "{count} rows were rejected", ()),
    "no_backup": Refusal(EXIT_CONDITION, "{folder} holds no backup of this database", ("hub db backup {folder}",)),
    "backup_unsound": Refusal(EXIT_CONDITION, "{path} is not a sound backup: {what}; the database was not touched"),
    "other_database": Refusal(
        EXIT_REFUSED,
        "{path} is a backup of another database; nothing was changed",
        ("hub db restore {path} --other, if that is what you want",),
    ),
    "in_use": Refusal(EXIT_BUSY, "{path} is in use by another program; nothing was changed"),
    "sql_refused": Refusal(EXIT_REFUSED, "hub sql only reads the shop's tables and views: {why}"),
    "sql_error": Refusal(EXIT_USAGE, "SQL: {why}"),
    "sql_too_long": Refusal(EXIT_FAILED, "the statement was stopped after {seconds} s"),
    "checks_failed": Refusal(EXIT_CONDITION, "{count} checks found something"),
    "bug": Refusal(EXIT_BUG, "something in hub is broken: {what}; the details are in {log}"),
}


class HubError(Exception):
    """An expected end of a command: what, why and what to try; never shown as a traceback.

    `slug` is a key of REFUSALS; `facts` fill its sentence and its tries; `refs` are the records that stand in the way
    (`Q2041`); `tries` replaces the catalogue's own.
    """

    def __init__(
        self, slug: str, *, refs: tuple[str, ...] = (), tries: tuple[str, ...] | None = None, **facts: object
    ) -> None:
        """Raise KeyError at once when the slug is not in the catalogue, so that a test finds it."""
        entry = REFUSALS[slug]
        self.slug = slug
        self.exit = entry.exit
        self.refs = refs
        self.facts = facts
        self.message = entry.sentence.format_map(facts)
        self.tries = tuple(t.format_map(facts) for t in entry.tries) if tries is None else tries
        super().__init__(self.message)


def bad_value(field: str, value: object, rule: str, *tries: str) -> HubError:
    """Give the error for a value that does not follow the rule of its field, the value made visible.

    `rule` completes the sentence "<field>: <value> …", as in "is not a date: write 2025-05-01".
    """
    shown = ascii(value) if not str(value).isprintable() else repr(str(value))
    return HubError("bad_value", field=field, value=shown[:120], rule=rule, tries=tries)
