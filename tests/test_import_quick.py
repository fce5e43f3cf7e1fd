"""The quick way of typing rows gives what the reader gives; workers give what one process would."""

import csv
import os
import signal
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from hubcli.errors import HubError
from hubcli.importing import mapper, open_table, workers
from hubcli.importing.batches import Typist
from hubcli.importing.delimited import Row
from hubcli.importing.profiles import load
from hubcli.importing.quick import FIELDS, Quick, in_order
from hubcli.importing.shelf import Shelf
from hubcli.importing.typed import Customer, Flaw, Flawed, Reader

PLACE = ("US", "2025-06-15", "2025-06-15T12:00:00.000Z")
HUB = ROOT / "samples" / "hub-customers.csv"


def slowly(found: dict[str, str], today: str = PLACE[1]) -> tuple[Customer | list[Flaw], list[Flaw]]:
    """Give what the reader makes of a row, or its flaws, and its doubts."""
    doubts: list[Flaw] = []
    try:
        return Reader("US", today, f"{today}T12:00:00.000Z", None, lambda _, flaw: doubts.append(flaw))(
            2, found
        ), doubts
    except Flawed as error:
        return error.flaws, doubts


VALUES = {
    "number": ["C12", "c7", "12", "0", "C", "C1234567890123456", "²"],
    "kind": ["individual", "company", "Company"],
    "status": ["active", "archived", "Deleted"],
    "company_name": ["Acme", "A  B", "Łódź", "x" * 61],
    "first_name": ["Ann", "Zoë", "İpek", "志明", "O`Neil", "e\u0301", "a\u00a8", "\u00ad"],
    "last_name": ["Lee", "Straße", "de la Cruz", "\u3164"],
    "building_code": ["B-1"],
    "mobile_phone": ["(312) 555-0123", "+13125550123", "1-312-555-0123", "312 555 0123 x4", "555-0123",
                     "+44 20 7946 0958"],
    "home_phone": ["3125550123", "312.555.0199", "none"],
    "alternate_phone": ["312-555-0123"],
    "email": ["Ann.Lee@x.test", "ann@x", "a@b-c.test", "ö@x.test", "ann@x.local", "ann..lee@x.test", "a_b+c@d.e.fg"],
    "billing_emails": ["a@x.test; A@x.test", "a@x.test;b@y.test", ";", "nobody"],
    "type": ["luxury", "LUXURY", "cheap"],
    "source": ["website", "web"],
    "found_us": ["Google"],
    "manager": ["Ellen"],
    "consent": ["yes", "no", "1"],
    "tax_exempt": ["no", "maybe"],
    "created_at": ["2024-02-03T10:00:00.000Z", "2024-02-03T10:00:00Z", "2024-02-30T10:00:00.000Z", "2024-02-03",
                   "2025-06-15T23:00:00.000Z", "2031-01-01T00:00:00.000Z", "2024-02-03T10:00:00.000+01:00"],
    "archived_at": ["2025-01-02T03:04:05.678Z", "yesterday"],
    "last_activity_on": ["2025-06-15", "2025-06-16", "1/2/2024"],
    "external_ids": ["shopify:1; old:2", "shopify:1; shopify:1", "1"],
    "billing_line1": ["1 Main St", "1 Maïn St"],
    "billing_line2": ["Apt 2"],
    "billing_city": ["Chicago", "São Paulo"],
    "billing_state": ["IL"],
    "billing_zip": ["60614", "60614-1234", "6061", "K1A 0B1"],
    "billing_country": ["US", "us", "Canada", "CA", "Narnia"],
    "delivery_label": ["Cabin"],
    "delivery_line1": ["2 Rear Ct"],
    "delivery_city": ["Gary"],
    "delivery_zip": ["46402"],
    "delivery_country": ["US", "CA"],
    "note": ["Rings twice"],
}  # fmt: skip
ROWS = st.fixed_dictionaries(
    {"kind": st.sampled_from(VALUES["kind"])},
    optional={name: st.sampled_from(values) for name, values in VALUES.items() if name != "kind"},
)
COMMON = st.fixed_dictionaries(
    {"kind": st.just("individual"), "last_name": st.sampled_from(["Lee", "Straße"])},
    optional={
        name: st.sampled_from(values[:1])
        for name, values in VALUES.items()
        if name not in ("kind", "last_name", "note")
    },
)


@given(st.one_of(ROWS, COMMON))
def test_the_quick_way_gives_what_the_reader_gives(found: dict[str, str]) -> None:
    quick = Quick(*PLACE, None)(2, in_order(found))
    if quick is not None:
        assert (quick, []) == slowly(found)


@given(COMMON)
def test_common_rows_go_the_quick_way(found: dict[str, str]) -> None:
    assert Quick(*PLACE, None)(2, in_order(found)) is not None


def test_a_sample_goes_the_quick_way() -> None:
    with open_table(HUB) as table:
        made = mapper(load("hub", "customers"), table.headers)
        rows = [made(cells) for _, cells in table]
    quick = Quick("US", "2026-01-01", "2026-01-01T12:00:00.000Z", None)
    typed = [quick(2, in_order(found)) for found in rows]
    assert sum(one is not None for one in typed) > 0.9 * len(rows)
    assert all((one, []) == slowly(found, "2026-01-01") for one, found in zip(typed, rows, strict=True) if one)


