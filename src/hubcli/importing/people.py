"""What a mapped customer still needs: its kind, a name in two parts, and phones in the places that hub has."""

import re

_PARTICLES = frozenset({  # a last name begins with one of these
    "van", "von", "vom", "zu", "de", "da", "di", "do", "du", "del", "della", "der", "den", "des", "dos", "la", "le",
    "el", "al", "bin", "ibn", "ter", "ten",
})  # fmt: skip
_NOT_DIGITS = re.compile(r"\D+")
_PHONES = ("mobile_phone", "home_phone", "alternate_phone")


def split_name(name: str) -> tuple[str, str]:
    """Give (first, last) of a full name: at its comma, before a particle ("van der"), else before the last word."""
    if "," in name:
        last, _, first = (part.strip() for part in name.partition(","))
        return first, last
    words = name.split()
    if len(words) < 2:
        return name.strip(), ""
    at = next((i for i, word in enumerate(words[:-1]) if i and word in _PARTICLES), len(words) - 1)
    return " ".join(words[:at]), " ".join(words[at:])


def same_phone(one: str, other: str) -> bool:
    """Say whether two spellings are one number: all digits the same, or one only without its country code."""
    a, b = _NOT_DIGITS.sub("", one).lstrip("0"), _NOT_DIGITS.sub("", other).lstrip("0")
    return a == b or (min(len(a), len(b)) >= 7 and (a.endswith(b) or b.endswith(a)))


def place_phones(out: dict[str, str]) -> None:
    """Move the lines of `phone` to the free phone fields, mobile first; a fourth number goes into the note."""
    for number in out.pop("phone").split("\n"):
        taken = [out[field] for field in _PHONES if field in out]
        if any(same_phone(number, other) for other in taken):
            continue
        free = next((field for field in _PHONES if field not in out), None)
        if free:
            out[free] = number
        else:
            out["note"] = "\n".join(filter(None, (out.get("note"), f"Other phone: {number}")))


def finish_customer(out: dict[str, str], kind: str) -> None:
    """Settle kind and names in place: a company has a company name and no person's, unless the profile says."""
    if "phone" in out:
        place_phones(out)
    full = out.pop("full_name", "")
    if full and full != out.get("company_name") and not ("first_name" in out or "last_name" in out):
        _name(out, full)
    if not out.get("kind"):
        person = "first_name" in out or "last_name" in out
        out["kind"] = kind if kind != "auto" else "company" if "company_name" in out and not person else "individual"
    contact = out.pop("contact_name", "")
    if contact and not ("first_name" in out or "last_name" in out):
        _name(out, contact)


def _name(out: dict[str, str], name: str) -> None:
    first, last = split_name(name)
    out.update({field: part for field, part in (("first_name", first), ("last_name", last)) if part})
