"""Words of the domain: any case and spacing, near ones named."""

import pytest

from hubcli.counts import Count
from hubcli.errors import HubError
from hubcli.values import words

TYPES = ("luxury", "average", "budget-friendly")


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("Luxury", "luxury"),
        ("budget friendly", "budget-friendly"),
        ("BUDGET_FRIENDLY", "budget-friendly"),
        (" average ", "average"),
    ],
)
def test_choose(typed: str, word: str) -> None:
    assert words.choose(typed, TYPES, "type") == word


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("luxry", "'luxry' is not known: did you mean luxury? It can be luxury, average or budget-friendly"),
        ("b", "'b' is not known: did you mean budget-friendly? It can be luxury, average or budget-friendly"),
        ("", "'' is not known: it can be luxury, average or budget-friendly"),
        ("zzz", "'zzz' is not known: it can be luxury, average or budget-friendly"),
    ],
)
def test_choose_names_the_near_and_all_allowed(typed: str, rule: str) -> None:
    with pytest.raises(HubError) as caught:
        words.choose(typed, TYPES, "type")
    assert caught.value.message == f"type: {rule}"
    assert caught.value.exit == 2


def test_near_puts_beginnings_first() -> None:
    assert words.near("in", ["website", "in-store", "internal"], 2) == ["in-store", "internal"]
    assert words.near("muler", ["Müller", "Miller", "Garcia"])[0] == "Müller"
    assert words.near("xyz", []) == []


def test_a_count_says_what_it_counts() -> None:
    told = [f"{Count(n):change set}" for n in (0, 1, 2, 1200)]
    assert told == ["0 change sets", "1 change set", "2 change sets", "1,200 change sets"]
    assert (f"{Count(7)}", f"{Count(7):03d}", f"{Count(1200):,}") == ("7", "007", "1,200")
    assert HubError("still_managing", login="pat", name="Pat", count=1).message.endswith("manager of 1 customer")
