"""Refusals: changing and taking back, the rest of the record."""

from hubcli.refusals.base import (
    EXIT_BUG,
    EXIT_BUSY,
    EXIT_CONDITION,
    EXIT_FAILED,
    EXIT_NOT_FOUND,
    EXIT_PARTLY,
    EXIT_REFUSED,
    EXIT_STOPPED,
    EXIT_USAGE,
    Refusal,
)

REFUSALS: dict[str, Refusal] = {
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
    "redo_no_undo": Refusal(EXIT_REFUSED, "H{change} cannot be done again: {why}"),
    "undo_exempt": Refusal(EXIT_REFUSED, "H{change} cannot be taken back: {why}"),
    "too_many": Refusal(
        EXIT_REFUSED,
        "{count:customer} would be archived, more than {limit}; nothing was changed",
        ("run it with -n to see them", "allow it with --expect-max {count}"),
    ),
    "just_imported": Refusal(
        EXIT_REFUSED,
        "{count:customer} would be archived, but customers were imported on {day}, and what was done for them before"
        " may not be known yet; nothing was changed",
        ("run it with -n to see them", "allow it with --expect-max {count}"),
    ),
    "stale_edit": Refusal(
        EXIT_REFUSED, "{ref} is at version {version}, not {expected}: {changes}", ("hub customers changelog {ref}",)
    ),
    "key_used": Refusal(EXIT_REFUSED, "the key {key} was used for something else, in H{change}", ("use a new key",)),
    "key_taken_back": Refusal(
        EXIT_REFUSED,
        "the key {key} made H{change}, which H{by} took back; nothing was changed",
        ("hub redo H{by}", "use a new key"),
    ),
    "some_blocked": Refusal(
        EXIT_REFUSED,
        "{count} of {total:customer} cannot be archived: {blocked}; nothing was changed",
        ("archive the others with --keep-going",),
    ),
    "external_id_taken": Refusal(EXIT_REFUSED, "{number} is {ref} {name} already", ("hub customers show {ref}",)),
    "not_enough_credit": Refusal(
        EXIT_REFUSED, "{ref} {name} has {balance} of customer credit: {amount} is more", ("hub credit history {ref}",)
    ),
    "not_permitted": Refusal(
        EXIT_REFUSED, "{who} may not {what}: that takes the role {roles}", ("hub staff can {who}",)
    ),
    "not_registered": Refusal(
        EXIT_REFUSED,
        "{who} is not registered as staff and may not {what}: that takes the role {roles}",
        ("hub staff add {who} --role {role}", "hub staff add {who} --job"),
    ),
    "others_document": Refusal(
        EXIT_REFUSED,
        "{ref} is assigned to {whose}, and {who} works on their own quotes and orders: that takes the role"
        " Administrator or Sales Manager",
        ("hub staff can {who}",),
    ),
    "as_not_allowed": Refusal(
        EXIT_REFUSED,
        "the system user {os_user} is {login} and may not act as {other}: that takes the role Administrator",
        ("run it without --as and HUB_USER",),
    ),
    "last_administrator": Refusal(
        EXIT_REFUSED,
        "{login} is the only Administrator: nobody could give roles any more",
        ("hub staff edit {other} --role administrator",),
    ),
    "os_user_taken": Refusal(
        EXIT_REFUSED,
        "the system user {os_user} is bound to {login} already",
        ("hub staff edit {login} --os-user none",),
    ),
    "not_a_company": Refusal(
        EXIT_REFUSED,
        "{ref} {name} is no company: contacts are linked from the company's side",
        ("hub customers edit {ref} --kind company --company-name NAME",),
    ),
    "not_a_person": Refusal(EXIT_REFUSED, "{ref} {name} is a company, not a person: it is no contact of another"),
    "linked_already": Refusal(
        EXIT_REFUSED,
        "{ref} {name} is a contact of {company} already",
        ("hub customers contact detach {ref}",),
    ),
    "not_linked": Refusal(EXIT_REFUSED, "{ref} {name} is not linked to a company", ("hub customers show {ref}",)),
    "company_has_contacts": Refusal(
        EXIT_REFUSED,
        "{ref} {name} has contacts that buy on its account: detach them first",
        ("hub customers contact list {ref}", "hub customers contact detach …"),
    ),
    "login_taken": Refusal(EXIT_REFUSED, "the login {login} is {name} already", ("hub staff show {login}",)),
    "still_managing": Refusal(
        EXIT_REFUSED,
        "{login} {name} is the account manager of {count:customer}",
        ("hub staff remove {login} --reassign-to LOGIN", "hub customers list --manager {login}"),
    ),
    "wrong_status": Refusal(EXIT_REFUSED, "{ref} {name} is {status}, not {wanted}"),
    "no_such_view": Refusal(EXIT_NOT_FOUND, "there is no saved view @{name}{near}", ("hub views list",)),
    "view_column": Refusal(EXIT_USAGE, "{view} shows {column}, which is no column of {of}", ("hub views show {view}",)),
    "view_outdated": Refusal(
        EXIT_USAGE, "the view uses {option}, which this hub does not have", ("hub views save NAME … to make it anew",)
    ),
    "not_empty": Refusal(
        EXIT_REFUSED,
        "{path} holds {what} already: a whole export is read into an empty database",
        ("hub --db NEW init",),
    ),
    "not_a_dump": Refusal(EXIT_USAGE, "{path} is no whole export of hub: {why}", ("hub export all -o DIR/",)),
    "not_a_receipt": Refusal(
        EXIT_USAGE, "{path} is no receipt: {why}", ("hub audit receipt --json", "hub audit receipt --ndjson")
    ),
    "nothing_to_vouch_for": Refusal(EXIT_CONDITION, "nothing was changed yet: there is no history to vouch for"),
    "import_rejects": Refusal(EXIT_PARTLY, "rejected: {count:row}", ()),
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
    "checks_failed": Refusal(EXIT_CONDITION, "{count:check} found something"),
    "bug": Refusal(EXIT_BUG, "something in hub is broken: {what}; the details are in {log}"),
    "merge_refused": Refusal(EXIT_REFUSED, "{ref} {name} cannot be merged: {why}", ("hub customers show {ref}",)),
    "own_field_missing": Refusal(
        EXIT_USAGE,
        "missing: {fields} (a required field of the shop's own)",
        ("--field NAME=VALUE", "hub customers field list", "hub settings set customers.required_fields warn"),
    ),
    "merged_away": Refusal(
        EXIT_REFUSED,
        "{ref} was merged into {into}: to archive, delete, restore or erase, name {into} itself",
        ("hub customers show {into}", "hub customers unmerge {ref}"),
    ),
    "not_merged": Refusal(EXIT_REFUSED, "{ref} {name} was not merged into another customer"),
    "erase_delayed": Refusal(
        EXIT_REFUSED,
        "{ref} {name} cannot be erased yet: {why}",
        ("hub customers erase {ref} --request, which notes it for later",),
    ),
    "erased_already": Refusal(EXIT_REFUSED, "{ref} is erased already"),
    "no_request": Refusal(
        EXIT_REFUSED, "nobody asked for {ref} to be erased", ("hub customers erase {ref} --request",)
    ),
    "wrong_count": Refusal(
        EXIT_REFUSED, "{what}: {count:customer}, and that cannot be taken back", ("--confirm-count {count}",)
    ),
    "visit_on_quote": Refusal(
        EXIT_REFUSED, "{ref} is a quote: home visits hang on an order", ("hub quotes show {ref}",)
    ),
    "visit_without_form": Refusal(EXIT_USAGE, "a survey needs its form", ("--form FILE",)),
    "which_line": Refusal(EXIT_USAGE, "{ref} has several lines: {lines}", ("--line N",)),
    "unit_not_delivered": Refusal(
        EXIT_REFUSED,
        "line {line} of {ref}, {model}, is {status}: {kind} is for a unit that is in the home",
        ("hub orders deliver {ref} --line {line}",),
    ),
    "no_install": Refusal(
        EXIT_REFUSED, "line {line} of {ref}, {model}, was sold without an install", ("hub orders show {ref}",)
    ),
    "visit_day_off": Refusal(EXIT_REFUSED, "{day} is a {weekday}: visits are made on {days} (visits.weekdays)"),
    "visit_day_past": Refusal(
        EXIT_USAGE,
        "{day} is over, today is {today}: a visit is planned for a day to come",
        ("note that it was made with hub visits complete V --date {day}",),
    ),
    "visit_holiday": Refusal(EXIT_REFUSED, "{day} is a day without visits (visits.holidays)"),
    "visit_day_full": Refusal(
        EXIT_REFUSED, "{day} has {limit} visits already, the most there may be (visits.daily_limit)"
    ),
    "visit_over": Refusal(EXIT_REFUSED, "{ref} is {status}: it changes no more", ("hub visits show {ref}",)),
    "visit_not_planned": Refusal(
        EXIT_REFUSED, "{ref} is not planned, so it cannot have failed", ("hub visits show {ref}",)
    ),
    "file_vanished": Refusal(EXIT_CONDITION, "the bytes of {name} are gone or were altered", ("hub db check --full",)),
    "rights_unconfirmed": Refusal(
        EXIT_REFUSED, "nobody confirmed that the customer has the rights to this artwork", ("--confirm-rights",)
    ),
    "no_picture": Refusal(EXIT_USAGE, "{name} is {kind}, not a picture", ("--digitized, if it is an embroidery file",)),
    "design_elsewhere": Refusal(EXIT_REFUSED, "{ref} is a design of {customer}", ("hub designs list",)),
    "document_elsewhere": Refusal(EXIT_REFUSED, "{ref} is of {customer}", ("hub find {ref}",)),
    "artwork_done": Refusal(EXIT_REFUSED, "{ref} is {status} already", ("hub artwork show {ref}",)),
    "artwork_missing": Refusal(
        EXIT_REFUSED, "{ref} has no artwork yet that could be approved", ("hub artwork submit {ref} D…",)
    ),
    "consent_off": Refusal(
        EXIT_REFUSED,
        "GDPR consent is not enabled",
        ("hub settings set shop.region eu", "hub settings set gdpr.capture on"),
    ),
    "username_taken": Refusal(
        EXIT_REFUSED, "the login {username} is that of {ref} already", ("hub customers show {ref}",)
    ),
    "no_login": Refusal(EXIT_REFUSED, "{ref} has no login yet", ("hub customers login {ref} --username NAME",)),
    "passwords_differ": Refusal(EXIT_USAGE, "the two passwords differ; nothing was changed"),
    "field_exists": Refusal(EXIT_REFUSED, "there is a field {name} already", ("hub customers field list",)),
    "field_choice_used": Refusal(
        EXIT_REFUSED,
        "the choice {choice} of {name} is that of customers ({count}): keep it among the choices",
        ('hub customers list --field "{name}={choice}"',),
    ),
    "field_retired_set": Refusal(EXIT_REFUSED, "the field {name} is retired", ("hub customers field list",)),
    "mail_refused": Refusal(EXIT_FAILED, "the mail server {host} refused: {why}; nothing is recorded as sent"),
    "mail_unreachable": Refusal(
        EXIT_FAILED, "the mail server {host}:{port} cannot be reached: {why}; nothing is recorded as sent"
    ),
    "mail_login": Refusal(
        EXIT_FAILED, "the mail server {host} does not let {user} in: {why}; nothing was sent", ("hub emails check",)
    ),
    "mail_sender": Refusal(
        EXIT_REFUSED, "mail needs a sender", ("hub settings set mail.from 'Oak Shop <office@oak.example>'",)
    ),
    "mail_clear": Refusal(
        EXIT_REFUSED,
        "mail.security is none: the password would go to {host} for everyone on the way to read",
        ("hub settings set mail.security starttls",),
    ),
    "too_many_reminders": Refusal(
        EXIT_REFUSED,
        "{count:reminder} would be sent, more than {limit}; nothing was done",
        ("run it with -n to see them", "allow it with --expect-max {count}"),
    ),
    "no_reminders": Refusal(EXIT_REFUSED, "no reminders are set", ("hub settings set reminders.days -- -3,1,15,30",)),
    "mail_files": Refusal(EXIT_USAGE, "{count} files: at most {most} go with one mail"),
    "mail_unsure": Refusal(
        EXIT_FAILED,
        "the mail to {to} was handed to {host}, and no answer came: {why}; it may have arrived or not, and is not"
        " recorded as sent",
        ("ask them; --again sends it once more, --by hand notes that they have it", "ls {path}"),
    ),
    "mail_unsure_before": Refusal(
        EXIT_REFUSED,
        "the same mail to {to} was handed over before ({at}), and whether it arrived is not known",
        ("--again, to send it once more", "rm {path}"),
    ),
    "mail_unrecorded": Refusal(
        EXIT_PARTLY,
        "sent ({count}), but it could not be recorded: {why}; sending it again would be the second time",
        ("hub emails unsure",),
    ),
    "mail_partly": Refusal(EXIT_PARTLY, "{taken} of {total} were sent; {why}"),
    "mail_password": Refusal(EXIT_FAILED, "the password of the mail server cannot be read from {path}: {why}"),
    "not_a_mail": Refusal(EXIT_USAGE, "{file} is no mail: it says not from whom", ("an .eml or an mbox file",)),
    "mail_address": Refusal(
        EXIT_REFUSED, "{ref} {name} has no e-mail address", ("--to ADDRESS", "hub customers edit {ref} --email ADDRESS")
    ),
    "not_recording": Refusal(
        EXIT_REFUSED, "mail is not recorded here", ("hub settings set correspondence.record_emails on",)
    ),
    "no_receipt": Refusal(EXIT_REFUSED, "{ref} is {status}: there is no receipt of it", ("hub payments show {ref}",)),
    "bad_logo": Refusal(EXIT_USAGE, "shop.logo is no picture that can be printed: {why}", ("hub settings list",)),
    "needs_extra": Refusal(
        EXIT_FAILED, "{what} needs more of hub than is installed", ("pip install 'hubcli[{extra}]'",)
    ),
    "unmerge_order": Refusal(
        EXIT_REFUSED,
        "{ref} {name} was merged into {first}, and that into {into} since: take the later merge back first",
        ("hub customers unmerge {first}",),
    ),
    "unmerge_credit": Refusal(
        EXIT_REFUSED,
        "{ref} {name} cannot be taken out again: the customer credit that came along was spent since, {owner} would be"
        " below 0.00",
        ("hub credit history {owner}",),
    ),
}
