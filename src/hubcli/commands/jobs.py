"""Jobs that cron runs: silent when nothing changed, one line and one undo when something did."""

from hubcli.command import CHANGE_COLUMNS, Run
from hubcli.counts import Count
from hubcli.operations import history, stale
from hubcli.render import Column, Listing, Record
from hubcli.values import dates

ARCHIVED = (
    Column("archived", "count"),
    Column("idle_since", "date"),
    Column("skipped_active", "count"),
    Column("skipped_credit", "count"),
    Column("change", "ref", prefix="H"),
)


def archive_stale(run: Run, age: str, expect_max: int | None) -> Record | Listing | str | None:
    """Archive customers without activity for `age` as one change set; only one run at a time."""
    before = dates.age(age, run.today, "--stale").isoformat()
    run.hub.job(stale.JOB)
    if run.interactive:
        run.confirm_count(len(stale.planned(run.hub, before, expect_max)[0]), "archive")
    outcome = run.change(lambda hub: stale.archive(hub, before, expect_max))
    found: stale.Stale = outcome.result
    skipped = "; ".join(f"{why}: {count}" for why, count in sorted(found.skipped.items()))
    if run.verbose:
        run.say(f"idle since before {before}: {found.archived} to archive; skipped {skipped or 'none'}")
    if outcome.dry_run:
        rows = [row for row in history.diff_rows(outcome.diff) if row[1] == "status"]
        run.tell(f"dry run: {found.archived} customers would be archived; skipped {skipped or 'none'}")
        return (
            Listing(CHANGE_COLUMNS, rows, name="customers to archive")
            if rows or run.output().format != "auto"
            else None
        )
    if outcome.change is None:
        return None
    active, credit = found.skipped["active quotes or orders"], found.skipped["customer credit"]
    if run.output().format != "auto" or run.options.get("output"):
        return Record(ARCHIVED, (found.archived, before, active, credit, outcome.change))
    told = f"; skipped {skipped}" if skipped else ""
    return f"archived {Count(found.archived):customer} idle since before {before} (H{outcome.change}){told}\n"
