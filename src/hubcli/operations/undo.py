"""Takes a change set back, as a new change set: every row is put back as it was, unless something changed it since.

What stands is compared by value: a field still as the change left it is put back; one that is already as it was
before is left alone; anything else is a conflict, and named. Money is never deleted: a ledger gets a reversing entry,
payments, refunds and returns end today.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli import changelog, schema
from hubcli.errors import HubError
from hubcli.operations import history, reversing
from hubcli.operations.payments import wallet

if TYPE_CHECKING:
    from hubcli.store import Hub

Key = tuple[str, int]
Fields = dict[str, Any]
Pick = Callable[[Any], bool]
INVOICED = frozenset({"invoice_number", "invoiced_on", "due_on"})
"""What making an invoice sets, which undo leaves alone: it stays made, so that its series has no gap."""


MONEY = ("payments", "refunds", "adjustments", "returns", "return_lines", "document_lines", "line_services")
"""Tables of rows that make up what is charged and paid on their document."""


class Conflict(NamedTuple):
    """A row that is not as the change left it."""

    subject: int | None
    record: str
    what: str


class Plan:
    """What to put back: rows to delete, rows to bring back, fields to set; and what stands in the way."""

    def __init__(self) -> None:
        self.deletes: dict[str, list[int]] = defaultdict(list)
        self.inserts: dict[str, list[Fields]] = defaultdict(list)
        self.updates: dict[str, dict[int, Fields]] = defaultdict(dict)
        self.reversals: list[int] = []
        self.endings: dict[str, list[int]] = defaultdict(list)
        self.born: set[int] = set()
        self.kept: set[int] = set()
        self.closings: list[int] = []
        self.conflicts: list[Conflict] = []
        self.documents: set[int] = set()
        self.exempt = ""

    @property
    def size(self) -> int:
        """How many rows it touches."""
        groups: tuple[Any, ...] = (self.deletes, self.inserts, self.updates, self.endings)
        return sum(len(rows) for group in groups for rows in group.values()) + len(self.reversals) + len(self.closings)


class Trace:
    """What one change did to one row: whether it was there before and after, and its fields at both ends."""

    __slots__ = ("after", "before", "born", "died", "subject")

    def __init__(self, subject: int | None) -> None:
        self.subject = subject
        self.born = False
        self.died = False
        self.before: Fields = {}
        self.after: Fields = {}

    def take(self, entry: Any) -> None:
        """Follow one more entry of the log."""
        operation, field = entry["operation"], entry["field"]
        if operation == "insert":
            self.born = self.born or not (self.before or self.died)
            self.died = False
            self.after |= changelog.image(entry["new"])
        elif operation == "delete":
            old = changelog.image(entry["old"])
            self.before = old | self.before
            self.died = True
        else:
            self.before.setdefault(field, changelog.value(entry["old"]))
            self.after[field] = changelog.value(entry["new"])


def header(hub: "Hub", number: int) -> Any:
    """Give the header of a change set that may be taken back; raise not_found or undo_exempt."""
    row = hub.one("changes.header", {"change": number})
    if row is None:
        raise HubError("not_found", what="change set", ref=f"H{number}", near="", tries=("hub changes list",))
    if row["opening"]:
        raise HubError("undo_exempt", change=number, why="it is the opening state of this database")
    return row


def last_own(hub: "Hub", kind: str) -> int:
    """Give this actor's own last change set on this terminal that still stands; kind is undo or redo."""
    row = hub.one(
        "changes.last_own",
        {"actor": hub.who.actor, "terminal": hub.who.terminal, "undo": kind == "undo", "redo": kind == "redo"},
    )
    if row is None:
        raise HubError("undo_nothing", what=kind)
    return int(row["id"])


