"""The shop's choices: every key with its default, its form and what it does."""

import re
from typing import TYPE_CHECKING, NamedTuple

from hubcli.errors import HubError, bad_value
from hubcli.values import words

if TYPE_CHECKING:
    from hubcli.store import Hub


class Setting(NamedTuple):
    """One key: default as text, the words it takes (none: any text), what it does."""

    default: str
    words: tuple[str, ...]
    meaning: str


PLACEHOLDERS = ("name", "number", "shop", "total", "balance", "due")
"""What a template of a letter may hold between braces."""
_FILLED = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
LETTERS = (
    "quote", "order", "invoice", "payment-request", "statement", "canceled", "shipped", "rejected", "artwork",
    "reminder-1", "reminder-2", "reminder-3", "reminder-4",
)  # fmt: skip
"""The kinds of letters that have templates."""
WORDS = {
    "reminder-1.text": "A friendly reminder: {balance} is due on {due}.",
    "reminder-2.text": "Perhaps it slipped your mind: {balance} was due on {due}.",
    "reminder-3.text": "{balance} has been due since {due}. Please pay it now, or tell us what stands in the way.",
    "reminder-4.text": "This is our last reminder: {balance} has been due since {due}. Please pay it at once.",
}
"""The words of letters that have some until the shop writes its own."""

