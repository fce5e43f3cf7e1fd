"""The filters of customers, shared by search, list, export and the bulk commands: options in, parameters out.

A new filter is an option here, a line that turns what was typed into a parameter, and a line in sql/customers.sql.
"""

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Annotated, Any

from typer import Argument, Option

from hubcli import queries
from hubcli.command import Run
from hubcli.errors import HubError, bad_value
from hubcli.operations import refs
from hubcli.values import dates, money, phones, text, words

KINDS = ("individual", "company")
TYPES = ("luxury", "average", "budget-friendly")
SOURCES = ("website", "in-store")
STAGES = ("lead", "first-time", "repeat")
STATUSES = ("active", "archived", "deleted", "spam", "all")
MISSING = ("mobile", "email", "zip", "fields")

SELECTIVE = (
    "zip", "zip_from", "phone_tail", "bought", "serial_number", "street", "city", "any_zip", "changed_after",
    "own_values",
)  # fmt: skip
"""Filters that leave few customers: with one of them the status is looked at last, not first."""

SHOWN = {"fields": "--fields", "sort": "--sort"}
"""What a view keeps besides filters: which columns are shown, in which order the rows."""

SAME = {"zip": "billing_zip", "billing_zip": "zip"}
"""Columns that a list calls one way and the export another: either name does in both."""

Words = list[str] | None
Spans = tuple[list[str], list[str]]
"""First days and last days, side by side."""


def customer_filters(
    run: Run,
    *,
    zip: Annotated[Words, Option("--zip", metavar="Z", help="billing ZIP: first five digits, ZIP+4 first")] = None,
    phone: Annotated[
        Words, Option("--phone", metavar="P", help="any of the phones, or a part of one, however typed")
    ] = None,
    type: Annotated[Words, Option("--type", metavar="T", help="luxury, average or budget-friendly")] = None,
    source: Annotated[Words, Option("--source", metavar="S", help="website or in-store")] = None,
    stage: Annotated[Words, Option("--stage", metavar="S", help="lead, first-time or repeat")] = None,
    found_us: Annotated[Words, Option("--found-us", metavar="T", help="how they heard of the shop")] = None,
    ordered: Annotated[Words, Option("--ordered", metavar="RANGE", help="placed an order then")] = None,
    bought: Annotated[Words, Option("--bought", metavar="TEXT", help="ordered such a model (in --ordered)")] = None,
    kind: Annotated[Words, Option("--kind", metavar="K", help="individual or company")] = None,
    manager: Annotated[Words, Option("--manager", metavar="STAFF", help="account manager; none for nobody")] = None,
    status: Annotated[Words, Option("--status", metavar="S", help="active, archived, deleted, spam or all")] = None,
    company: Annotated[Words, Option("--company", metavar="REF", help="the company they belong to")] = None,
    on_hold: Annotated[bool, Option("--on-hold", help="may not buy at present")] = False,
    consent: Annotated[Words, Option("--consent", metavar="yes|no", help="agreed to the use of data")] = None,
    street: Annotated[Words, Option("--street", metavar="TEXT", help="part of any address, former ones too")] = None,
    city: Annotated[Words, Option("--city", metavar="TEXT", help="the city of any address")] = None,
    state: Annotated[Words, Option("--state", metavar="ST", help="the state of any address")] = None,
    any_zip: Annotated[Words, Option("--any-zip", metavar="Z", help="the ZIP of any address")] = None,
    serial: Annotated[Words, Option("--serial", metavar="TEXT", help="the start of a serial number")] = None,
    missing: Annotated[
        Words,
        Option(
            "--missing",
            metavar="WHAT",
            help="has no mobile, email or zip, or lacks required fields",
        ),
    ] = None,
    field: Annotated[
        Words, Option("--field", metavar="NAME=V", help="what a field of the shop's own holds; NAME= for nothing")
    ] = None,
    owes: Annotated[Words, Option("--owes", metavar="[MIN]", help="owes money, or at least so much")] = None,
    overdue: Annotated[bool, Option("--overdue", help="has something past due")] = False,
    near_limit: Annotated[bool, Option("--near-limit", help="uses 90 % of the credit line or more")] = False,
    over_limit: Annotated[bool, Option("--over-limit", help="uses more than the credit line holds")] = False,
    has_credit: Annotated[bool, Option("--has-credit", help="has customer credit")] = False,
    idle: Annotated[Words, Option("--idle", metavar="AGE", help="no activity for so long, such as 365d")] = None,
    archived: Annotated[Words, Option("--archived", metavar="RANGE", help="archived then")] = None,
    archived_by: Annotated[Words, Option("--archived-by", metavar="WHO", help="archived by")] = None,
    changed_since: Annotated[Words, Option("--changed-since", metavar="H|D", help="changed after it")] = None,
) -> dict[str, object]:
    """Give the parameters of block customers.conditions; raise HubError for a value that does not hold."""
    params: dict[str, object] = {
        "kind": chosen(kind, KINDS, "--kind"),
        "type": chosen(type, TYPES, "--type"),
        "source": chosen(source, SOURCES, "--source"),
        "stage": chosen(stage, STAGES, "--stage"),
        "found_us": [_found_us(run, text.name(word, "--found-us")) for word in found_us or []],
        "on_hold": on_hold or None,
        "has_credit": has_credit or None,
        "owes": min((money.parse(least, "--owes") for least in owes or []), default=None),
        "overdue_on": str(run.today) if overdue else None,
        "over_limit": over_limit or None,
        "near_limit": near_limit or None,
        "consent": _consent(run, consent),
        "state": [text.name(code, "--state").upper() for code in state or []],
        "archived_by": by_whom(run, archived_by),
        "street": _contains(street, "--street"),
        "bought": _contains(bought, "--bought"),
        "city": [text.fold(text.name(name, "--city")) for name in city or []],
        "idle_since": max((dates.age(age, run.today, "--idle").isoformat() for age in idle or []), default=None),
    }
    params |= _statuses(status, archived=bool(archived or archived_by)) | _managers(run, manager)
    params |= _zips(zip, any_zip) | _phone(phone) | _serial(serial) | _company(run, company)
    params |= _ordered(run, ordered, bought) | _archived(run, archived) | changed_params(run, changed_since)
    params |= {f"missing_{word}": True for word in chosen(missing, MISSING, "--missing")} | _own(run, field)
    return params | {"missing": bool(missing), "narrow": any(queries.present(params.get(name)) for name in SELECTIVE)}