def take_back(
    hub: "Hub", number: int, *, only: Iterable[int] = (), skip_conflicts: bool = False, pick: Pick | None = None
) -> tuple[int, Sequence[Conflict]]:
    """Put back what change set `number` changed, inside a change; give the rows put back and the conflicts skipped.

    `only` limits it to customers, `pick` to the entries that it says yes to.
    Raises undo_conflict (unless skipped), undo_exempt, undo_done.
    """
    plan = _plan(hub, number, set(only), pick)
    if plan.conflicts and not skip_conflicts:
        raise _refused(number, plan.conflicts)
    if not plan.size:
        if plan.conflicts:
            return 0, plan.conflicts
        if plan.exempt:
            raise HubError("undo_exempt", change=number, why=plan.exempt)
        by = hub.select("SELECT max(id) FROM changes WHERE undoes = ? AND seal IS NOT NULL", (number,))[0][0]
        if by is None:
            raise HubError("undo_exempt", change=number, why="it changed nothing of these customers")
        raise HubError("undo_done", change=number, by=by)
    before = _unsound(hub, plan.documents)
    _apply(hub, plan)
    worse = [conflict for conflict in _unsound(hub, plan.documents) if conflict not in before]
    if worse:
        raise _refused(number, worse)
    return plan.size, plan.conflicts


def _unsound(hub: "Hub", documents: set[int]) -> list[Conflict]:
    """Give what no act can come to, on these documents, such as more paid than charged."""
    found: list[Conflict] = []
    wanted = sorted(documents)
    for start in range(0, len(wanted), 500):
        rows = hub.rows("undo.unsound", {"documents": wanted[start : start + 500]})
        found += [Conflict(row["subject"], history.record_name(row["tbl"], row["row_id"]), row["what"]) for row in rows]
    return found


def _documents(hub: "Hub", by_table: dict[str, dict[int, Trace]]) -> set[int]:
    """Give the documents whose money a change set touched, those made in it left out."""
    found = {row_id for row_id, trace in by_table.get("documents", {}).items() if not trace.born}
    for table in MONEY:
        for row in _present(hub, table, by_table.get(table, {})).values():
            found.add(row["document_id"])
    draws = {
        row["payment_id"] for row in _present(hub, "line_repayments", by_table.get("line_repayments", {})).values()
    }
    return found | {row["document_id"] for row in _present(hub, "payments", draws).values()}


def _refused(number: int, conflicts: Sequence[Conflict]) -> HubError:
    told = "; ".join(f"{c.record}: {c.what}" for c in conflicts[:5]) + ("; …" if len(conflicts) > 5 else "")
    refs = tuple(dict.fromkeys(f"C{c.subject}" if c.subject else c.record for c in conflicts))
    return HubError("undo_conflict", refs=refs[:20], change=number, conflicts=told)


def _plan(hub: "Hub", number: int, only: set[int], pick: Pick | None) -> Plan:
    traces: dict[Key, Trace] = {}
    for entry in hub.rows("changes.entries", {"change": number}):
        if (only and entry["subject"] not in only) or (pick is not None and not pick(entry)):
            continue
        if entry["digest"] is not None:
            raise HubError("undo_exempt", change=number, why="values of a person in it were erased")
        traces.setdefault((entry["tbl"], entry["row_id"]), Trace(entry["subject"])).take(entry)
    plan = Plan()
    by_table: dict[str, dict[int, Trace]] = defaultdict(dict)
    for (table, row_id), trace in traces.items():
        by_table[table][row_id] = trace
    born = {row_id for row_id, trace in by_table.get("documents", {}).items() if trace.born and not trace.died}
    plan.kept = born & {trace.after.get("document_id") for trace in by_table.get("wallet_entries", {}).values()}
    plan.born = born - plan.kept
    for table, rows in by_table.items():
        present = _present(hub, table, rows)
        for row_id, trace in rows.items():
            _row(plan, table, row_id, trace, present.get(row_id))
    _references(hub, plan, by_table)
    _money(hub, plan, by_table)
    plan.documents = _documents(hub, by_table)
    return plan


