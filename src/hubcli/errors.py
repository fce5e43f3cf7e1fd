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
    "rule_broken": Refusal(EXIT_REFUSED, "the database refused it: {rule}; nothing was changed"),
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
    "backup_old": Refusal(EXIT_CONDITION, "the newest backup is {age} old"),
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