Texts = Annotated[
    list[str] | None,
    Argument(metavar="[TEXT|@VIEW]...", help="part of a name, company, e-mail, phone, model; or a view"),
]

Refs = Annotated[
    list[str] | None,
    Argument(metavar="[REF|@VIEW]...", help="C12, e-mail, phone, name; - reads them from stdin; or a view"),
]


def customer_query(run: Run, *, text: list[str] | None = None, **given: Any) -> dict[str, object]:
    """Give the parameters of every filter, of the words searched for and of a saved view (@name) among them.

    A view is put in where its name stands, before anything typed is looked at: its words are read as if they were
    typed now, so that its dates move along. An option typed beside it takes the place of the view's own; words typed
    beside it are searched for with the view's. Nothing needs the view before the options are split, so the database
    is opened once, by the command itself, and Typer knows nothing of views.
    """
    given, searched = with_view(run, given, text or [])
    shown = {key: given.pop(key) for key in SHOWN if key in given}
    params = customer_filters(run, **given)
    if searched:
        from hubcli.search import text_params

        words_searched = " ".join(searched)
        params |= text_params(words_searched) | {"numbered": _numbered(run, words_searched), "narrow": True}
    return params | {"view": shown | {"name": next(filter(is_view, text or []), "")}}


def _numbered(run: Run, typed: str) -> int | None:
    """Give the customer whose number a text is, such as C27, or whose quote or order, Q3; None for any other text."""
    number = typed[1:]
    if typed[:1].upper() not in {"C", "Q", "O"} or not (number.isdecimal() and number.isascii()) or len(number) > 15:
        return None
    row = run.hub.one("find.customer", {"letter": typed[0].upper(), "number": int(number)})
    return None if row is None else int(row["customer"])


