"""Keeps the search index: folds the words of the rows that wait for it and writes them before each commit.

Folding is Python's work (case, accents, ø, ß by values.text.fold), so that every engine finds the same.
"""

from collections.abc import Mapping, Sequence
from math import isqrt
from typing import TYPE_CHECKING, Any

from hubcli import queries
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
    words.sort(key=len, reverse=True)  # the first is the one that the index looks up
    digits = phones.part(typed)
    serial = serial_key(folded)
    params = {"text": containing(folded), "plain": folded, "serial": serial_pattern(folded)}
    params |= {"serial_from": serial, "serial_to": serial + "\U0010ffff"}
    params |= {f"plain_{place}": word for place, word in enumerate(words, 1)}
    if digits not in {"", folded}:
        params |= {"digits": digits, "digits_1": pattern(digits)}  # besides the words: a phone is kept without spaces
    if max(map(len, words[0].replace("%", "_").split("_"))) >= 3:
        params["word_1"] = pattern(words[0])  # long enough for the index
    return params


def pattern(folded: str) -> str:
    """Give a LIKE pattern that holds the text anywhere, LIKE's own characters standing for any one character."""
    return "%" + folded.replace("%", "_") + "%"


def containing(folded: str) -> str:
    """Give a LIKE … ESCAPE pattern that holds exactly this text anywhere; not for the trigram table."""
    return f"%{_literal(folded)}%"


def _literal(text_: str) -> str:
    """Give a text with LIKE's own characters escaped by a backslash."""
    return text_.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def serial_pattern(folded: str) -> str:
    """Give a LIKE … ESCAPE pattern for the start of a serial number's key."""
    return f"{_literal(serial_key(folded))}%"


def serial_key(folded: str) -> str:
    """Give a serial number as its key is kept: capitals without spaces and hyphens."""
    return folded.replace(" ", "").replace("-", "").upper()


# ------------------------------------------------------------------------------------------- narrowing a search down

FEW = 5_000
"""So many customers are sorted in a moment; above that, the first of them are found by walking in order."""
MOST = 20_000
"""No more are looked up first, however many other filters there are."""
NARROWING = (
    "phone_tail", "zip", "any_zip", "zip_from", "ordered", "archived", "city", "owes", "manager", "idle", "changed",
    "own_values",
)  # fmt: skip
"""Blocks of narrowing.sql, each for the filter of its name: the most telling first."""
RARE = ("phone_tail", "serials", "candidates")
"""Those of them that leave few nearly always: not worth counting first."""
OTHERS = (
    "kind", "type", "source", "stage", "found_us", "manager", "zip", "zip_from", "city", "state", "ordered_from",
    "bought", "bought_then", "owes", "idle_since", "has_credit", "on_hold", "company", "street",
    "own_values",
)  # fmt: skip
"""Filters that leave part of the customers; `MANY` of them together leave too few for a walk to stop early."""
MANY = 4
WALKS = {"": "by_name", "lifetime_value": "by_value", "last_order_on": "by_last_order"}
"""The index that gives rows in the order of a column, or in the usual order."""
_GIVEN_BY = {
    "ordered": ("ordered_from", "ordered_to"),
    "archived": ("archived_from", "archived_to"),
    "idle": ("idle_since",),
    "changed": ("changed_after",),
}


def narrowed(hub: "Hub", params: Mapping[str, object], sort: str | None = None, *, few: bool) -> dict[str, object]:
    """Give the filters of a search of customers in the form that suits how many they leave.

    Where one filter alone leaves few, its customers are looked up first (`among`) and the others tested on them. Where
    none does and only the first rows are wanted (`few`), rows come in the order of an index (`by_name` …): either way
    the time hardly grows with the customers, and what is found is the same. With `whole` among the filters all rows are
    going to be read: in the order in which they lie in the file, and sorted at the end, which takes half the time.
    """
    fitted = dict(params)
    whole = fitted.pop("whole", False)
    given = [name for name in NARROWING if any(queries.present(fitted.get(k)) for k in _GIVEN_BY.get(name, (name,)))]
    others = sum(queries.present(fitted.get(name)) for name in OTHERS)
    if given == ["phone_tail"] and not others and params.get("text") is None:
        return fitted | {"narrow": True}  # its three indexes serve as they are
    found = _found(hub, fitted, given, others)
    if found is not None:
        return fitted | {"among": sorted(found) or [0], "narrow": True}
    if others >= MANY and (given or params.get("text") is not None):
        return {**params, "narrow": True}
    if few and not (fitted.get("zip_exact") or fitted.get("numbered")):
        walk = WALKS.get((sort or "").split(",")[0].strip().removeprefix("-"))
        return fitted | {"narrow": True} | ({walk: True} if walk else {})
    plain = not (given or others or params.get("text") or params.get("phone"))
    return fitted | {"narrow": True} | ({"by_id": True} if whole and plain else {})


