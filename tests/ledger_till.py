"""The same acts through hub's own operations, in this process; rows are named by their numbers."""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hubcli import settings
from hubcli.errors import HubError
from hubcli.operations import checks, credit, credit_line, documents, returns, undo
from hubcli.operations.documents import adjusting, base, becoming, closing, delivery, writing
from hubcli.operations.documents.typed import Line, Service
from hubcli.operations.payments import methods, refunds, settling, spread, take, wallet
from hubcli.store import Day, Hub, Who

REFERENCES = {"check": "check_number", "bank-transfer": "transaction_id", "aio-pay": "transaction_id"}


def now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Told = tuple[str | None, Any]
"""The slug of a refusal or None, and what was given."""


class Till:
    """A hub on a copy of a template, one change set for each act."""

    def __init__(self, template: Path, path: Path, today: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        shutil.copy(template, path)
        self.path = path
        self.hub = Hub(path, Who("sam", "sam", None), Day(today, chosen=True, at=now()))
        self.change = 0

    def turn(self, today: str) -> None:
        """Go on at another day."""
        self.hub.day = Day(today, chosen=True, at=now())

    def act(self, command: str, work: Callable[[Hub], Any], **how: Any) -> Told:
        """Make one change; give the slug of its refusal or None, and what it gave; `change` is its H number or 0."""
        self.change = 0
        try:
            outcome = self.hub.change(command, work, **how)
        except HubError as error:
            return error.slug, None
        self.change = outcome.change or 0
        return None, outcome.result

    # --------------------------------------------------------------------------------------------------- the acts

    def quote(self, customer: int, items: list[dict[str, int]], services: list[tuple[int, str, int]],
              money: dict[str, int]) -> Told:  # fmt: skip
        lines = []
        for at, item in enumerate(items):
            own = tuple(Service(k, k, 1, cents, None) for place, k, cents in services if place % len(items) == at)
            lines.append(
                Line(f"M{at}", item["quantity"], item["price"], None, discount_rate=item["rate"],
                     discount=item["off"], fulfillment="pickup", services=own)
            )  # fmt: skip
        columns = {
            "delivery_charge_cents": money["delivery"], "rebate_cents": money["rebate"],
            "coupon_cents": money["coupon"], "gift_certificate_cents": money["gift"], "tax_rate": money["rate"],
            "customer_discount_rate": money["discount_rate"],
        }  # fmt: skip
        return self.act("quotes create", lambda hub: writing.create(hub, customer, columns, lines))

    def add_service(self, doc: int, line: int, sort: str, cents: int) -> Told:
        def work(hub: Hub) -> None:
            row = documents.order(hub, f"{doc}")
            [item] = delivery.lines_of(hub, doc, [line])
            writing.order_services(hub, row, item, [Service(sort, sort, 1, cents, None)])

        return self.act("orders add-line", work)

    def approve(self, doc: int, *, on_account: bool) -> Told:
        def work(hub: Hub) -> None:
            row = documents.quote(hub, f"{doc}")
            terms = becoming.terms_for(hub, row["customer_id"], None) if on_account else None
            closing.approve(hub, row, terms)

        return self.act("quotes approve", work)

    def decline(self, doc: int) -> Told:
        return self.act("quotes decline", lambda hub: closing.decline(hub, documents.quote(hub, f"{doc}")))

    def extend(self, doc: int, day: str) -> Told:
        return self.act("quotes extend", lambda hub: closing.extend(hub, documents.quote(hub, f"{doc}"), day))

    def move(self, doc: int, lines: list[int], to: str) -> Told:
        day = self.hub.day.today
        values = {"scheduled": {"scheduled_on": day}, "delivered": {"delivered_on": day}}.get(to, {})
        return self.act(
            "orders deliver", lambda hub: delivery.move(hub, documents.order(hub, f"{doc}"), lines, to, values)
        )

    def invoice(self, doc: int) -> Told:
        return self.act("orders invoice", lambda hub: becoming.invoice(hub, documents.order(hub, f"{doc}")["id"]))

    def wanted(self, method: str, much: int | str, *, confirmed: bool | None) -> take.Wanted:
        given = {REFERENCES[method]: "1"} if method in REFERENCES else {}
        preset = much if isinstance(much, str) else None
        cents = much if isinstance(much, int) else None
        sure = None if confirmed is False and method in methods.NOT_MONEY else confirmed
        return take.Wanted(method, cents, preset, methods.details(method, given), self.hub.day.today, sure, again=True)

    def pay(self, doc: int, method: str, much: int | str, *, confirmed: bool | None) -> Told:
        return self.act(
            "payments add", lambda hub: take.add(hub, doc, self.wanted(method, much, confirmed=confirmed)).number
        )

    def decide(self, payment: int, *, confirmed: bool) -> Told:
        return self.act("payments confirm", lambda hub: settling.decide(hub, [payment], confirmed=confirmed))

    def void(self, payment: int) -> Told:
        return self.act("payments void", lambda hub: settling.void(hub, payment))

    def bounce(self, payment: int, fee: int) -> Told:
        return self.act("payments bounce", lambda hub: settling.bounce(hub, payment, hub.day.today, fee))

    def correct(self, payment: int, cents: int) -> Told:
        return self.act("payments correct", lambda hub: settling.correct(hub, payment, {"cents": cents}))

    def shift(self, payment: int, doc: int) -> Told:
        return self.act("payments move", lambda hub: settling.move(hub, payment, doc))

    def refund(self, payment: int, cents: int | None, to: str, *, as_credit: bool) -> Told:
        return self.act(
            "payments refund",
            lambda hub: refunds.refund(
                hub, payment, cents, refunds.Back(to, "why", hub.day.today), as_credit=as_credit
            ),
        )

    def cancel(self, doc: int, way: str, keep: int, *, chosen: bool) -> Told:
        def work(hub: Hub) -> None:
            row = documents.order(hub, f"{doc}")
            closing.check_cancel(hub, row)
            if keep > row["paid_cents"]:
                raise HubError("bad_value", field="--keep", value="", rule="")
            if chosen:
                pending = [p["id"] for p in hub.rows("documents.payments", {"id": doc}) if p["status"] == "pending"]
                settling.decide(hub, pending, confirmed=False)
                if row["paid_cents"] > keep:
                    back = refunds.Back(way, "why", hub.day.today)
                    refunds.pay_out(hub, doc, row["paid_cents"] - keep, back)
            closing.cancel(hub, row, "why", keep)

        return self.act("orders cancel", work)

    def take_goods_back(self, doc: int, wanted: dict[str, Any]) -> Told:
        asked = returns.Wanted(self.hub.day.today, "why", **wanted)
        return self.act("orders return", lambda hub: returns.take_back(hub, doc, asked).number)

    def allow(self, doc: int, line: int, cents: int, to: str | None) -> Told:
        wanted = adjusting.Allowance(line, cents, "why", self.hub.day.today, to)
        return self.act("orders allowance", lambda hub: adjusting.allow(hub, documents.order(hub, f"{doc}"), wanted))

    def grant(self, customer: int, cents: int) -> Told:
        return self.act("credit grant", lambda hub: credit.grant(hub, customer, cents, None))

    def withdraw(self, customer: int, cents: int) -> Told:
        return self.act("credit withdraw", lambda hub: credit.withdraw(hub, customer, cents, "cash", None))

    def adjust(self, customer: int, to: int) -> Told:
        return self.act("credit adjust", lambda hub: credit.adjust(hub, customer, to, "why"))

    def reset(self, customer: int) -> Told:
        return self.act("credit reset", lambda hub: wallet.reset(hub, customer))

    def set_limit(self, customer: int, cents: int) -> Told:
        return self.act("credit line set", lambda hub: credit_line.set_limit(hub, customer, cents, None, None))

    def close_line(self, customer: int) -> Told:
        return self.act("credit line close", lambda hub: credit_line.close(hub, customer))

    def repay(self, customer: int, doc: int | None, cents: int, method: str, *, confirmed: bool) -> Told:
        def work(hub: Hub) -> None:
            wanted = self.wanted(method, cents, confirmed=confirmed)
            credit_line.repay(hub, customer, cents, spread.repayment(hub, wanted), doc)

        return self.act("credit line repay", work)

    def spread(self, customer: int, cents: int, method: str, *, confirmed: bool, surplus: bool) -> Told:
        wanted = self.wanted(method, cents, confirmed=confirmed)
        return self.act("payments add", lambda hub: spread.spread(hub, customer, wanted, surplus=surplus))

    def undo(self, change: int) -> Told:
        return self.act("undo", lambda hub: undo.take_back(hub, change), purpose="undo", undoes=change)

    def tax(self, kinds: frozenset[str]) -> None:
        """Switch sales tax on for kinds of services and charges."""

        def work(hub: Hub) -> None:
            for kind in kinds:
                settings.store(hub, f"tax.services.{kind}", "on")

        self.act("settings set", work)

    # ------------------------------------------------------------------------------------------------ what is there

    def document(self, number: int) -> Any:
        """Give the row of a document, or None."""
        return base.by_id(self.hub, number)

    def customer(self, number: int) -> Any:
        """Give the kept figures of a customer."""
        return self.hub.select("SELECT * FROM customer_figures WHERE customer_id = ?", (number,))[0]

    def used(self, number: int) -> int:
        """Give what is used of a credit line."""
        return credit_line.line(self.hub, number).used

    def entries(self, customer: int) -> list[int]:
        """Give the entries of customer credit in cents, in order."""
        rows = self.hub.select("SELECT amount_cents FROM wallet_entries WHERE customer_id = ? ORDER BY id", (customer,))
        return [row[0] for row in rows]

    def findings(self) -> list[Any]:
        """Give what `hub db check --full` would find."""
        with sqlite3.connect(self.path) as conn:
            view = checks.View(conn, self.path, self.hub.day.today)
            found = list(checks.run(view, checks.choose(None, full=True)))
        conn.close()
        return found

    def close(self) -> None:
        self.hub.close()