SETTINGS: dict[str, Setting] = {
    "shop.name": Setting("", (), "the shop's name, on everything printed"),
    "shop.address": Setting("", (), "the shop's address, on everything printed"),
    "shop.logo": Setting("", (), "a picture file, on everything printed"),
    "print.paper": Setting("letter", ("letter", "a4"), "the paper of what is printed"),
    "print.money": Setting(
        "1,234.50", (), "how amounts are written on what is printed: 1234.50 your way, such as $1,234.50 or 1.234,50 €"
    ),
    "print.closing": Setting(
        "", (), "the last lines of quotes, orders, invoices and statements, such as how to pay; a ; begins a new line"
    ),
    "print.fonts": Setting("", (), "font files for letters that others lack, separated by commas"),
    "shop.locations": Setting("", (), "the shops there are, separated by commas; empty: any name is taken"),
    "shop.country": Setting("US", (), "the country of phone numbers and addresses that name none"),
    "shop.currency": Setting(
        "", (), "the currency of all amounts, such as USD: imports refuse orders in another; empty: any one is taken"
    ),
    "shop.timezone": Setting("", (), "the shop's time zone, such as America/Chicago; empty: the system's"),
    "shop.region": Setting("", ("", "eu"), "eu: customers can be purged at once, and their consent is asked for"),
    "gdpr.capture": Setting("off", ("on", "off"), "consent to the use of personal data is asked for, in the EU"),
    "privacy.keep_years": Setting("0", (), "years that the law has invoices kept: an erasure waits for their end"),
    "privacy.answer_days": Setting("30", (), "days in which a request to be forgotten is due"),
    "privacy.recognise_erased": Setting(
        "off", ("on", "off"), "salted hashes of erased people are kept, so that imports leave them out"
    ),
    "customers.require": Setting(
        "mobile", ("mobile", "any-phone", "any-contact"), "what customers create asks for; imports take any contact"
    ),
    "customers.required_fields": Setting(
        "refuse",
        ("refuse", "warn"),
        "a new customer without a required field of the shop's own is refused, also by --new and imports, or only told",
    ),
    "customers.default_company": Setting(
        "", (), "such as C12: who is registered from the website becomes a contact of that company; empty: nobody"
    ),
    "registration.credit_limit": Setting(
        "", (), "the credit line, such as 500.00, of who is registered from the website; empty: none"
    ),
    "registration.terms": Setting(
        "", (), "the terms of that credit line, as hub credit terms list has them; empty: Net 30"
    ),
    "quotes.valid_days": Setting("14", (), "days that a new quote is valid; the last of them counts"),
    "quotes.fulfillment": Setting(
        "none",
        ("none", "delivery-install", "delivery", "pickup", "not-sure"),
        "how lines are fulfilled that do not say it",
    ),
    "models.list_level": Setting(
        "Retail", (), "what the level of list prices is called: everybody buys at it who was given no other"
    ),
    "tax.default_rate": Setting("0%", (), "the sales tax rate of a document that names none, such as 8.25%"),
    "tax.services.delivery": Setting("off", ("on", "off"), "delivery, mileage and shipping charges are taxed"),
    "tax.services.install": Setting("off", ("on", "off"), "installs are taxed"),
    "tax.services.haul_away": Setting("off", ("on", "off"), "haul-away is taxed"),
    "tax.services.plan": Setting("off", ("on", "off"), "protection plans are taxed"),
    "tax.services.trip": Setting("off", ("on", "off"), "trip charges are taxed"),
    "payments.credit_line": Setting("on", ("on", "off"), "payment by credit line is offered"),
    "payments.manual": Setting(
        "confirmed", ("confirmed", "pending"), "how bank transfer, telephone, check and in-person payments begin"
    ),
    "returns.restocking_percent": Setting("0%", (), "the restocking fee of a return that names none, such as 10%"),
    "credit.staff_over_limit": Setting(
        "warn", ("warn", "refuse"), "an order on account above the credit line, when staff place it"
    ),
    "books.closed_through": Setting(
        "", (), "the last day of the closed periods, such as 2025-05-31: nothing dated up to it is changed any more"
    ),
    "statements.enabled": Setting("off", ("on", "off"), "statements of account are made at all"),
    "statements.include_late_payments": Setting(
        "off", ("on", "off"), "statements also list what was paid in the period, but late"
    ),
    "statements.include_not_overdue": Setting("off", ("on", "off"), "statements also list what is not yet due"),
    "statements.message.terms": Setting("", (), "what a statement says of an invoice 1 to 29 days past due"),
    "statements.message.30": Setting("", (), "likewise from 30 days past due on"),
    "statements.message.60": Setting("", (), "likewise from 60 days past due on"),
    "statements.message.90": Setting("", (), "likewise from 90 days past due on"),
    "correspondence.record_emails": Setting(
        "off", ("on", "off"), "mail to and from customers is kept in their history"
    ),
    **{
        f"correspondence.send.{kind}": Setting(default, ("on", "off"), f"the customer is written to when {what}")
        for kind, default, what in (
            ("canceled", "on", "an order is canceled"),
            ("shipped", "off", "an order is shipped"),
            ("rejected", "on", "a payment is rejected"),
        )
    },
    **{
        f"correspondence.attach_invoice.{kind}": Setting("off", ("on", "off"), f"the invoice goes with mail {what}")
        for kind, what in (
            ("shipped", "that an order is shipped"),
            ("internet", "about an order from the website"),
            ("bh", "about any other order"),
        )
    },
    "correspondence.message_plain": Setting("", (), "lines at the end of every mail"),
    "correspondence.message_html": Setting("", (), "likewise as HTML: mail then has an HTML part too"),
    "reminders.days": Setting(
        "-3,1,15,30", (), "days past due at which invoices remind reminds; below 0: before; at most four"
    ),
    "reminders.fees": Setting("", (), "what each of those reminders charges, such as 0,0,5,10; empty: nothing"),
    "reminders.hold_from": Setting(
        "0", (), "from this reminder on (1 to 4) the customer is on spending hold; 0: never"
    ),
    "mail.server": Setting("", (), "the mail server, such as mail.example.com:587; empty: mail goes into the outbox"),
    "mail.security": Setting("starttls", ("starttls", "tls", "none"), "how the connection to it is encrypted"),
    "mail.from": Setting("", (), "the sender of mail, such as Oak Shop <office@oak.example>"),
    "mail.user": Setting("", (), "who logs in to the mail server; the password is in HUB_MAIL_PASSWORD or in a file"),
    "mail.password_file": Setting(
        "", (), "a file with that password in its first line, beside the database where it is no whole path"
    ),
    "mail.timeout": Setting("60", (), "seconds in which the mail server must answer"),
    **{
        f"mail.{kind}.{part}": Setting(
            WORDS.get(f"{kind}.{part}", ""), (), f"{what} of mail of the kind {kind}; may hold {_FILLED}"
        )
        for kind in LETTERS
        for part, what in (("subject", "the subject"), ("text", "the first words"))
    },
    "correspondence.outbox": Setting(
        "", (), "the folder that letters are written into; empty: outbox, beside the database"
    ),
    "visits.weekdays": Setting(
        "",
        (),
        "weekdays on which home visits are made, separated by commas, such as monday,saturday:2 with at most two"
        " visits on a Saturday; empty: every day",
    ),
    "visits.holidays": Setting("", (), "days without home visits, separated by commas, such as 2025-12-25"),
    "visits.daily_limit": Setting(
        "0", (), "home visits of one day at most, where visits.weekdays does not say it; 0: any number"
    ),
    "artwork.web_orders": Setting("on", ("on", "off"), "designs on orders from the website have to be approved"),
    "files.limit_mb": Setting("15", (), "how large a file may be that is kept, in MB"),
    "documents.prefix": Setting("", (), "printed before the number of a quote, an order or an invoice, such as 1-"),
    "documents.initial": Setting("1", (), "the lowest number of the next quote or order"),
    "documents.suffix": Setting("", (), "printed after the number"),
}