def as_saved(run: Run, query: Mapping[str, object], columns: Callable[[], Iterable[str]]) -> dict[str, object]:
    """Give the parameters of customer_query; the view's columns and order hold where none are typed.

    Raise view_column for one that is not here, neither under that name nor under the one of a list or an export.
    """
    view: Any = query.get("view") or {}
    typed = {key: value for key, value in run.options.items() if value is not None}
    shown = {key: value for key, value in (view | typed).items() if key in SHOWN}
    if shown:
        there = {*columns()}
        named = {key: [_called(word.strip(), there) for word in value.split(",")] for key, value in shown.items()}
        for key, words_shown in named.items():
            here = [word for word in words_shown if word.removeprefix("-") in there]
            if key not in typed and here != words_shown:
                missing = next(word for word in words_shown if word not in here)
                instead = f"hub {run.command} {view['name']} {SHOWN[key]} {','.join(here) or next(iter(there))}"
                raise HubError("view_column", tries=(instead,), column=missing, view=view["name"], of=run.command)
        run.options = typed | {key: ",".join(words_shown) for key, words_shown in named.items()}
    return {key: value for key, value in query.items() if key != "view"}


def _called(word: str, there: Collection[str]) -> str:
    """Give a column, with a minus before it or not, as it is called here."""
    name = word.removeprefix("-")
    same = SAME.get(name)
    return word if name in there or same is None or same not in there else word.replace(name, same)


def _query_signature() -> inspect.Signature:
    """Give the options of customer_filters with the words to search for before them, for the decorator to read."""
    run, *filters = inspect.signature(customer_filters).parameters.values()
    words_typed = inspect.Parameter("text", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Texts)
    return inspect.Signature([run, words_typed, *filters])


customer_query.__signature__ = _query_signature()  # type: ignore[attr-defined]


def customers_meant(run: Run, *, refs: list[str] | None = None, **given: Any) -> dict[str, object]:
    """Give the parameters of the filters, and the customers named beside them as `refs`.

    A view among those is put in, as customer_query does, and `refs` is empty; raise bad_value for others beside it.
    """
    named = refs or []
    if not any(map(is_view, named)):
        return customer_filters(run, **given) | {"refs": named}
    if not all(map(is_view, named)):
        raise bad_value("REF", " ".join(named), "are customers beside a view: name either")
    return customer_query(run, text=named, **given) | {"refs": [], "view": True}


def _meant_signature() -> inspect.Signature:
    """Give the options of customer_filters with the customers named before them, for the decorator to read."""
    run, *filters = inspect.signature(customer_filters).parameters.values()
    named = inspect.Parameter("refs", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Refs)
    return inspect.Signature([run, named, *filters])


customers_meant.__signature__ = _meant_signature()  # type: ignore[attr-defined]


