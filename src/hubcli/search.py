"""Keeps the search index: folds the words of the rows that wait for it and writes them before each commit.

Folding is Python's work (case, accents, ø, ß by values.text.fold), so that every engine finds the same.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hubcli.values import phones, text

if TYPE_CHECKING:
    from hubcli.store import Hub

COMPANY, EMAIL, PHONE, CONTACT = "\ue001", "\ue002", "\ue003", "\ue004"
"""Marks between the parts of a customer's text, so that a hit can say where it was."""


def customer_text(row: Mapping[str, Any]) -> str:
    """Give the folded text of a customer: name, company, e-mails, digits of the phones, contacts, marks between."""
    person = " ".join(filter(None, (row["first_name"], row["last_name"])))
    company = " ".join(filter(None, (row["company_name"], row["building_code"])))
    emails = " ".join(filter(None, (row["email"], row["billing_emails"])))
    numbers = " ".join(key.lstrip("+") for key in (row["mobile_key"], row["home_key"], row["alternate_key"]) if key)
    fold = text.fold
    parts = (fold(person), COMPANY, fold(company), EMAIL, fold(emails), PHONE, numbers, CONTACT)
    return "".join(parts) + fold(row["contacts"] or "").replace("+", "")


def sort_name(name: str) -> str:
    """Give a name in the form that lists are sorted by."""
    return text.fold(name)


def address_keys(line1: str | None, line2: str | None, city: str | None) -> tuple[str, str]:
    """Give the folded street and city of an address."""
    return text.fold(" ".join(filter(None, (line1, line2)))), text.fold(city or "")


def term_text(model: str, description: str) -> str:
    """Give the folded text of a model and its description."""
    return text.fold(f"{model} {description}".strip())


def reindex(hub: "Hub") -> int:
    """Write the words of all rows that wait; inside a change; give how many customers waited."""
    gone = [tuple(row) for row in hub.rows("search.gone")]
    if gone:
        hub.run_many("search.forget", gone)
        hub.run("search.forget_gone")
    count = _customers(hub)
    places = [(*address_keys(r["line1"], r["line2"], r["city"]), r["id"]) for r in hub.rows("search.waiting_addresses")]
    if places:
        hub.run_many("search.placed", places)
    terms = [(term_text(r["model"], r["description"]), r["id"]) for r in hub.rows("search.waiting_terms")]
    if terms:
        hub.run_many("search.termed", terms)
    return count


def _customers(hub: "Hub") -> int:
    waiting = [(row["id"], sort_name(row["name"]), customer_text(row)) for row in hub.rows("search.waiting")]
    if waiting:
        hub.run_many("search.forget", [(number,) for number, _, _ in waiting])
        hub.run_many("search.learn", [(number, words) for number, _, words in waiting])
        hub.run_many("search.named", [(name, number) for number, name, _ in waiting])
    return len(waiting)


def text_params(typed: str) -> dict[str, str]:
    """Give the parameters of a text search: patterns of up to four words, and of the whole for models and serials.

    Phone punctuation is dropped where the text can only be a phone number. Raises bad_value for text without a word.
    """
    from hubcli.errors import bad_value

    if len(typed) > 500:
        raise bad_value("text", typed, "is too long to search for: at most 500 characters")
    folded = text.fold(typed).strip()
    if not folded:
        raise bad_value("text", typed, "holds nothing to search for")
    words = [phones.needle(typed)] if phones.looks_like(typed) else folded.split()
    words = [*words[:3], " ".join(words[3:])] if len(words) > 4 else words
    params = {"text": pattern(folded), "plain": folded, "serial": serial_pattern(folded)}
    for place, word in enumerate(words, 1):
        params |= {f"word_{place}": pattern(word), f"plain_{place}": word}
    return params


def pattern(folded: str) -> str:
    """Give a LIKE pattern that holds the text anywhere, LIKE's own characters standing for any one character."""
    return "%" + folded.replace("%", "_") + "%"


def serial_pattern(folded: str) -> str:
    """Give the start of a serial number as its key is kept: capitals without spaces and hyphens."""
    return folded.replace(" ", "").replace("-", "").replace("%", "_").upper() + "%"
