"""A state machine drives the money of a shop through hub and through a model in plain integers; the two never differ.

The model (ledger_rows, ledger_model, ledger_shop) knows the rules but shares no code with hub. After every act each
figure of every document and customer is compared; at the end `hub db check --full` finds nothing.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from conftest import TODAY
from ledger_model import later
from ledger_rows import Change, RefusedError, Row
from ledger_shop import Shop
from ledger_till import Till

MEMORY = Path("/dev/shm")  # noqa: S108  # where there is one, files there need no disk
METHODS = (
    "cash",
    "cash",
    "customer-credit",
    "credit-line",
    "credit-line",
    "check",
    "bank-transfer",
    "aio-pay",
    "write-off",
)
WAYS = ("credit", "cash", "original", "credit-line", "aio-pay")

ways = st.one_of(
    st.sampled_from(
        [("credit",), ("cash",), ("credit-line",), ("original",), ("balance", "cash"), ("balance", "credit")]
    ),
    st.sampled_from([(), ("balance",), ("aio-pay",)]),
)
counts = st.lists(st.one_of(st.none(), st.integers(1, 3)), min_size=2, max_size=2)
which = st.integers(0, 7)
amount = st.sampled_from(["all", "all", "half", "third", "one", "all+1", "all-1", "odd"])
price = st.one_of(st.sampled_from([1, 5, 333, 1010, 10000]), st.integers(0, 50000))
small = st.one_of(st.just(0), st.just(0), st.integers(1, 3000))
item = st.fixed_dictionaries({
    "quantity": st.integers(1, 4), "price": price, "rate": st.sampled_from([0, 0, 0, 1500, 3333]), "off": st.just(0),
})  # fmt: skip
CLOSED = ("declined", "canceled")
ITEM = {"quantity": 1, "price": 1010, "rate": 0, "off": 0}
MONEY = {"rebate": 0, "coupon": 100, "gift": 0, "rate": 8250, "discount_rate": 0}
service = st.tuples(st.integers(0, 3), st.sampled_from(["install", "plan"]), st.integers(1, 9000))


def cents(word: str, whole: int) -> int:
    """Give an amount in relation to a whole, at least a cent."""
    much = {"all": whole, "half": whole // 2, "third": whole // 3, "one": 1, "all+1": whole + 1, "all-1": whole - 1,
            "odd": 777}[word]  # fmt: skip
    return max(1, much)


def nth(rows: list[Row], place: int, fits: Callable[[Row], object] = bool) -> Row:
    """Give a row, the newest first: mostly one that fits, so that most acts are not refused."""
    good = [row for row in rows if fits(row)]
    chosen = good if good and place < 6 else rows
    return chosen[-1 - place % len(chosen)]


def often(times: int) -> Callable[[Any], Any]:
    """Let a rule stand several times, so that it is chosen more often than others."""

    def mark(given: Any) -> Any:
        given.often = times
        return given

    return mark


def repeated(machine: Any) -> Any:
    """Give a machine its rules as often as they are marked."""
    for name, found in list(vars(machine).items()):
        for time in range(getattr(found, "often", 1) - 1):
            setattr(machine, f"{name}_{time}", found)
    return machine


@repeated
class Ledger(RuleBasedStateMachine):
    """Each rule is one act, done in the model and in hub."""

    template: Path
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.till = Till(self.template, self.folder / "machine.db", TODAY)
        self.shop = Shop(2, TODAY, frozenset())
        self.changes: list[tuple[int, Change, bool]] = []

    @initialize(taxed=st.sampled_from([(), (), ("delivery",), ("delivery", "install")]))
    def start(self, taxed: tuple[str, ...]) -> None:
        self.shop.taxed = frozenset(taxed)
        self.till.tax(self.shop.taxed)
        self.set_limit(0, 100000)
        self.grant(0, 20000)
        for on_account in (False, True):
            self.quote(0, [dict(ITEM, quantity=3)], [(0, "plan", 900)], **MONEY, delivery=1500)
            self.approve(0, on_account=on_account)
        self.quote(0, [dict(ITEM, price=2020)], [], **MONEY, delivery=0)
        self.pay(0, "credit-line", "half", confirmed=None)

    def teardown(self) -> None:
        found = self.till.findings()
        self.till.close()
        assert not found, found[:3]

    def both(self, model: Callable[[], Any], hub: Callable[[], tuple[str | None, Any]], *, undo: bool = False) -> Any:
        """Do an act in both; both refuse it for the same reason, or both did it."""
        expected = None
        try:
            made = model()
        except RefusedError as error:
            expected, made = str(error), None
            self.shop.rollback()
            slug, given = hub()
        else:
            slug, given = hub()
        same = bool(slug) == bool(expected) if undo else slug == expected  # taking back is refused for any of several
        assert same, f"hub says {slug or 'done'}, the model {expected or 'done'}"
        if expected is None:
            change = self.shop.commit()
            assert bool(self.till.change) == bool(change), (
                f"hub made {self.till.change}, the model {change.born} {change.sets}"
            )
            if change:
                self.changes.append((self.till.change, change, undo))
            if isinstance(made, Row) and isinstance(given, int):
                assert made.number == given
        self.documents_agree()
        self.customers_agree()
        self.parts_are_not_more_than_the_whole()
        return made

    # ----------------------------------------------------------------------------------------------------- documents

    def customer(self, place: int) -> Row:
        """Give a customer: mostly the first, so that several documents are theirs."""
        return list(self.shop.all("customer"))[1 if place == 7 else 0]

    def documents(self) -> list[Row]:
        return list(self.shop.all("document"))

    def quotes(self) -> list[Row]:
        return [row for row in self.documents() if row.ordered is None]

    def orders(self) -> list[Row]:
        return [row for row in self.documents() if row.ordered is not None]

    def payments(self) -> list[Row]:
        return list(self.shop.all("payment"))

    def whole(self, payment: Row) -> bool:
        """Tell whether a payment stands and nothing of it was given back."""
        return payment.stands and not self.shop.refunded(payment)

    @rule(
        who=which, items=st.lists(item, min_size=1, max_size=3), services=st.lists(service, max_size=2),
        delivery=small, rebate=small, coupon=small, gift=small, rate=st.sampled_from([0, 8250, 8875]),
        discount_rate=st.sampled_from([0, 0, 500, 3333]),
    )  # fmt: skip
    def quote(self, who: int, items: list[dict[str, int]], services: list[tuple[int, str, int]], **money: int) -> None:
        customer = self.customer(who)
        self.both(
            lambda: self.shop.quote(customer, items, services, **money),
            lambda: self.till.quote(customer.number, items, services, money),
        )

    @rule(who=which, count=st.integers(1, 3), price=price)
    def order(self, who: int, count: int, price: int) -> None:
        """Make a plain quote and approve it: orders with something owed are what most acts need."""
        self.quote(who, [dict(ITEM, quantity=count, price=price)], [], **(MONEY | {"coupon": 0}), delivery=0)
        self.approve(0, on_account=False)

    @precondition(lambda self: self.documents())
    @rule(place=which, on_account=st.booleans())
    def approve(self, place: int, *, on_account: bool) -> None:
        doc = nth(self.quotes() or self.documents(), place, lambda doc: doc.status not in CLOSED)
        self.both(
            lambda: self.shop.approve(doc, on_account=on_account),
            lambda: self.till.approve(doc.number, on_account=on_account),
        )

    @precondition(lambda self: self.quotes())
    @rule(place=which)
    def decline(self, place: int) -> None:
        doc = nth(self.quotes(), place, lambda doc: doc.status == "saved")
        self.both(lambda: self.shop.decline(doc), lambda: self.till.decline(doc.number))

    @precondition(lambda self: self.quotes())
    @rule(place=which)
    def extend(self, place: int) -> None:
        doc, day = nth(self.quotes(), place), later(self.shop.today, 14)
        self.both(lambda: self.shop.extend(doc, day), lambda: self.till.extend(doc.number, day))

    @precondition(lambda self: self.orders())
    @rule(place=which, at=which, sort=st.sampled_from(["install", "plan"]), much=st.integers(1, 9000))
    def add_service(self, place: int, at: int, sort: str, much: int) -> None:
        doc = nth(self.orders(), place)
        items = self.shop.items(doc)
        one = items[at % len(items)]
        self.both(
            lambda: self.shop.add_service(one, sort, much),
            lambda: self.till.add_service(doc.number, items.index(one) + 1, sort, much),
        )

    @often(2)
    @precondition(lambda self: self.documents())
    @rule(
        place=which, at=st.one_of(st.none(), which),
        to=st.sampled_from(["delivered", "delivered", "scheduled", "open", "in-transit"]),
    )  # fmt: skip
    def deliver(self, place: int, at: int | None, to: str) -> None:
        doc = nth(self.orders() or self.documents(), place, lambda doc: doc.status not in CLOSED)
        items = self.shop.items(doc)
        chosen = [] if at is None else [items[at % len(items)]]
        self.both(
            lambda: self.shop.move(doc, chosen, to),
            lambda: self.till.move(doc.number, [items.index(one) + 1 for one in chosen], to),
        )

    @precondition(lambda self: self.orders())
    @rule(place=which)
    def invoice(self, place: int) -> None:
        doc = nth(self.orders(), place)
        self.both(lambda: self.shop.invoice(doc), lambda: self.till.invoice(doc.number))

    @precondition(lambda self: self.orders())
    @rule(place=which, way=st.sampled_from(WAYS[:3]), keep=st.sampled_from(["none", "one", "half", "all"]),
          chosen=st.booleans())  # fmt: skip
    def cancel(self, place: int, way: str, keep: str, *, chosen: bool) -> None:
        doc = nth(self.orders(), place)
        fee = 0 if keep == "none" or not chosen else cents(keep, self.shop.paid(doc))
        self.both(
            lambda: self.shop.cancel(doc, way, fee, chosen=chosen),
            lambda: self.till.cancel(doc.number, way, fee, chosen=chosen),
        )

    # ------------------------------------------------------------------------------------------------------ payments

    @often(5)
    @precondition(lambda self: self.documents())
    @rule(place=which, method=st.sampled_from(METHODS), confirmed=st.sampled_from([None, None, False]),
          much=st.one_of(amount, st.sampled_from(["full", "max", "preset-half"])))  # fmt: skip
    def pay(self, place: int, method: str, much: str, *, confirmed: bool | None) -> None:
        doc = nth(self.documents(), place, lambda doc: self.shop.balance(doc) > 0 and doc.status not in CLOSED)
        how: int | str = {"full": "full", "max": "max", "preset-half": "half"}.get(much, 0)
        if how == "max" and method not in {"customer-credit", "credit-line"}:
            how = "full"
        wanted = how or cents(much, self.shop.balance(doc))
        status = self.shop.status_of(method, confirmed)
        self.both(
            lambda: self.shop.pay(doc, method, wanted, status),
            lambda: self.till.pay(doc.number, method, wanted, confirmed=confirmed),
        )

    @often(2)
    @precondition(lambda self: any(self.shop.all("payment", status="pending")))
    @rule(place=which, confirmed=st.booleans())
    def decide(self, place: int, *, confirmed: bool) -> None:
        payment = nth(list(self.shop.all("payment", status="pending")), place)
        self.both(
            lambda: self.shop.decide(payment, confirmed=confirmed),
            lambda: self.till.decide(payment.number, confirmed=confirmed),
        )

    @often(2)
    @precondition(lambda self: self.payments())
    @rule(place=which)
    def void(self, place: int) -> None:
        payment = nth(self.payments(), place, self.whole)
        self.both(lambda: self.shop.void(payment), lambda: self.till.void(payment.number))

    @precondition(lambda self: self.payments())
    @rule(place=which, fee=st.sampled_from([0, 0, 2500]))
    def bounce(self, place: int, fee: int) -> None:
        payment = nth(self.payments(), place, self.whole)
        self.both(lambda: self.shop.bounce(payment, fee), lambda: self.till.bounce(payment.number, fee))

    @precondition(lambda self: self.payments())
    @rule(place=which, much=amount)
    def correct(self, place: int, much: str) -> None:
        payment = nth(self.payments(), place, self.whole)
        wanted = cents(much, payment.cents)
        self.both(lambda: self.shop.correct(payment, wanted), lambda: self.till.correct(payment.number, wanted))

    @precondition(lambda self: self.payments() and len(self.documents()) > 1)
    @rule(place=which, at=which)
    def shift(self, place: int, at: int) -> None:
        payment = nth(self.payments(), place, self.whole)
        doc = nth(self.documents(), at, lambda doc: self.shop.balance(doc) >= payment.cents)
        self.both(lambda: self.shop.shift(payment, doc), lambda: self.till.shift(payment.number, doc.number))

    @often(3)
    @precondition(lambda self: self.payments())
    @rule(place=which, much=st.one_of(amount, st.none()), to=st.sampled_from(WAYS), as_credit=st.booleans())
    def refund(self, place: int, much: str | None, to: str, *, as_credit: bool) -> None:
        payment = nth(self.payments(), place, lambda row: row.status == "confirmed" and row.method != "write-off")
        wanted = None if much is None else cents(much, payment.cents - self.shop.refunded(payment))
        self.both(
            lambda: self.shop.refund(payment, wanted, to, as_credit=as_credit),
            lambda: self.till.refund(payment.number, wanted, to, as_credit=as_credit),
        )

    @rule(who=which, much=amount, method=st.sampled_from(METHODS[:-1]), surplus=st.booleans(), sure=st.booleans())
    def spread(self, who: int, much: str, method: str, *, surplus: bool, sure: bool) -> None:
        customer = self.customer(who)
        owed = self.shop.owed(customer) + sum(due for _, due in self.shop.draws(customer))
        wanted, status = cents(much, owed), self.shop.status_of(method, sure)
        if method == "credit-line":
            return
        self.both(
            lambda: self.shop.spread(customer, wanted, method, status, surplus=surplus),
            lambda: self.till.spread(customer.number, wanted, method, confirmed=sure, surplus=surplus),
        )

    # ------------------------------------------------------------------------------------------------------- goods back

    def returnable(self, doc: Row) -> bool:
        """Tell whether something of an order may be taken back."""
        return doc.status not in CLOSED and self.shop.balance(doc) == 0 and not self.shop.all_back(doc)

    @often(2)
    @precondition(lambda self: self.orders())
    @rule(place=which, ways=ways, delivery=st.one_of(st.none(), amount),
          restocking=st.sampled_from(["none", "none", "one", "all", "all+1"]))  # fmt: skip
    def return_everything(self, place: int, ways: tuple[str, ...], delivery: str | None, restocking: str) -> None:
        doc = nth(self.orders(), place, self.returnable)
        self._return(doc, {}, {}, (), ways, delivery, restocking, everything=True)

    @often(3)
    @precondition(lambda self: self.orders())
    @rule(
        place=which, ats=st.lists(which, max_size=2), counts=counts,
        amounts=st.one_of(st.just({}), st.dictionaries(which, amount, max_size=1)),
        sorts=st.one_of(st.just(()), st.sampled_from([("plan",), ("install",)])),
        ways=ways, delivery=st.one_of(st.none(), amount),
        restocking=st.sampled_from(["none", "none", "one"]),
    )  # fmt: skip
    def return_some(
        self, place: int, ats: list[int], counts: list[int | None], amounts: dict[int, str], sorts: tuple[str, ...],
        ways: tuple[str, ...], delivery: str | None, restocking: str,
    ) -> None:  # fmt: skip
        doc = nth(self.orders(), place, self.returnable)
        items = self.shop.items(doc)
        units = {items[at % len(items)]: count for at, count in zip(ats, counts, strict=False)}
        money = {
            items[at % len(items)]: cents(word, self.shop.net(items[at % len(items)])) for at, word in amounts.items()
        }
        self._return(doc, units, money, sorts, ways, delivery, restocking, everything=False)

    def _return(self, doc: Row, units: dict[Row, int | None], amounts: dict[Row, int], sorts: tuple[str, ...],
                ways: tuple[str, ...], delivery: str | None, restocking: str, *, everything: bool) -> None:  # fmt: skip
        items = self.shop.items(doc)
        part = None if delivery is None else cents(delivery, doc.delivery)
        fee = 0 if restocking == "none" else cents(restocking, self.shop.goods(doc))
        asked = {
            "everything": everything, "lines": {items.index(row) + 1: count for row, count in units.items()},
            "amounts": {items.index(row) + 1: much for row, much in amounts.items()}, "services": sorts,
            "delivery": part, "restocking": ("cents", fee), "to": ways,
        }  # fmt: skip
        self.both(
            lambda: self.shop.take_goods_back(doc, units, amounts, sorts, everything=everything, delivery=part,
                                              restocking=fee, ways=ways),
            lambda: self.till.take_goods_back(doc.number, asked),
        )  # fmt: skip

    @precondition(lambda self: self.orders())
    @rule(place=which, at=which, much=amount, to=st.sampled_from([None, "cash", "credit", "original"]))
    def allow(self, place: int, at: int, much: str, to: str | None) -> None:
        doc = nth(self.orders(), place, lambda doc: doc.status not in CLOSED)
        items = self.shop.items(doc)
        one = items[at % len(items)]
        wanted = cents(much, self.shop.net(one))
        self.both(
            lambda: self.shop.allow(one, wanted, to),
            lambda: self.till.allow(doc.number, items.index(one) + 1, wanted, to),
        )

    # ------------------------------------------------------------------------------- customer credit and credit line

    @rule(who=which, much=st.one_of(st.sampled_from([1, 5000]), st.integers(1, 60000)))
    def grant(self, who: int, much: int) -> None:
        customer = self.customer(who)
        self.both(lambda: self.shop.grant(customer, much), lambda: self.till.grant(customer.number, much))

    @rule(who=which, act=st.sampled_from(["withdraw", "adjust", "reset"]), much=amount)
    def change_credit(self, who: int, act: str, much: str) -> None:
        customer = self.customer(who)
        have = self.shop.credit(customer)
        if act == "withdraw":
            wanted = cents(much, have)
            self.both(lambda: self.shop.withdraw(customer, wanted), lambda: self.till.withdraw(customer.number, wanted))
        elif act == "adjust":
            to = cents(much, have) - 1
            self.both(lambda: self.shop.adjust(customer, to), lambda: self.till.adjust(customer.number, to))
        else:
            self.both(lambda: self.shop.reset(customer), lambda: self.till.reset(customer.number))

    @rule(who=which, limit=st.sampled_from([0, 1000, 30000, 100000, 1000000, None]))
    def set_limit(self, who: int, limit: int | None) -> None:
        customer = self.customer(who)
        if limit is None:
            self.both(lambda: self.shop.close_line(customer), lambda: self.till.close_line(customer.number))
            return
        self.both(lambda: self.shop.set_limit(customer, limit), lambda: self.till.set_limit(customer.number, limit))

    @often(2)
    @precondition(lambda self: any(self.shop.all("payment", method="credit-line")))
    @rule(place=which, much=amount, method=st.sampled_from(["cash", "check", "customer-credit"]),
          named=st.booleans(), sure=st.booleans())  # fmt: skip
    def repay(self, place: int, much: str, method: str, *, named: bool, sure: bool) -> None:
        draw = nth(list(self.shop.all("payment", method="credit-line")), place)
        customer, doc = draw.customer, draw.document if named else None
        owed = sum(due for _, due in self.shop.draws(customer, doc))
        wanted, status = cents(much, owed), self.shop.status_of(method, sure)
        self.both(
            lambda: self.shop.repay(customer, doc, wanted, method, status),
            lambda: self.till.repay(customer.number, doc and doc.number, wanted, method, confirmed=sure),
        )

    # ------------------------------------------------------------------------------------------------- back and forth

    @often(3)
    @precondition(lambda self: self.changes)
    @rule(back=st.one_of(st.just(0), st.just(0), which))
    def undo(self, back: int) -> None:
        number, change, _ = self.changes[-1 - back % len(self.changes)]
        self.both(lambda: self.shop.take_back(change), lambda: self.till.undo(number), undo=True)

    @often(2)
    @precondition(lambda self: any(undone for _, _, undone in self.changes))
    @rule()
    def redo(self) -> None:
        number, change = next((n, c) for n, c, undone in reversed(self.changes) if undone)
        self.both(lambda: self.shop.take_back(change), lambda: self.till.undo(number), undo=True)

    @rule(days=st.sampled_from([1, 1, 10, 15]))
    def wait(self, days: int) -> None:
        if self.shop.today < later(TODAY, 60):
            self.shop.today = later(self.shop.today, days)
            self.till.turn(self.shop.today)

    # ---------------------------------------------------------------------------------- what holds after every act

    def documents_agree(self) -> None:
        shop = self.shop
        for doc in shop.rows.get("document", ()):
            row = self.till.document(doc.number)
            assert (row is not None) == doc.alive
            if row is None:
                continue
            hub = {
                "status": row["status"], "ordered": row["ordered_on"], "goods": row["goods_cents"],
                "services": row["services_cents"], "tax": row["tax_cents"], "total": row["total_cents"],
                "returned": row["returned_cents"], "adjusted": row["adjusted_cents"], "charged": row["charged_cents"],
                "paid": row["paid_cents"], "pending": row["pending_cents"], "written off": row["written_off_cents"],
                "balance": row["balance_cents"], "paid status": row["paid_status"], "invoiced": row["invoiced_on"],
            }  # fmt: skip
            model = {
                "status": doc.status, "ordered": doc.ordered, "goods": shop.goods(doc),
                "services": shop.sold_services(doc), "tax": doc.tax, "total": shop.total(doc),
                "returned": shop.returned(doc), "adjusted": shop.adjusted(doc), "charged": shop.charged(doc),
                "paid": shop.paid(doc), "pending": shop.pending(doc), "written off": shop.written_off(doc),
                "balance": shop.balance(doc), "paid status": shop.paid_status(doc), "invoiced": doc.invoiced,
            }  # fmt: skip
            assert hub == model, f"document {doc.number}"
            assert shop.paid(doc) >= 0
            assert shop.charged(doc) >= 0
            assert shop.balance(doc) >= 0, "more was taken than is owed"

    def customers_agree(self) -> None:
        shop = self.shop
        for customer in shop.all("customer"):
            row = self.till.customer(customer.number)
            hub = {
                "credit": row["credit_cents"], "owed": row["owed_cents"], "value": row["lifetime_value_cents"],
                "orders": row["orders"], "stage": row["stage"], "used": self.till.used(customer.number),
            }  # fmt: skip
            model = {
                "credit": shop.credit(customer), "owed": shop.owed(customer), "value": shop.lifetime(customer),
                "orders": len(shop.orders(customer)), "stage": shop.stage(customer), "used": shop.used(customer),
            }  # fmt: skip
            assert hub == model, f"C{customer.number}"
            running = 0
            for entry in self.till.entries(customer.number):
                running += entry
                assert running >= 0, "customer credit fell below zero"
            assert shop.used(customer) >= 0

    def parts_are_not_more_than_the_whole(self) -> None:
        shop = self.shop
        for one in shop.all("item"):
            assert shop.units_back(one) <= one.quantity
            assert shop.money_back(one) <= shop.net(one)
        for payment in self.payments():
            assert shop.refunded(payment) <= payment.cents
            assert payment.method != "credit-line" or shop.repaid(payment) <= payment.cents


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[type[Ledger]]:
    """The machine with a template to copy: two customers, nothing sold yet."""
    folder = Path(tempfile.mkdtemp(dir=MEMORY if os.access(MEMORY, os.W_OK) else tmp_path_factory.mktemp("ledger")))
    template = folder / "template.db"
    make_template(template)
    yield type("Ledger", (Ledger,), {"template": template, "folder": folder})
    shutil.rmtree(folder)


def make_template(path: Path) -> None:
    """Make an empty database with two customers."""
    import subprocess
    import sys

    environment = os.environ | {"HUB_DB": str(path), "HUB_TODAY": TODAY, "HUB_USER": "sam"}
    for line in (
        ("init",), *(("customers", "create", "--first-name", name, "--last-name", "Lee", "--mobile", f"(312) 555-01{n}")
                     for n, name in ((42, "Ann"), (43, "Bo"))),
    ):  # fmt: skip
        subprocess.run([sys.executable, "-m", "hubcli", *line], env=environment, check=True, capture_output=True)


def test_hub_and_the_model_never_differ(machine: type[Ledger], rounds: Callable[[int, int], int]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=rounds(15, 500), stateful_step_count=rounds(30, 50), deadline=None, database=None,
            derandomize=rounds(1, 0) == 1, suppress_health_check=list(HealthCheck), print_blob=False,
        ),
    )  # fmt: skip