def _present(hub: "Hub", table: str, rows: Iterable[int]) -> dict[int, Any]:
    """Give the rows of a table as they are now, by id."""
    found: dict[int, Any] = {}
    wanted = list(rows)
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ", ".join("?" * len(part))
        found |= {row["id"]: row for row in hub.select(f"SELECT * FROM {table} WHERE id IN ({marks})", part)}
    return found


def _row(plan: Plan, table: str, row_id: int, trace: Trace, now: Any) -> None:
    """Decide about one row: what puts it back, nothing, or a conflict."""
    if trace.born and trace.died:
        return
    if trace.born:
        if now is not None:
            _unborn(plan, table, row_id, trace, now)
    elif trace.died:
        columns = schema.logged()[table].logged_columns
        if now is None:
            plan.inserts[table].append({"id": row_id} | {c.name: trace.before.get(c.name) for c in columns})
        elif any(now[c.name] != trace.before.get(c.name) for c in columns):
            plan.conflicts.append(_conflict(table, row_id, trace, "it is there again, and another"))
    elif now is None:
        plan.conflicts.append(_conflict(table, row_id, trace, "it is gone"))
    else:
        _fields(plan, table, row_id, trace, now)


def _unborn(plan: Plan, table: str, row_id: int, trace: Trace, now: Any) -> None:
    if table == "wallet_entries":
        plan.reversals.append(row_id)
    elif _left(table, now):
        plan.exempt = "what was sent to the customer has left the shop"
    elif table in reversing.TABLES or not reversing.whole(plan.kept, now):  # a document that stays keeps its rows
        _gone(plan, table, row_id, trace, now)


def _left(table: str, now: Any) -> bool:
    """Tell whether a row says that something left the shop: it is kept whatever is taken back."""
    if table == "sendings":
        return now["statement_id"] is None
    return table == "mails" and now["direction"] == "out" and now["template"] != "reply"


def _gone(plan: Plan, table: str, row_id: int, trace: Trace, now: Any) -> None:
    """Decide about a row that the change set made: it goes away, ends, is closed, or is not as it was left."""
    changed = [c.name for c in schema.logged()[table].logged_columns if now[c.name] != trace.after.get(c.name)]
    closing = table == "documents" and row_id in plan.kept
    if table in reversing.TABLES and not reversing.whole(plan.born, now):
        if not reversing.stands(table, now):
            return
        if not changed:
            plan.endings[table].append(row_id)
            return
    if closing and now["status"] in {"deleted", "canceled"}:
        return
    if changed:
        told = ", ".join(history.field_name(name) for name in changed if not name.endswith(history.UNSAID))
        plan.conflicts.append(_conflict(table, row_id, trace, f"{told} changed since"))
    elif closing:
        plan.closings.append(row_id)
    elif table == "documents" and now["invoice_number"] is not None:
        plan.conflicts.append(_conflict(table, row_id, trace, "its invoice was made"))
    else:
        plan.deletes[table].append(row_id)


def _fields(plan: Plan, table: str, row_id: int, trace: Trace, now: Any) -> None:
    back: Fields = {}
    for name, old in trace.before.items():
        if now[name] == old:
            continue
        if table == "documents" and name in INVOICED and "invoice_number" in trace.before:
            plan.exempt = "an invoice that was made keeps its number"
            continue
        if now[name] != trace.after.get(name):
            if name.endswith(history.UNSAID):
                continue
            told = f"{history.field_name(name)} is {history.shown(name, now[name])} by now"
            plan.conflicts.append(_conflict(table, row_id, trace, told))
            return
        back[name] = old
    if back:
        plan.updates[table][row_id] = back


def _conflict(table: str, row_id: int, trace: Trace, what: str) -> Conflict:
    return Conflict(trace.subject, history.record_name(table, row_id), what)