def with_view(run: Run, given: Mapping[str, Any], searched: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Give the options and words with those of the @view among the words put in; raise no_such_view, bad_value."""
    viewed = [word for word in searched if is_view(word)]
    if not viewed:
        return dict(given), searched
    from hubcli.operations import views

    if len(viewed) > 1:
        raise bad_value("text", " ".join(viewed), "are several views: name one")
    arguments = views.find(run.hub, viewed[0])["arguments"]
    names, flags, repeated = option_names()
    kept, words_kept = views.from_words(names | SHOWN, flags, repeated, views.words_of(arguments))
    typed = {key: value for key, value in given.items() if value is not None and value is not False and value != []}
    return kept | typed, [*words_kept, *(word for word in searched if word not in viewed)]


def is_view(word: str) -> bool:
    """Tell whether a word names a view, as @vip does; @example.com is text to search for."""
    from hubcli.operations import views

    return word.startswith("@") and views.is_name(word[1:])


def option_names() -> tuple[dict[str, str], list[str], list[str]]:
    """Give the options of the filters by key, and the keys of those without a value and of those with several."""
    _, *filters = inspect.signature(customer_filters).parameters.values()
    names = {p.name: str(p.annotation.__metadata__[0].default) for p in filters}  # where Typer first puts "--zip"
    flags = [p.name for p in filters if p.annotation.__origin__ is bool]
    return names, flags, [p.name for p in filters if p.annotation.__origin__ == Words]


def chosen(given: Words, allowed: tuple[str, ...], option: str) -> list[str]:
    """Give the words of a repeated option in their one form, each once; raise bad_value for any other."""
    return list(dict.fromkeys(words.choose(word, allowed, option) for word in given or []))


def _statuses(given: Words, *, archived: bool) -> dict[str, object]:
    wanted = chosen(given, STATUSES, "--status")
    if "all" in wanted:
        return {"status": ["active", "archived", "deleted", "spam"]}
    return {"status": wanted or (["archived"] if archived else ["active"])}


def _managers(run: Run, given: Words) -> dict[str, object]:
    names = [name for name in given or [] if name.lower() != "none"]
    managers = [refs.staff(run.hub, name) for name in names]
    return {"manager": managers, "no_manager": len(names) < len(given or [])}


def _consent(run: Run, given: Words) -> list[int]:
    """Read --consent; raise a refusal where the shop takes none down."""
    if not given:
        return []
    from hubcli.operations.customers import access

    agreed = [int(word == "yes") for word in chosen(given, ("no", "yes"), "--consent")]
    access.check_capture(run.hub)
    return agreed


def _zips(given: Words, any_zip: Words) -> dict[str, object]:
    """Give the keys of ZIPs; with the first three of a Canadian code among them all are looked up as ranges."""
    found = [_zip_key(code, "--zip") for code in given or []]
    keys = [key for key, _ in found]
    params: dict[str, object] = {"zip": keys, "zip_exact": [exact for _, exact in found if exact]}
    if any(map(_is_area, keys)):
        params |= {"zip": [], "zip_from": keys}
        params["zip_to"] = [key[:-1] + chr(ord(key[-1]) + 1) if _is_area(key) else key + " " for key in keys]
    return params | {"any_zip": [_zip_key(code, "--any-zip")[0] for code in any_zip or []]}


def _is_area(key: str) -> bool:
    """Tell whether a key is the first three characters of a code such as M5V 2T6, which stand for its area."""
    return len(key) == 3 and key[0].isalpha()


def _zip_key(typed: str, option: str) -> tuple[str, str | None]:
    """Give what is compared, and the ZIP+4 whose holders come first."""
    code = text.name(typed, option, 12).upper()
    digits = code.replace("-", "").replace(" ", "")
    if digits.isdecimal() and len(digits) == 9:
        return digits[:5], f"{digits[:5]}-{digits[5:]}"
    if not digits.isalnum() or digits.isalpha():
        raise bad_value(option, typed, "is no ZIP: write five digits, ZIP+4, or the code as its country writes it")
    return code.replace(" ", ""), None


def _phone(given: Words) -> dict[str, object]:
    """Give the patterns of numbers and parts of them; the index of last digits serves when all are whole numbers."""
    needles = [phones.part(typed) or phones.needle(typed) for typed in given or []]
    for typed, needle in zip(given or [], needles, strict=True):
        if len(needle) < phones.LEAST:
            raise bad_value("--phone", typed, "has too few digits to search for: write at least 3")
    whole = all(len(needle) >= phones.WHOLE for needle in needles)
    tails = [phones.tail(needle) for needle in needles] if whole else []
    return {"phone": [f"%{one}" if len(one) >= phones.WHOLE else f"%{one}%" for one in needles], "phone_tail": tails}


def _serial(given: Words) -> dict[str, object]:
    from hubcli import search

    keys = [text.fold(text.name(typed, "--serial", code=True)) for typed in given or []]
    return {"serial_number": [search.serial_pattern(key) for key in keys]}


def _own(run: Run, pairs: Words) -> dict[str, object]:
    from hubcli.operations.customers import access

    return access.having(run.hub, pairs) if pairs else {}


def _contains(given: Words, option: str) -> list[str]:
    from hubcli import search

    return [search.containing(text.fold(text.name(typed, option))) for typed in given or []]


def days(run: Run, given: Words, option: str, *, told: bool = True) -> Spans:
    """Give the first and the last days of the ranges of an option, an open end far off; tell what they were read as."""
    spans = [dates.day_range(typed, run.today, option) for typed in given or []]
    for span in spans if told else ():
        run.tell(f"{option.removeprefix('--')} {dates.show_range(span)}")
    return [str(first or dates.FIRST) for first, _ in spans], [str(last or dates.LAST) for _, last in spans]


def instants(run: Run, given: Words, option: str) -> Spans:
    """Give the first and the last instants of the ranges of an option, by the shop's clock."""
    from datetime import date

    from hubcli.values import clock

    first, last = days(run, given, option, told=False)
    begun = [day if day == str(dates.FIRST) else clock.instant(day, run.today, run.hub.zone, option) for day in first]
    ends = [day if day == str(dates.LAST) else clock.end_of(date.fromisoformat(day), run.hub.zone) for day in last]
    return begun, ends


def of_customers(run: Run, given: Words) -> list[int]:
    """Give the numbers of the customers that a repeated option names."""
    from hubcli.commands import targets

    return [targets.customer(run, ref) for ref in given or []]


def by_whom(run: Run, given: Words) -> list[str]:
    """Give the names that a repeated option names as whose work it is."""
    return [refs.actor(run.hub, name) for name in given or []]


def _found_us(run: Run, word: str) -> str:
    """Give what customers found the shop by, in any case; say so where none did, for it may be a slip."""
    if run.hub.one("customers.found_us", {"word": word}) is None:
        close = words.near(word, [str(row["word"]) for row in run.hub.rows("customers.found_us")])
        hint = f"; did you mean {', '.join(map(text.visible, close))}?" if close else ""
        run.say(f"no customer found the shop by {text.visible(word)}{hint}")
    return word


def _ordered(run: Run, ordered: Words, bought: Words) -> dict[str, object]:
    """Give the order days; a model bought must then stand on an order of those days."""
    if not ordered:
        return {}
    first, last = days(run, ordered, "--ordered")
    then: dict[str, object] = {"ordered_from": first, "ordered_to": last}
    return then | ({"bought": [], "bought_then": _contains(bought, "--bought")} if bought else {})


def _archived(run: Run, archived: Words) -> dict[str, object]:
    first, last = instants(run, archived, "--archived")
    return {"archived_from": first, "archived_to": last}


def changed_params(run: Run, given: Words, option: str = "--changed-since") -> dict[str, object]:
    """Give what --changed-since asks for: after a change set (H12), or from a moment on; raise bad_value."""
    from hubcli.values import clock

    numbers = [refs.change(run.hub, int(since[1:])) for since in given or [] if _is_change(since)]
    times = [since for since in given or [] if not _is_change(since)]
    instants = [clock.instant(since, run.today, run.hub.zone, option) for since in times]
    return {"changed_after": min(numbers, default=None), "changed_at": min(instants, default=None)}


def _is_change(since: str) -> bool:
    return since[:1] in {"H", "h"} and since[1:].isdecimal() and since.isascii() and len(since) < 17


def _company(run: Run, given: Words) -> dict[str, object]:
    """Give the parameters for companies: their linked contacts and who typed their names.

    A name that customers were given needs no record; raise not_found for any other without one.
    """
    names: list[str] = []
    numbers: list[int] = []
    for ref in given or []:
        try:
            numbers.append(refs.customer(run.hub, ref))
        except HubError as error:
            named = text.name(ref, "--company").lower()
            if error.slug != "not_found" or run.hub.one("customers.company_named", {"name": named}) is None:
                raise
            names.append(named)
        else:
            row = run.hub.one("customers.head", {"id": numbers[-1]})
            names += [str(row["company_name"] or row["name"]).lower()] if row else []
    return {"company": names, "company_id": numbers}