def default(key: str) -> str:
    """Give the default of a key; raise not_found with near keys for an unknown one."""
    return known(key).default


def known(key: str) -> Setting:
    """Give the setting of a key; raise not_found with near keys."""
    if key not in SETTINGS:
        close = words.near(key, list(SETTINGS))
        near = f"; did you mean {', '.join(close)}?" if close else ""
        raise HubError("not_found", what="setting", ref=key, near=near, tries=("hub settings list",))
    return SETTINGS[key]


def check(key: str, value: str) -> str:
    """Give the value in its stored form; raise bad_value when the key does not take it."""
    setting = known(key)
    if setting.words:
        return words.choose(value, setting.words, key)
    if key in NUMBERS:
        return _number(key, value)
    return FORMS[key](key, value) if key in FORMS else value


def _country(key: str, value: str) -> str:
    from hubcli.values import text

    return text.country(value, key)


def _currency(key: str, value: str) -> str:
    if value and not re.fullmatch("[A-Za-z]{3}", value):
        raise bad_value(key, value, "is not the code of a currency: write three letters such as USD")
    return value.upper()


def _company(key: str, value: str) -> str:
    typed = value.strip().upper()
    if typed and not (typed[:1] == "C" and typed[1:].isdecimal() and typed.isascii() and len(typed) < 16):
        raise bad_value(key, value, "is not the number of a company: write C and digits, as in C12, or nothing")
    return typed


def _timezone(key: str, value: str) -> str:
    from zoneinfo import available_timezones

    if value and value not in available_timezones():
        raise bad_value(key, value, "is no time zone: write one such as America/Chicago")
    return value


def _day(key: str, value: str) -> str:
    from hubcli.values import dates

    try:
        return dates.imported_day(value, "ymd", key).isoformat()
    except HubError:
        raise bad_value(key, value, "is not a day: write it as in 2025-05-31") from None


def _closed(key: str, value: str) -> str:
    return "" if value.strip().lower() in {"", "none"} else _day(key, value)


def _rate(key: str, value: str) -> str:
    from hubcli.values import money

    return money.show_rate(money.parse_rate(value, key))


def _percent(key: str, value: str) -> str:
    from hubcli.values import money

    return money.show_percent(money.parse_percent(value, key))


def weekdays(value: str) -> dict[str, int | None]:
    """Read weekdays of the stored form, each with the number after its colon: monday,saturday:2."""
    days = (word.partition(":") for word in value.split(",") if word)
    return {day: int(number) if number else None for day, _, number in days}


def _weekdays(key: str, value: str) -> str:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    chosen = {}
    for word in filter(None, map(str.strip, value.split(","))):
        day, colon, number = word.partition(":")
        limit = f":{_whole(key, number.strip(), 1, 1000)}" if colon else ""
        chosen[words.choose(day.strip(), days, key)] = limit
    return ",".join(f"{day}{chosen[day]}" for day in days if day in chosen)


def _days(key: str, value: str) -> str:
    return ",".join(sorted({_day(key, word.strip()) for word in value.split(",") if word.strip()}))


def _amount(key: str, value: str) -> str:
    from hubcli.values import money

    return money.check_form(value, key)