def test_picked_cells_are_mapped_cells() -> None:
    with open_table(HUB) as table:
        made, headers = mapper(load("hub", "customers"), table.headers), table.headers
        rows = [cells for _, cells in table]
    pick = made.picker(FIELDS)
    assert pick is not None
    odd = [[f" {cell}\t" if i % 2 else "  " for i, cell in enumerate(cells)] for cells in rows[:20]]
    for cells in (*rows, *odd, [""] * len(headers)):
        found = made(cells)
        if cells[headers.index("kind")].strip():
            assert tuple(pick(cells)) == in_order(found)
        else:
            assert not any(pick(cells)) or Quick(*PLACE, None)(2, pick(cells)) is None


@pytest.mark.parametrize(
    ("profile", "headers"),
    [
        ("hub", ["number", "first_name", "last_name"]),  # the kind is settled by what else there is
        ("shopify", ["First Name", "Last Name", "Email"]),
    ],
)
def test_cells_that_want_more_than_copying_are_not_picked(profile: str, headers: list[str]) -> None:
    assert mapper(load(profile, "customers"), headers).picker(FIELDS) is None


# ---------------------------------------------------------------------------------------------------------- in parallel


@pytest.fixture
def typist() -> Iterator[Typist]:
    with open_table(HUB) as table, Shelf() as shelf:
        yield Typist(mapper(load("hub", "customers"), table.headers), shelf, *PLACE, None)


def batches(size: int = 40) -> Iterator[list[Row]]:
    """Give the sample four times over, with a bad row and a doubtful one in each batch."""
    with HUB.open(encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    email, phone = header.index("email"), header.index("mobile_phone")
    for i, row in enumerate(rows):
        row[email] = "nobody" if i % 40 == 7 else row[email]
        row[phone] = "12345678" if i % 40 == 9 else row[phone]
    lines = iter(list(enumerate(rows * 4, 2)))
    return iter(lambda: list(islice(lines, size)), [])


def held(batch: workers.Made, shelf: Shelf) -> workers.Made:
    """Give what a batch came to with what its rows hold, and not where on the shelf that lies."""
    staged, *others = batch
    return [(*row, shelf.get(number)) for *row, number in staged], *others


def alike(found: Iterator[workers.Made], typist: Typist) -> None:
    expected = [held(tuple(typist(rows)), typist.shelf) for rows in batches()]
    assert repr([held(batch, typist.shelf) for batch in found]) == repr(expected)  # what is absent equals nothing
    assert all(batch[2] and batch[3] for batch in expected[:3])


def test_workers_give_what_one_process_gives(typist: Typist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    monkeypatch.setattr(workers, "ENOUGH", 2)
    alike(workers.each(typist, batches()), typist)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # none is left


@pytest.mark.parametrize("when", [1, 3])
def test_a_worker_that_is_killed_is_made_up_for(typist: Typist, monkeypatch: pytest.MonkeyPatch, when: int) -> None:
    started: list[int] = []
    fork = os.fork

    def forked() -> int:
        started.append(fork())
        return started[-1]

    def killing() -> Iterator[list[Row]]:
        for at, rows in enumerate(batches()):
            yield rows
            if at == when:
                os.kill(started[0], signal.SIGKILL)

    monkeypatch.setattr(workers, "_processors", lambda: 2)
    monkeypatch.setattr(workers, "ENOUGH", 2)
    monkeypatch.setattr(os, "fork", forked)
    alike(workers.each(typist, killing()), typist)


def test_neither_side_waits_for_the_other_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = [10, workers.SMALL - 100, workers.SMALL - 100, 10, 3_000_000, 10, 10, workers.SMALL * 2, 10] * 12
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    found = workers.each(lambda batch: (batch, b"a" * (2_000_000 - len(batch) // 2)), (b"q" * size for size in sizes))
    assert [(len(batch), len(answer)) for batch, answer in found] == [(size, 2_000_000 - size // 2) for size in sizes]


def test_what_goes_wrong_in_a_worker_is_told_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(rows: list[Row]) -> workers.Made:
        raise RuntimeError(len(rows))

    monkeypatch.setattr(workers, "_processors", lambda: 2)
    monkeypatch.setattr(workers, "ENOUGH", 2)
    with pytest.raises(RuntimeError, match="40"):
        list(workers.each(broken, batches()))


def test_a_small_file_needs_no_worker(typist: Typist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("forked"))
    assert len(list(workers.each(typist, batches(200)))) == len(list(batches(200))) < workers.ENOUGH
    assert list(workers.each(typist, [])) == []


# -------------------------------------------------------------------------------------------------------------- shelf


def test_what_is_shelved_is_there_for_every_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    monkeypatch.setattr(workers, "ENOUGH", 2)
    rows = [[f"{at}:{n}".encode() * n for n in range(5)] for at in range(20)]
    with Shelf() as shelf:
        for kept, (numbers,) in zip(rows, workers.each(lambda batch: (shelf.put(batch),), rows), strict=True):
            assert [shelf.get(number) for number in numbers] == kept
        assert {
            number % 3 for (numbers,) in workers.each(lambda batch: (shelf.put(batch),), rows) for number in numbers
        } == {1, 2}
        assert shelf.put([]) == []


def test_a_full_disk_is_said() -> None:
    with Shelf() as shelf, Path("/dev/full").open("w+b", buffering=0) as full:
        shelf._files[0] = full
        with pytest.raises(HubError) as caught:
            shelf.put([b"row"])
    assert caught.value.slug == "database_full"
