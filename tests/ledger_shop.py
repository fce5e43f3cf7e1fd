"""What may be done with the money of the model shop, and what each does; a rule that forbids it raises its slug."""

from collections.abc import Sequence

from ledger_model import BANKED, MANUAL, NET_DAYS, OPEN_QUOTE, Figures, Part, half_up, later, must
from ledger_rows import RefusedError, Row

Cents = int | str
"""An amount, or a preset: full, half, max."""


class Shop(Figures):
    """The acts; each is one change."""

    # -------------------------------------------------------------------------------------------------------- quotes

    def quote(self, customer: Row, items: Sequence[dict[str, int]], services: Sequence[tuple[int, str, int]],
              **money: int) -> Row:  # fmt: skip
        """Make a quote: items with quantity, price, rate, off; services as (item, kind, cents)."""
        doc = self.new(
            "document", customer=customer, status="saved", quoted=self.today, expires=later(self.today, 14),
            ordered=None, approved=None, shipped=None, canceled=None, on_account=False, invoiced=None, due=None,
            discount=0, tax=0, **money,
        )  # fmt: skip
        lines = [
            self.new("item", document=doc, status="open", delivered=None, scheduled=None, **item) for item in items
        ]
        for at, sort, cents in services:
            self.new("service", document=doc, item=lines[at % len(lines)], sort=sort, cents=cents)
        self.put(doc, discount=half_up(self.goods(doc) * doc.discount_rate, 10_000))
        self.put(doc, tax=self.tax_of(doc))
        must(self.total(doc) >= 0, "total_below_zero")
        return doc

    def add_service(self, item: Row, sort: str, cents: int) -> None:
        """Sell a service with an item of an order."""
        doc = item.document
        must(doc.ordered, "not_an_order")
        must(doc.status != "canceled", "document_closed")
        must(item.status != "returned", "line_delivered")
        if doc.on_account:
            must(self.limit(doc.customer) is not None, "no_account")
        before = self.tax_of(doc)
        self.new("service", document=doc, item=item, sort=sort, cents=cents)
        self.put(doc, tax=max(0, doc.tax + self.tax_of(doc) - before))

    def approve(self, doc: Row, *, on_account: bool) -> None:
        """Make a quote an order without payment."""
        must(doc.ordered is None, "not_a_quote")
        if on_account:
            must(self.limit(doc.customer) is not None, "no_account")
        self._check_open(doc)
        self.put(doc, on_account=on_account or doc.on_account)
        covered = 0 < self.charged(doc) <= self.sure(doc)
        self.put(doc, ordered=self.today, approved=self.today, status="in-production" if covered else "saved")

    def decline(self, doc: Row) -> None:
        """Decline a quote that holds no money."""
        must(doc.ordered is None, "not_a_quote")
        must(doc.status not in {"declined", "canceled"}, "document_closed")
        must(self.paid(doc) + self.pending(doc) == 0, "holds_money")
        self.put(doc, status="declined")

    def extend(self, doc: Row, day: str) -> None:
        """Give a quote another last day."""
        must(doc.ordered is None, "not_a_quote")
        must(doc.status != "declined", "document_closed")
        self.put(doc, expires=day)

    def _check_open(self, doc: Row) -> None:
        must(doc.status not in {"declined", "canceled"}, "document_closed")
        must(doc.expires >= self.today, "quote_expired")

    def sure(self, doc: Row) -> int:
        """Give confirmed money that covers a quote."""
        return self.paid(doc) - self.written_off(doc)

    def settle(self, doc: Row) -> None:
        """Do what follows when money came or went."""
        if doc.ordered is None:
            if doc.status in OPEN_QUOTE and 0 < self.charged(doc) <= self.sure(doc):
                self._check_open(doc)
                self.put(doc, ordered=self.today, status="in-production")
        elif doc.status == "saved":
            needed = 0 if doc.on_account else self.charged(doc)
            if self.paid(doc) >= needed:
                self.put(doc, status="in-production")

    # ------------------------------------------------------------------------------------------------------ delivery

    def move(self, doc: Row, items: Sequence[Row], to: str) -> None:
        """Move items to scheduled, in-transit, delivered or open; all that can be moved where none are named."""
        starts = {"scheduled": ("open", "scheduled"), "in-transit": ("open", "scheduled"), "open": ("scheduled",),
                  "delivered": ("open", "scheduled", "in-transit")}[to]  # fmt: skip
        must(doc.ordered, "not_an_order")
        must(doc.status != "canceled", "document_closed")
        for item in items:
            if item.status not in starts:
                raise RefusedError("line_delivered" if item.status in {"delivered", "returned"} else "wrong_delivery")
        moved = items or [item for item in self.items(doc) if item.status in starts]
        must(moved, "nothing_to_move")
        for item in moved:
            self.put(item, status=to)
            if to in {"scheduled", "delivered"}:
                self.put(item, **{to: self.today})
            elif to == "open":
                self.put(item, scheduled=None)
        self._ship(doc)

    def _ship(self, doc: Row) -> None:
        states = [item.status for item in self.items(doc)]
        if "delivered" in states and not {"open", "scheduled", "in-transit"} & set(states) and doc.status != "shipped":
            last = max(item.delivered for item in self.items(doc) if item.status == "delivered")
            self.put(doc, status="shipped", shipped=max(last, doc.ordered))
            self._invoice(doc, max(last, doc.ordered))

    def _invoice(self, doc: Row, day: str) -> None:
        if doc.invoiced is None:
            self.put(doc, invoiced=day, due=later(day, NET_DAYS) if doc.on_account else doc.ordered)

    def invoice(self, doc: Row) -> None:
        """Invoice an order."""
        must(doc.ordered, "not_an_order")
        must(doc.status != "canceled", "document_closed")
        self._invoice(doc, self.today)

    # ------------------------------------------------------------------------------------------------------ payments

    def check_takes_money(self, doc: Row, method: str) -> None:
        """Raise unless a document takes money."""
        must(doc.status not in {"declined", "canceled"}, "document_closed")
        if doc.ordered is None:
            must(doc.expires >= self.today, "quote_expired")
            must(method != "write-off", "write_off_quote")

    def pay(self, doc: Row, method: str, much: Cents, status: str) -> Row:
        """Take a payment."""
        self.check_takes_money(doc, method)
        cents = self._amount(doc, method, much)
        self._check_method(doc, method, cents)
        due = later(self.today, NET_DAYS) if method == "credit-line" else None
        entry = self.enter(doc.customer, -cents, "applied", doc) if method == "customer-credit" else None
        made = self.new("payment", customer=doc.customer, document=doc, method=method, cents=cents, status=status,
                        paid_on=self.today, due=due, ended=None, entry=entry)  # fmt: skip
        self.settle(doc)
        return made

    def _amount(self, doc: Row, method: str, much: Cents) -> int:
        owed = self.balance(doc)
        must(owed > 0, "nothing_owed")
        if much == "half":
            return min(half_up(self.total(doc), 2), owed)
        if much == "full":
            return owed
        if much == "max":
            return min(owed, self._most(doc, method))
        must(int(much) <= owed, "above_balance")
        return int(much)

    def _most(self, doc: Row, method: str) -> int:
        if method == "customer-credit":
            must(self.credit(doc.customer) > 0, "no_credit_left")
            return self.credit(doc.customer)
        limit = self.limit(doc.customer)
        if limit is None:
            raise RefusedError("no_account")
        must(self.used(doc.customer) <= limit, "credit_exceeded")
        most = limit - self.used(doc.customer) + (self.balance(doc) if self.on_account_now(doc) else 0)
        must(most > 0, "credit_exceeded")
        return most

    def on_account_now(self, doc: Row) -> bool:
        """Tell whether what is owed on a document counts against the credit line already."""
        return bool(doc.ordered and doc.on_account)

    def _check_method(self, doc: Row, method: str, cents: int) -> None:
        customer = doc.customer
        if method == "customer-credit":
            must(cents <= self.credit(customer), "not_enough_credit")
        elif method == "credit-line":
            limit = self.limit(customer)
            if limit is None:
                raise RefusedError("no_account")
            freed = cents if self.on_account_now(doc) else 0
            must(self.used(customer) - freed + cents <= limit, "credit_exceeded")

    def decide(self, payment: Row, *, confirmed: bool) -> None:
        """Confirm or reject a pending payment."""
        must(payment.status == "pending", "not_pending")
        if confirmed:
            self.put(payment, status="confirmed")
        else:
            self.put(payment, status="rejected", ended=self.today)
        self.settle(payment.document)

    def _untouched(self, payment: Row) -> None:
        must(payment.stands, "payment_ended")
        must(self.refunded(payment) == 0, "payment_refunded")
        must(payment.method != "credit-line" or self.repaid(payment) == 0, "draw_repaid")

    def void(self, payment: Row) -> None:
        """Take a payment back; customer credit that it spent is put back."""
        self._untouched(payment)
        self._put_back(payment)
        self.put(payment, status="void", ended=self.today)
        self.settle(payment.document)

    def _put_back(self, payment: Row) -> None:
        if payment.entry is not None and self.counts(payment.entry):
            self.reverse(payment.entry)

    def bounce(self, payment: Row, fee: int) -> None:
        """End a payment that the bank took back; a fee goes on the order."""
        must(payment.stands, "payment_ended")
        must(payment.method in BANKED, "not_bounceable")
        self._untouched(payment)
        if fee:
            must(payment.document.ordered, "bounce_fee_quote")
            self.new("adjustment", document=payment.document, cents=-fee, item=None, sort="bounce-fee", ended=None)
        self.put(payment, status="void", ended=self.today)
        self.settle(payment.document)

    def correct(self, payment: Row, cents: int) -> None:
        """Put a mistyped amount right."""
        self._untouched(payment)
        self._put_back(payment)
        status = payment.status
        self.put(payment, status="void", ended=payment.paid_on)
        self.settle(payment.document)
        made = self.pay(payment.document, payment.method, cents, status)
        made.fields |= {"paid_on": payment.paid_on, "due": payment.due}

    def shift(self, payment: Row, target: Row) -> None:
        """Move a payment to another document."""
        must(payment.stands, "payment_ended")
        must(self.refunded(payment) == 0, "payment_refunded")
        must(target is not payment.document, "same_document")
        own = payment.method in {"customer-credit", "credit-line"}
        must(not own or target.customer is payment.customer, "other_customer")
        self.check_takes_money(target, payment.method)
        must(self.balance(target) > 0, "nothing_owed")
        must(payment.cents <= self.balance(target), "above_balance")
        if payment.entry is not None:
            self.put(payment.entry, document=target)
        self.put(payment, document=target, customer=target.customer)
        self.settle(target)

    # ------------------------------------------------------------------------------------------------------- refunds

    def refund(self, payment: Row, cents: int | None, to: str, *, as_credit: bool) -> None:
        """Give money of one payment back."""
        must(payment.status == "confirmed", "payment_not_confirmed")
        must(payment.method != "write-off", "refund_write_off")
        left = payment.cents - self.refunded(payment)
        cents = left if cents is None else cents
        must(0 < cents <= left, "above_refundable")
        into = self._give(payment, cents, to, None)
        if into:
            self.enter(payment.customer, into, "return", payment.document)
        if as_credit:
            must(payment.document.ordered, "refund_credit_quote")
            self.new("adjustment", document=payment.document, cents=cents, item=None, sort="refund-credit", ended=None)

    def _give(self, payment: Row, cents: int, to: str, back: Row | None) -> int:
        """Give back on one payment; give what goes into customer credit."""
        if payment.method == "credit-line":
            unpaid = min(cents, payment.cents - self.repaid(payment))
            if unpaid:
                whose = {"customer": payment.customer, "payment": payment, "document": payment.document}
                method = "return" if back else "refund"
                self.new("repayment", **whose, method=method, cents=unpaid, status="confirmed", entry=None, ended=None)
                self._refund_row(payment, unpaid, "credit-line", back)
            cents -= unpaid
            must(not cents or to not in {"original", "credit-line"}, "line_part_only")
        if not cents:
            return 0
        method = {"original": payment.method, "credit": "customer-credit"}.get(to, to)
        must(method != "credit-line", "nothing_on_line")
        must(method != "aio-pay" or payment.method == "aio-pay", "never_aio")
        self._refund_row(payment, cents, method, back)
        return cents if method == "customer-credit" else 0

    def _refund_row(self, payment: Row, cents: int, method: str, back: Row | None) -> None:
        self.new(
            "refund", document=payment.document, payment=payment, cents=cents, method=method, back=back, ended=None
        )

    def pay_out(self, doc: Row, cents: int, to: str, back: Row | None) -> None:
        """Give back so much of a document: unpaid draws first, write-offs last, between them what fits the way."""
        payments = sorted(self.payments(doc), key=lambda row: (row.paid_on, row.number))
        draws = [row for row in payments if row.method == "credit-line"]
        money = [row for row in payments if row.method not in {"credit-line", "write-off"}]
        if draws and to in {"credit-line", "original"}:
            due = min(cents, sum(min(self._left(row), row.cents - self.repaid(row)) for row in draws))
            others = sum(self._left(row) for row in payments if row not in draws) if to == "original" else 0
            must(cents - due <= others, "line_part_only")
        into = 0
        for row in draws:
            part = min(cents, self._left(row), row.cents - self.repaid(row))
            into += self._give(row, part, to, back) if part else 0
            cents -= part
        fitting = {"credit": "customer-credit"}.get(to, to)
        rest = sorted(draws + money, key=lambda row: (row.method != fitting, row.paid_on, row.number))
        if to == "aio-pay":
            rest = [row for row in money if row.method == "aio-pay"]
        for row, way in [(row, to) for row in rest] + [(r, "original") for r in payments if r.method == "write-off"]:
            part = min(cents, self._left(row))
            into += self._give(row, part, way, back) if part else 0
            cents -= part
        must(not cents, "never_aio" if to == "aio-pay" else "above_paid")
        if into:
            self.enter(doc.customer, into, "return", doc)

    def _left(self, payment: Row) -> int:
        return int(payment.cents) - self.refunded(payment)

    def cancel(self, doc: Row, way: str, keep: int, *, chosen: bool) -> None:
        """Cancel an order; money above the fee is given back."""
        must(doc.ordered, "not_an_order")
        must(doc.status != "canceled", "document_closed")
        delivered = any(item.status == "delivered" for item in self.items(doc))
        must(doc.status != "shipped" and not delivered, "order_delivered")
        must(keep <= self.paid(doc), "bad_value")
        must(chosen or not self.paid(doc) + self.pending(doc), "order_holds_money")
        for payment in self.payments(doc, "pending"):
            self.decide(payment, confirmed=False)
        if self.paid(doc) > keep:
            self.pay_out(doc, self.paid(doc) - keep, way, None)
        if self.charged(doc) != keep:
            self.new("adjustment", document=doc, cents=self.charged(doc) - keep, item=None, sort="cancel", ended=None)
        self.put(doc, status="canceled", canceled=self.today)

    # ------------------------------------------------------------------------------------------------------- goods back

    def take_goods_back(
        self, doc: Row, units: dict[Row, int | None], amounts: dict[Row, int], sorts: Sequence[str], *,
        everything: bool, delivery: int | None, restocking: int, ways: Sequence[str],
    ) -> None:  # fmt: skip
        """Take goods and services back; `ways` may begin with balance."""
        must(doc.ordered, "not_an_order")
        must(doc.status != "canceled", "document_closed")
        must("balance" in ways or self.charged(doc) <= self.paid(doc), "balance_due")
        parts = self._parts(doc, units, amounts, sorts, everything=everything)
        must(parts or delivery, "nothing_returned")
        left = doc.delivery - sum(row.delivery for row in self.returns(doc))
        must(delivery is None or delivery <= left, "above_delivery")
        given = delivery if delivery is not None else left if everything else 0
        goods = sum(part.cents for part in parts if part.service is None)
        discount = self.discount_back(doc, goods)
        tax = self.tax_back(doc, parts, given)
        must(restocking <= max(0, goods - discount), "above_goods")
        worth = sum(part.cents for part in parts) + given + tax - discount - restocking
        over = max(0, worth - self.charged(doc))
        due = max(0, self.balance(doc))
        back = self.new("return", document=doc, parts=parts, delivery=given, tax=tax, discount=discount + over,
                        restocking=restocking, ended=None)  # fmt: skip
        for part in parts:
            if part.quantity and self.units_back(part.item) == part.item.quantity:
                self.put(part.item, status="returned")
        self._ship(doc)
        way = next((way for way in ways if way != "balance"), None)
        cents = worth - over
        cents -= min(cents, due) if "balance" in ways else 0
        must(cents <= 0 or way, "money_needs_way")
        if cents and way:
            self.pay_out(doc, cents, way, back)

    def _parts(self, doc: Row, units: dict[Row, int | None], amounts: dict[Row, int], sorts: Sequence[str], *,
               everything: bool) -> list[Part]:  # fmt: skip
        chosen = dict.fromkeys(self.items(doc)) if everything else units
        parts = []
        for item, wanted in chosen.items():
            left = item.quantity - self.units_back(item)
            if everything and not left:
                continue
            count = left if wanted is None else wanted
            must(item.status not in {"scheduled", "in-transit"}, "line_on_its_way")
            must(0 < count <= left, "above_sold")
            worth = self.net(item) - self.money_back(item)
            full = min(worth, half_up(worth * count, left))
            each = amounts.get(item)
            must(each is None or each * count <= full, "above_line")
            parts.append(Part(item, None, count, full if each is None else each * count))
        for item, cents in amounts.items():
            if item not in chosen:
                must(item.status not in {"scheduled", "in-transit"}, "line_on_its_way")
                kept = item.quantity > self.units_back(item) and cents <= self.net(item) - self.money_back(item)
                must(kept, "above_line")
                parts.append(Part(item, None, 0, cents))
        services = [
            service for service in self.services(doc)
            if not self.service_back(service) and (everything or service.sort in sorts)
            and (not chosen or service.item in chosen)
        ]  # fmt: skip
        for sort in sorts:
            must(any(service.sort == sort for service in services), "service_gone")
        return parts + [Part(service.item, service, 0, service.cents) for service in services]

    def allow(self, item: Row, cents: int, to: str | None) -> None:
        """Take money off an item that stays; what was paid above what is charged then is given back."""
        doc = item.document
        must(doc.ordered, "not_an_order")
        must(doc.status != "canceled", "document_closed")
        whole = half_up(self.net(item) * (item.quantity - self.units_back(item)), item.quantity)
        whole += sum(one.cents for one in self.services(doc) if one.item is item and not self.service_back(one))
        sold = self.goods(doc) + self.sold_services(doc)
        whole += half_up(doc.tax * whole, sold) if sold else 0
        before = sum(row.cents for row in self.all("adjustment", document=doc, item=item) if row.stands)
        must(cents <= min(whole - before, self.charged(doc)), "above_line")
        charged = self.charged(doc) - cents
        must(self.pending(doc) <= max(0, charged - self.paid(doc)), "pending_above_owed")
        self.new("adjustment", document=doc, item=item, cents=cents, sort="allowance", ended=None)
        if self.paid(doc) > charged:
            if to is None:
                raise RefusedError("money_needs_way")
            self.pay_out(doc, self.paid(doc) - charged, to, None)

    # --------------------------------------------------------------------------------------------------- taking back

    def check_taken_back(self) -> None:
        """Raise where taking something back would leave what no act can come to."""
        must(len({line.customer for line in self.all("line")}) == len(list(self.all("line"))), "rule_broken")
        for doc in self.all("document"):
            states = ("saved", "declined") if doc.ordered is None else ("saved", "in-production", "shipped", "canceled")
            must(doc.status in states, "document_status")
            must(self.balance(doc) >= 0, "paid_above_owed")
        for payment in self.all("payment"):
            sure = payment.cents if payment.status == "confirmed" else 0
            must(self.refunded(payment) <= sure, "refunded_above_paid")
            must(payment.method != "credit-line" or self.repaid(payment) <= sure, "repaid_above_drawn")
        for item in self.all("item"):
            must(self.units_back(item) <= item.quantity, "returned_above_sold")
            must(self.money_back(item) <= self.net(item), "returned_above_sold")

    # ------------------------------------------------------------------------------- customer credit and credit line

    def grant(self, customer: Row, cents: int) -> None:
        """Give customer credit."""
        self.enter(customer, cents, "grant")

    def withdraw(self, customer: Row, cents: int) -> None:
        """Pay customer credit out."""
        must(cents <= self.credit(customer), "not_enough_credit")
        self.enter(customer, -cents, "withdrawal")

    def adjust(self, customer: Row, to: int) -> None:
        """Bring customer credit to a balance."""
        if to != self.credit(customer):
            self.enter(customer, to - self.credit(customer), "adjustment")

    def reset(self, customer: Row) -> None:
        """Grant again what was spent."""
        if self.spent(customer) > 0:
            self.enter(customer, self.spent(customer), "reset")

    def set_limit(self, customer: Row, cents: int) -> None:
        """Open a credit line or change it."""
        line = self.line(customer)
        if line is None:
            self.new("line", customer=customer, limit=cents, closed=None)
        else:
            self.put(line, limit=cents, closed=None)

    def close_line(self, customer: Row) -> None:
        """Close a credit line."""
        line = self.line(customer)
        must(line is not None and line.closed is None, "no_account")
        if line is not None:
            self.put(line, closed=self.today)

    def repay(self, customer: Row, doc: Row | None, cents: int, method: str, status: str) -> None:
        """Repay draws, the oldest due first."""
        draws = self.draws(customer, doc)
        must(cents <= sum(owed for _, owed in draws), "above_drawn")
        for draw, owed in draws:
            part = min(cents, owed)
            if part:
                self._repay(draw, part, method, status)
            cents -= part

    def _repay(self, draw: Row, cents: int, method: str, status: str) -> None:
        entry = None
        if method == "customer-credit":
            must(cents <= self.credit(draw.customer), "not_enough_credit")
            entry = self.enter(draw.customer, -cents, "line_repayment", draw.document)
        self.new("repayment", customer=draw.customer, payment=draw, document=draw.document, cents=cents, method=method,
                 status=status, ended=None, entry=entry)  # fmt: skip

    def spread(self, customer: Row, cents: int, method: str, status: str, *, surplus: bool) -> None:
        """Spread money over orders and draws, the oldest due first."""
        owing = [
            ((doc.due if doc.on_account and doc.due else doc.ordered), doc.ordered, doc.number, False, doc)
            for doc in self.orders(customer) if self.balance(doc) > 0
        ]  # fmt: skip
        owing += [(draw.due, draw.paid_on, draw.number, True, draw) for draw, _ in self.draws(customer)]
        for *_, drawn, row in sorted(owing, key=lambda key: key[:4]):
            part = min(cents, row.cents - self.repaid(row) if drawn else self.balance(row))
            if part <= 0:
                continue
            if drawn:
                self._repay(row, part, method, status)
            else:
                self.pay(row, method, part, status)
            cents -= part
        must(not cents or (surplus and method != "customer-credit"), "above_owed")
        if cents:
            self.enter(customer, cents, "grant")

    @staticmethod
    def status_of(method: str, asked: bool | None) -> str:
        """Give how a payment begins: sure, unless it was said to be pending."""
        return (
            "pending"
            if asked is False and method not in {"customer-credit", "credit-line", "write-off"}
            else "confirmed"
        )


assert MANUAL  # the machine takes its methods from here too