def _line(key: str, value: str) -> str:
    from hubcli.values import text

    return text.name(value, key) if value else ""


def _lines(key: str, value: str) -> str:
    from hubcli.values import text

    return text.note(value, key, 10_000) if value else ""


def template(key: str, value: str) -> str:
    """Give a template of a letter as it is kept; raise bad_value for a {placeholder} that there is not."""
    checked = (_line if key.endswith(".subject") else _lines)(key, value)
    for found in re.findall(r"\{([^{}\n]*)\}", checked):
        if found not in PLACEHOLDERS:
            raise bad_value(key, f"{{{found}}}", f"is a placeholder that there is not; there are {_FILLED}")
    return checked


def sender(value: str, key: str = "mail.from") -> tuple[str, str]:
    """Give name (may be empty) and address of a sender such as Oak Shop <office@oak.example>; raise bad_value."""
    from hubcli.values import text

    named = re.fullmatch(r"(?s)(.*)<([^<>]*)>\s*", value)
    name, address = (named[1].strip().strip('"'), named[2]) if named else ("", value)
    return text.name(name, key) if name else "", text.email(address, key).typed


def _sender(key: str, value: str) -> str:
    if not value:
        return ""
    name, address = sender(value, key)
    return f"{name} <{address}>" if name else address


def _server(key: str, value: str) -> str:
    found = re.fullmatch(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?", value)
    if value and (found is None or not 0 < int(found[1] or 1) < 65536):
        raise bad_value(key, value, "is not a host, or a host and a port such as mail.example.com:587")
    return value


def _steps(key: str, value: str) -> str:
    days = [word.strip() for word in value.split(",")] if value else []
    if not all(re.fullmatch(r"-?[0-9]{1,3}", day) for day in days) or len(days) > 4 or sorted(set(map(int, days))) != [
        int(day) for day in days
    ]:  # fmt: skip
        raise bad_value(key, value, "is not up to four whole numbers of days that rise, such as -3,1,15,30")
    return ",".join(str(int(day)) for day in days)


def _amounts(key: str, value: str) -> str:
    from hubcli.values import money

    return ",".join(money.show(money.parse(word.strip(), key)) for word in value.split(",")) if value else ""


def _sum(key: str, value: str) -> str:
    from hubcli.values import money

    return money.show(money.parse(value, key)) if value else ""


FORMS = {
    "print.money": _amount,
    "shop.name": _line,
    "correspondence.message_plain": _lines,
    "correspondence.message_html": _lines,
    "mail.from": _sender,
    "mail.server": _server,
    "mail.user": _line,
    **{f"mail.{kind}.{part}": template for kind in LETTERS for part in ("subject", "text")},
    "reminders.days": _steps,
    "reminders.fees": _amounts,
    "shop.country": _country,
    "shop.currency": _currency,
    "shop.timezone": _timezone,
    "customers.default_company": _company,
    "registration.credit_limit": _sum,
    "books.closed_through": _closed,
    "tax.default_rate": _rate,
    "returns.restocking_percent": _percent,
    "visits.weekdays": _weekdays,
    "visits.holidays": _days,
}
"""How the values of some keys are read."""
NUMBERS = {
    "quotes.valid_days": (1, 3650),
    "documents.initial": (1, 10**12),
    "visits.daily_limit": (0, 1000),
    "mail.timeout": (1, 600),
    "reminders.hold_from": (0, 4),
    "files.limit_mb": (1, 25),
    "privacy.keep_years": (0, 30),
    "privacy.answer_days": (1, 365),
}
"""Keys that take a whole number, with the lowest and the highest."""


def _number(key: str, value: str) -> str:
    return _whole(key, value, *NUMBERS[key])


def _whole(key: str, value: str, least: int, most: int) -> str:
    if not (value.isascii() and value.isdecimal() and least <= int(value) <= most):
        raise bad_value(key, value, f"is not a whole number from {least} to {most}")
    return str(int(value))


def store(hub: "Hub", key: str, value: str | None) -> None:
    """Keep a checked value inside a change; None goes back to the default."""
    if value is None:
        hub.run("settings.remove", {"key": key})
        return
    hub.run("settings.change", {"key": key, "value": value})
    hub.run("settings.add", {"key": key, "value": value})
