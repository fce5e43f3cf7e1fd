"""The state machine of the ledger finds bugs planted in a copy of hub: one by default, all with --all-rounds."""

import pytest

import planted_bugs

QUICK = ("wallet-floor",)


@pytest.mark.parametrize("name", planted_bugs.BUGS)
def test_the_machine_finds(name: str, request: pytest.FixtureRequest) -> None:
    if name not in QUICK and not request.config.getoption("--all-rounds"):
        pytest.skip("with --all-rounds")
    found, told = planted_bugs.hunt(name)
    assert found, told


@pytest.mark.parametrize("name", planted_bugs.BUGS)
def test_the_place_of_the_bug_is_still_there(name: str) -> None:
    """So that a planted bug does not quietly become none."""
    for file, right, _ in planted_bugs.BUGS[name].edits:
        assert right in (planted_bugs.ROOT / "src" / "hubcli" / file).read_text(encoding="utf-8"), file
