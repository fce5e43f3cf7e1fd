"""Asks for the fields of a customer one by one, on a terminal."""

from collections.abc import Collection, Mapping

from hubcli.command import Run
from hubcli.errors import HubError
from hubcli.operations.customers import fields, twins
from hubcli.values import text, words

QUESTIONS = {
    "kind": "Kind (individual or company)",
    "company_name": "Company",
    "first_name": "First name",
    "last_name": "Last name",
    "mobile_phone": "Mobile",
    "home_phone": "Home phone",
    "alternate_phone": "Alternate phone",
    "email": "E-mail",
    "billing_line1": "Street",
    "billing_line2": "Apartment, floor",
    "billing_city": "City",
    "billing_state": "State",
    "billing_country": "Country",
    "billing_zip": "ZIP",
    "type": "Type (luxury, average, budget-friendly)",
    "source": "Source (website, in-store)",
    "found_us": "How they found us",
    "manager": "Account manager",
}
TAKE_AWAY = "-"


class Opened(Exception):  # noqa: N818  # not an error: the person was found
    """The customer being entered is there already; its number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def ask_new(run: Run, country: str, require: str) -> dict[str, str]:
    """Ask for a new customer; raise Opened when the phone number leads to one that is there already."""
    run.say("New customer. Empty skips what is optional.")
    given = {"kind": _until_good(run, "kind", country, "individual", needed=True)}
    for name in QUESTIONS:
        if name == "kind" or _makes_no_sense(name, given):
            continue
        default = {"source": "in-store", "billing_country": country}.get(name, "")
        answer = _until_good(run, name, country, default, needed=_needed(name, given, require))
        if answer:
            given[name] = answer
        if name == "mobile_phone" and answer:
            _look_up(run, answer, country)
        if name == "billing_country":
            country = text.country(answer, name)
    return given


def ask_own(run: Run, given: Collection[str]) -> dict[str, str | None]:
    """Ask for the required fields of the shop's own that were not given, each until its answer fits."""
    from hubcli.operations.customers import access

    found: dict[str, str | None] = {}
    for row in run.hub.rows("access.fields"):
        while row["required"] and not row["retired"] and row["name"] not in {*given, *found}:
            answer = run.ask(row["name"])
            try:
                found[row["name"]] = access.check_value(row, answer)
            except HubError as error:
                run.say(str(error))
    return found


def _makes_no_sense(name: str, given: Mapping[str, str]) -> bool:
    """Tell whether a question is left out after the answers so far."""
    if name == "company_name":
        return given["kind"] != "company"
    if name == "billing_line2":
        return "billing_line1" not in given
    return name == "billing_country" and not {"billing_line1", "billing_city", "billing_state"} & given.keys()


def _needed(name: str, given: Mapping[str, str], require: str) -> bool:
    if name == "company_name":
        return True
    if name == "last_name":
        return given["kind"] != "company" and "first_name" not in given
    return name == "mobile_phone" and require == "mobile"


def ask_again(run: Run, country: str, present: Mapping[str, str]) -> dict[str, str | None]:
    """Ask for the fields of a customer with their present values; give those that were changed, None taken away."""
    run.say(f"Empty keeps what stands in brackets, {TAKE_AWAY} takes it away.")
    changed: dict[str, str | None] = {}
    for name in QUESTIONS:
        old = present.get(name, "")
        if name == "kind" or (name == "company_name" and present.get("kind") != "company"):
            continue
        answer = _until_good(run, name, country, old, needed=False)
        if name == "billing_country" and answer not in {"", TAKE_AWAY}:
            country = text.country(answer, name)
        if answer == TAKE_AWAY:
            changed[name] = None
        elif answer != old:
            changed[name] = answer
    return changed


def _until_good(run: Run, name: str, country: str, default: str, *, needed: bool) -> str:
    """Ask until the answer follows the rule of its field; an empty one skips where it may."""
    while True:
        answer = run.ask(QUESTIONS[name], default)
        if not answer and needed:
            run.say("  this one is needed")
            continue
        if not answer or answer in {default, TAKE_AWAY}:
            return answer
        try:
            fields.check(run.hub, name, answer, country)
        except HubError as error:
            run.say(f"  {error.message.partition(': ')[2] or error.message}")
        else:
            return words.choose(answer, fields.WORDS[name], name) if name in fields.WORDS else answer


def _look_up(run: Run, phone: str, country: str) -> None:
    """Show who has this number already and offer to open one of them; raise Opened."""
    columns = fields.read(run.hub, {"mobile_phone": phone}, country).columns
    found = twins.find(run.hub, columns)[: twins.SHOWN]
    if not found:
        return
    run.say("This number is there already:")
    try:
        place = run.choose("Open", [twin.told for twin in found])
    except HubError as error:
        if error.slug != "answered_no":
            raise
        return
    raise Opened(found[place].id)