def _found(hub: "Hub", fitted: dict[str, object], given: Sequence[str], others: int) -> set[int] | None:
    """Give the customers that the first telling filter leaves; None when no filter leaves few."""
    searched, dialled = fitted.get("text") is not None, queries.present(fitted.get("phone"))
    if not (given or searched or dialled):
        return None
    limit = _limit(hub)
    wide = min(MOST, limit * (1 + others))
    found = _of_text(hub, fitted, wide) if searched else None
    if found is None and dialled and "phone_tail" not in given:
        found = _dialled(hub, fitted, wide)
    for name in given:
        if found is not None:
            break
        found = _few(hub, f"narrowing.{name}", fitted, min(MOST, limit * max(1, others)))
    return found


def _dialled(hub: "Hub", params: Mapping[str, object], limit: int) -> set[int] | None:
    """Give the customers whose text holds one of the numbers dialled; None when they are more than a few."""
    found: set[int] = set()
    patterns: Any = params["phone"]
    for number in patterns:
        some = _few(hub, "search.candidates", {"trigrams": trigrams([number.strip("%")])}, limit)
        if some is None:
            return None
        found |= some
    return found if len(found) <= limit else None


def _limit(hub: "Hub") -> int:
    """Give how many customers are few: where looking them all up costs what walking to the first of them does."""
    last = hub.one("narrowing.last")
    return min(FEW, max(200, 5 * isqrt((last and last["id"]) or 0)))


def _few(hub: "Hub", block: str, params: Mapping[str, object], limit: int) -> set[int] | None:
    """Give the customers of a block of narrowing.sql; None when they are more than a few."""
    if block.partition(".")[2] not in RARE and hub.one(block, {**params, "most": 1, "skip": limit}) is not None:
        return None
    found = [row[0] for row in hub.rows(block, {**params, "most": limit + 1, "skip": 0})]
    return set(found) if len(found) <= limit else None


def _of_text(hub: "Hub", params: dict[str, Any], limit: int) -> set[int] | None:
    """Turn a text into tests of one customer (`words`, `terms`, `holders`); give the customers it leaves if few."""
    terms = [row[0] for row in hub.rows("narrowing.terms", params)]
    holders = _few(hub, "narrowing.serials", params, limit)
    if holders is None or len(terms) > FEW:
        return None  # a text that says next to nothing: searched as it stands
    params |= {"text": None, "words": True, "terms": terms, "holders": sorted(holders)}
    buyers = _few(hub, "narrowing.lines", params, limit) if terms else set()
    if buyers is None:
        return None
    wanted = trigrams([str(params[key]) for key in ("plain_1", "plain_2", "plain_3", "plain_4") if key in params])
    named = _few(hub, "search.candidates" if wanted else "search.scanned", {**params, "trigrams": wanted}, limit)
    if named is not None and "digits" in params:
        named = _union(named, _few(hub, "search.candidates", {"trigrams": trigrams([str(params["digits"])])}, limit))
    numbered = {params["numbered"]} if params.get("numbered") is not None else set()
    return None if named is None else named | buyers | holders | numbered


def _union(found: set[int], others: set[int] | None) -> set[int] | None:
    """Give both; None when the others are more than a few."""
    return None if others is None else found | others


def trigrams(words: Sequence[str]) -> str:
    """Give a search of the index for the trigrams of every word; empty when no word has three characters."""
    found = dict.fromkeys(word[at : at + 3] for word in words for at in range(len(word) - 2))
    return " ".join('"' + three.replace('"', '""') + '"' for three in list(found)[:24] if "\0" not in three)