def _references(hub: "Hub", plan: Plan, by_table: dict[str, dict[int, Trace]]) -> None:
    """Keep rows that later rows refer to: each of these is a conflict of its own."""
    for child, column, parent in schema.references():
        doomed = plan.deletes.get(parent, [])
        mine = {*plan.deletes.get(child, []), *(i for i in by_table.get(child, {}) if child == "wallet_entries")}
        for start in range(0, len(doomed), 500):
            part = doomed[start : start + 500]
            marks = ", ".join("?" * len(part))
            for row in hub.select(f"SELECT id, {column} AS parent FROM {child} WHERE {column} IN ({marks})", part):
                given_up = column in plan.updates.get(child, {}).get(row["id"], ())
                if given_up or (row["id"] in mine and child != "wallet_entries"):
                    continue
                trace = by_table[parent][row["parent"]]
                told = f"{history.record_name(child, row['id'])} refers to it"
                plan.conflicts.append(_conflict(parent, row["parent"], trace, told))
                plan.deletes[parent] = [i for i in plan.deletes[parent] if i != row["parent"]]


def _money(hub: "Hub", plan: Plan, by_table: dict[str, dict[int, Trace]]) -> None:
    """Keep payments that later money stands on: each is a conflict of its own."""
    for row_id in list(plan.endings.get("payments", ())):
        standing = list(reversing.later(hub, row_id, plan.endings))
        if standing:
            told = f"{history.record_name(*standing[0])} stands on it"
            plan.conflicts.append(_conflict("payments", row_id, by_table["payments"][row_id], told))
            plan.endings["payments"].remove(row_id)


def _parents_first(of_table: tuple[str, Any]) -> int:
    """Give a table's place in schema.sql, where tables stand before those that refer to them."""
    return list(schema.tables()).index(of_table[0])


def _apply(hub: "Hub", plan: Plan) -> None:
    hub.execute("PRAGMA defer_foreign_keys = ON")
    for row_id in sorted(plan.reversals, reverse=True):  # backwards, so that credit was there whenever it is spent
        wallet.put_back(hub, row_id)
    for table, ids in sorted(plan.endings.items(), key=_parents_first, reverse=True):  # what stands on a payment first
        reversing.end(hub, table, ids)
    _close(hub, plan)
    for table, ids in plan.deletes.items():
        hub.executemany(f"DELETE FROM {table} WHERE id = ?", [(row_id,) for row_id in ids])
    _set_back(hub, plan, 0)  # money that ends makes room for what counts again
    _set_back(hub, plan, 1)  # before rows come back: one of them may take the place that another one gives up
    for table, rows in sorted(plan.inserts.items(), key=_parents_first):
        names = list(rows[0])
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        hub.executemany(sql, [tuple(row.values()) for row in rows])
    _set_back(hub, plan, 2)  # customers are archived when nothing of theirs is open any more


def _close(hub: "Hub", plan: Plan) -> None:
    """Close documents that cannot go away: customer credit that was spent on them names them for ever."""
    for number in plan.closings:
        from hubcli.operations.documents import closing

        closing.undone(hub, number)


def _set_back(hub: "Hub", plan: Plan, turn: int) -> None:
    """Set the fields back that have their turn; what stands on a payment ends before it."""
    for table, changed in sorted(plan.updates.items(), key=_parents_first, reverse=turn == 0):
        _set_rows_back(
            hub, table, {number: fields for number, fields in changed.items() if _turn(table, fields) == turn}
        )


def _turn(table: str, fields: Fields) -> int:
    """Give when a row is set back: money that ends first, customers that are archived again last."""
    if table in reversing.TABLES and fields.get("ended_on") is not None:
        return 0
    return 2 if table == "customers" and fields.get("status") == "archived" else 1


def _set_rows_back(hub: "Hub", table: str, changed: dict[int, Fields]) -> None:
    """Set fields of a table back, rows of the same fields together."""
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for row_id, fields in reversed(changed.items()):  # backwards: a mark that only one row may have was moved
        groups[tuple(fields)].append((*fields.values(), row_id))
    for fields_set, values in groups.items():
        sets = ", ".join(f"{name} = ?" for name in fields_set)
        hub.executemany(f"UPDATE {table} SET {sets} WHERE id = ?", values)
