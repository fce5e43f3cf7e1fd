"""Takes what a file of customers holds in columns named after the shop's own fields, and consent for everybody in it.

A step beside the import itself, inside the same change set: a file without such columns never gets here.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.importing.delimited import Row
from hubcli.importing.typed import Flaw, flaw_of
from hubcli.operations.customers import access
from hubcli.operations.imports.report import Report
from hubcli.operations.imports.staging import into, put
from hubcli.queries import find
from hubcli.values import text

if TYPE_CHECKING:
    from hubcli.operations.imports.customers import Plan
    from hubcli.store import Hub

OWN = into("staged_own", 3)
HOW = "import"
"""How consent was given, where --consent-all says that the people of a file gave it."""


class Cells:
    """Keeps the cells of own columns while a file is staged, each checked as `hub customers field set` checks it."""

    def __init__(self, hub: "Hub", headers: Sequence[str], own: Sequence[str]) -> None:
        """Find the fields of these headers; the table that holds their cells is made, empty."""
        self.hub = hub
        self.flawed: dict[int, list[Flaw]] = {}
        rows = {text.fold(row["name"]): row for row in hub.rows("access.fields")}
        self._at = [(at, rows[text.fold(header)]) for at, header in enumerate(headers) if header in own]
        hub.stage(find("imports.stage_own"))
        hub.stage("DELETE FROM staged_own")

    def __call__(self, batch: Sequence[Row]) -> None:
        """Keep what some rows hold."""
        kept = []
        for line, cells in batch:
            for at, field in self._at:
                value = cells[at].strip() if at < len(cells) else ""
                if not value:
                    continue
                try:
                    kept.append((line, field["id"], access.check_value(field, value)))
                except HubError as error:
                    self.flawed.setdefault(line, []).append(flaw_of(error))
        put(self.hub, OWN, kept)

    def refuse(self, report: Report) -> None:
        """Reject the rows with a value that its field does not take, unless they are rejected already."""
        for line, flaws in self.flawed.items():
            if self.hub.one("imports.staged_line", {"line": line}) is not None:
                out(self.hub, line)
                report.reject(line, flaws)


def incomplete(hub: "Hub", report: Report) -> None:
    """Reject the new rows that lack a required field, or tell of them, as customers.required_fields has it."""
    hub.stage(find("imports.stage_own"))
    rows = groupby(list(hub.rows("imports.lacking")), key=lambda row: int(row["line"]))
    found = [(line, ", ".join(row["name"] for row in some)) for line, some in rows]
    if hub.setting(access.REQUIRED) == "warn":
        for line, names in found:
            report.warn(line, Flaw("new, without a required field", names))
    else:
        lacking = "a required field of the shop's own is empty, or not a column of the file"
        put(hub, find("imports.judge"), [(line, "reject", None, lacking, names) for line, names in found])


def out(hub: "Hub", line: int) -> None:
    """Take a row out of what is staged."""
    hub.stage(find("imports.stage_own"))
    for table in ("staged", "staged_ids", "staged_own"):
        hub.stage(f"DELETE FROM {table} WHERE line = {int(line)}")  # a name from the list above


# ------------------------------------------------------------------------------------------------------------ planning


def plan(hub: "Hub", plan: "Plan", report: Report, *, update: bool) -> None:
    """Plan what changes in the own fields of customers that are there: blank ones only, unless values are updated."""
    for row in hub.rows("imports.own_hits"):
        if row["old"] is not None and not update:
            report.warn(
                row["line"], Flaw("differs from hub and is kept (--on-match update takes the file's)", row["name"])
            )
            continue
        plan.own.append(row)
        plan.note(row["line"], row["name"])


def consent(hub: "Hub", plan: "Plan", report: Report, *, update: bool) -> None:
    """Plan the consent of customers that are there; one that was withdrawn stays so, unless values are updated."""
    for row in hub.rows("imports.consent_hits"):
        if row["consent"] is not None and not update:
            report.warn(row["line"], Flaw("consent: was refused or withdrawn here and stays so", f"C{row['id']}"))
            continue
        given: dict[str, Any] = {"consent": 1, "consent_on": hub.day.today, "consent_how": HOW}
        plan.fields.setdefault(row["id"], {}).update(given)
        plan.note(row["line"], "consent")


# ------------------------------------------------------------------------------------------------------------- writing


def write(hub: "Hub", plan: "Plan") -> None:
    """Write the own fields of new customers and of those that were there."""
    for row in plan.own:
        if row["value_id"] is None:
            values = {"customer_id": row["customer_id"], "field_id": row["field_id"], "value": row["value"]}
            hub.insert("field_values", values)
        else:
            hub.update("field_values", row["value_id"], {"value": row["value"]})
    hub.run("imports.own_born")


def consent_born(hub: "Hub", *, everybody: bool) -> None:
    """Note when and how new customers consented or refused: those whose row says it, the others too for `everybody`."""
    if access.captures(hub):
        hub.run("imports.consent_born", {"today": hub.day.today, "how": HOW, "said": not everybody or None})
