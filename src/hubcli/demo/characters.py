"""The first customers of the demo shop, written by hand: the people of every example in the help and in the docs.

 C1 Maria Garcia        important note, a running quote and an order under way
 C2 René Müller         repeat customer with a company's name on the record and three numbers
 C3 Oak Builders        company, building code B-7, two sites, contacts, on account with one invoice part-paid
 C4 Bob Smith           50.00 of store credit
 C5 Zoë O'Brien         lead from the website with an expired quote
 C6 Harold Whitman      idle for 14 months, nothing open: what `archive --stale 365d` takes
 C7 Ingrid Søndergaard  idle as long, but with store credit
 C8 Nguyễn Thị Lan      idle as long, but with a unit never delivered
 C9 Łukasz Kowalski     archived
C10 Best Watches 4U     spam
C11 Jane Roe            deleted
C12 美玲 林              ZIP+4, luxury, first-time buyer
C13 Smith, Jones & Sons company with a comma in its name and two orders to pay
C14 Chloé Tremblay      Canadian, a draft and a declined quote
"""

from typing import Literal, NamedTuple

from hubcli.demo.catalogue import BY_NUMBER
from hubcli.demo.records import (
    Address,
    Contact,
    DemoCustomer,
    DemoDocument,
    Line,
    Note,
    Payment,
    Status,
    WalletEntry,
    tax_of,
)

Days = list[str]


class _Item(NamedTuple):
    """One line: a model of the catalogue, how it stands and the age in days of its delivery."""

    model: str
    quantity: int = 1
    state: str = "open"
    delivered: int | None = None
    serial: str | None = None


class _Deal(NamedTuple):
    """One document: ages in days of the quote and the order; `paid` is [(age, method, amount in cents or "all")]."""

    status: str
    items: tuple[_Item, ...]
    quoted: int | None = None
    ordered: int | None = None
    job: str | None = None
    paid: tuple[tuple[int, str, int | Literal["all"]], ...] = ()
    delivery: int = 0
    salesperson: int = 2
    tax_rate: int = 10250
    customer_class: str = "retail"
    source: str = "in-store"


class _Role(NamedTuple):
    """One character; ages in days, phones as typed beside their E.164 form."""

    first: str | None
    last: str | None
    born: int
    touched: int
    addresses: tuple[Address, ...] = ()
    mobile: tuple[str | None, str | None] = (None, None)
    home: tuple[str | None, str | None] = (None, None)
    alternate: tuple[str | None, str | None] = (None, None)
    email: str | None = None
    billing_emails: tuple[str, ...] = ()
    kind: Literal["individual", "company"] = "individual"
    company: str | None = None
    building: str | None = None
    type: str | None = None
    source: str = "in-store"
    found_us: str | None = None
    manager: int | None = None
    status: Status = "active"
    closed: int | None = None
    contacts: tuple[Contact, ...] = ()
    notes: tuple[tuple[str, str, bool, str, int, int], ...] = ()
    wallet: tuple[tuple[int, int, str, str], ...] = ()
    deals: tuple[_Deal, ...] = ()


def _bill(line1: str, city: str, state: str, code: str, line2: str | None = None, country: str = "US") -> Address:
    return "billing", line1, line2, city, state, code, country, False


def _ship(line1: str, city: str, state: str, code: str, line2: str | None = None, *, default: bool = True) -> Address:
    return "delivery", line1, line2, city, state, code, "US", default


def _done(model: str, age: int, serial: str | None = None, quantity: int = 1) -> _Item:
    return _Item(model, quantity, "delivered", age, serial)


_ROLES = (
    _Role(
        "Maria", "Garcia", 512, 6,
        (
            _bill("2140 N Halsted St", "Chicago", "IL", "60614", "Apt 3B"),
            _ship("2140 N Halsted St", "Chicago", "IL", "60614", "Apt 3B"),
            _ship("871 Forest Ave", "Evanston", "IL", "60202", default=False),
        ),
        mobile=("(312) 555-0142", "+13125550142"),
        home=("773-555-0118", "+17735550118"),
        email="maria.garcia@example.com",
        type="average", found_us="Referral", manager=2,
        contacts=(("Luis", "Garcia", "(312) 555-0143", "Spouse", "backup"),),
        notes=(
            ("delivery", "persistent", True, "Gate code 4412, call before delivery", 512, 2),
            ("internal", "optional", False, "Asked about matching pedestals", 20, 3),
        ),
        deals=(
            _Deal("shipped", (_done("WM4000HBA1", 490, "402KWXR1L733"),), ordered=500, delivery=7500,
                  paid=((500, "credit-card", "all"),)),
            _Deal("in-production", (_Item("RF28R7351SR/AA", state="scheduled"), _Item("SHP78CM5N1")), 30, 24,
                  "Garcia kitchen", ((24, "check", "all"),), 9900),
            _Deal("saved", (_Item("DVE45R6100W/A3"), _Item("PD27G4", 2)), 6, job="Garcia laundry", delivery=4900),
        ),
    ),
    _Role(
        "René", "Müller", 1130, 40,
        (
            _bill("4718 N Lincoln Ave", "Chicago", "IL", "60625"),
            _ship("4718 N Lincoln Ave", "Chicago", "IL", "60625", "Rear building"),
        ),
        mobile=("+1 773 555 0107", "+17735550107"),
        home=("773.555.0161", "+17735550161"),
        alternate=("1-847-555-0191", "+18475550191"),
        email="rene.mueller@example.com", billing_emails=("accounts@muellerbau.test",),
        company="Müller Bau", type="luxury", found_us="Friend", manager=3,
        notes=(("delivery", "persistent", False, "Use the alley entrance", 1100, 7),),
        deals=(
            _Deal("shipped", (_done("BI-36UFD/S/PH", 1080, "SZ4410972"), _done("M301S2", 1080, "W20918844")), 1115,
                  1104, "Müller kitchen", ((1104, "bank-transfer", "all"),), 19900, 3),
            _Deal("shipped", (_done("G7106SCUSS", 395, "118402217"),), ordered=402, paid=((402, "credit-card", "all"),),
                  salesperson=3),
            _Deal("shipped", (_done("UC-24BG/S/RH", 41, "SZ5120033"),), ordered=52, paid=((52, "check", "all"),),
                  delivery=7500, salesperson=3),
        ),
    ),
    _Role(
        "Sam", "Okafor", 900, 11,
        (
            _bill("900 W Fulton Market", "Chicago", "IL", "60607", "Suite 210"),
            _ship("1450 Prospect St, Lot 12", "Naperville", "IL", "60563"),
            _ship("77 Harbor Dr, Building A", "Evanston", "IL", "60201", default=False),
        ),
        mobile=("(312) 555-0109", "+13125550109"), alternate=("312-555-0195", "+13125550195"),
        email="office@oakbuilders.test", billing_emails=("ap@oakbuilders.test", "lena@oakbuilders.test"),
        kind="company", company="Oak Builders", building="B-7", type="average", found_us="Builder", manager=1,
        contacts=(
            ("Lena", "Fischer", "312-555-0196", "Bookkeeper", "billing"),
            ("Tyrone", "Banks", "(630) 555-0133", "Site manager", "site"),
        ),
        notes=(
            ("delivery", "persistent", True, "Hard hats on site; ask for Tyrone", 880, 7),
            ("customer", "persistent", False, "Water line kits are supplied by the plumber", 870, 3),
        ),
        deals=(
            _Deal("shipped", (_done("GNE27JYMFS4", 600, None, 6), _done("JGB735SPSS8", 600, None, 6)), 640, 630,
                  "Phase 1", ((630, "bank-transfer", "all"),), 19900, 5, customer_class="project"),
            _Deal("shipped", (_done("GDT665SYNFS5", 60, None, 4),), ordered=75, job="Lot 12",
                  paid=((75, "check", 200_000),), delivery=9900, salesperson=5, customer_class="trade"),
            _Deal("in-production", (_Item("WDT750SAKZ1", 8), _Item("WMH31017HS5", 8, "in-transit")), 30, 18, "Lot 14",
                  ((18, "bank-transfer", "all"),), 12900, 5, customer_class="project"),
            _Deal("awaiting-approval", (_Item("NE63A6511SS/AA", 12),), 11, job="Phase 2", salesperson=5,
                  customer_class="project"),
        ),
    ),
    _Role(
        "Bob", "Smith", 300, 90,
        (_bill("512 Maple Ave", "Oak Park", "IL", "60302"), _ship("512 Maple Ave", "Oak Park", "IL", "60302")),
        mobile=("7085550120", "+17085550120"), email="bob.smith@example.com",
        type="budget-friendly", found_us="Walk-in",
        wallet=((90, 7500, "grant", "Scratch on the side panel"), (60, -2500, "withdrawal", "Paid out in cash")),
        deals=(
            _Deal("shipped", (_done("WTW4855HW2", 110, "CB2904418"),), ordered=118, paid=((118, "cash", "all"),),
                  delivery=4900, salesperson=4),
        ),
    ),
    _Role(
        "Zoë", "O'Brien", 70, 70,
        (_bill("19 Harvard Ave", "Boston", "MA", "02134", "# 5"),),
        mobile=("(617) 555-0150", "+16175550150"), email="zoe.obrien@example.org", source="website", found_us="Google",
        deals=(
            _Deal("saved", (_Item("LRFVS3006S2"),), 70, tax_rate=6250, delivery=9900, customer_class="web",
                  source="website"),
        ),
    ),
    _Role(
        "Harold", "Whitman", 1400, 1010,
        (_bill("88 Chestnut St", "Springfield", "IL", "62704"), _ship("88 Chestnut St", "Springfield", "IL", "62704")),
        mobile=("217-555-0104", "+12175550104"), email="harold.whitman@example.net", type="average", manager=4,
        deals=(
            _Deal("shipped", (_done("LTCS20020W", 1000, "007MRKD4S812"),), ordered=1011, paid=((1011, "check", "all"),),
                  salesperson=4),
            _Deal("saved", (_Item("DW80R5061US/AA"),), 430, delivery=4900, salesperson=4),
        ),
    ),
    _Role(
        "Ingrid", "Søndergaard", 800, 640,
        (_bill("302 Lake St", "Madison", "WI", "53703"), _ship("302 Lake St", "Madison", "WI", "53703")),
        mobile=("(608) 555-0122", "+16085550122"), email="ingrid@example.org", type="luxury", found_us="Mailer",
        wallet=((420, 12_500, "grant", "Goodwill after a repair"),),
        deals=(
            _Deal("shipped", (_done("DD24DCTX9N", 630, "FKP830071"),), ordered=640, paid=((640, "credit-card", "all"),),
                  delivery=7500, tax_rate=5500),
        ),
    ),
    _Role(
        "Thị Lan", "Nguyễn", 700, 520,
        (_bill("1021 W Argyle St", "Chicago", "IL", "60640"), _ship("1021 W Argyle St", "Chicago", "IL", "60640")),
        mobile=("773 555 0131", "+17735550131"), email="lan.nguyen@example.com", type="average",
        notes=(("internal", "optional", True, "Back-ordered unit: supplier has no date", 450, 6),),
        deals=(
            _Deal("in-production", (_done("FFFC15M4TW3", 500, "BA9310447"), _Item("HUI-20S")), ordered=520,
                  paid=((520, "credit-card", "all"),), delivery=4900, salesperson=4),
        ),
    ),
    _Role(
        "Łukasz", "Kowalski", 1600, 1200,
        (_bill("5301 W Belmont Ave", "Chicago", "IL", "60641"), _ship("5301 W Belmont Ave", "Chicago", "IL", "60641")),
        mobile=("773-555-0177", "+17735550177"), email="lukasz.kowalski@example.com", status="archived", closed=120,
        deals=(
            _Deal("shipped", (_done("WFC150M0EW4", 1190, "R10330872"),), ordered=1200, paid=((1200, "cash", "all"),)),
        ),
    ),
    _Role(
        "Best", "Watches 4U", 45, 45, email="offer@watches.test", source="website", status="spam", closed=44,
    ),
    _Role(
        "Jane", "Roe", 410, 400,
        (_bill("64 Vine St", "Milwaukee", "WI", "53202"),),
        mobile=("414-555-0166", "+14145550166"), email="jane.roe@example.com", status="deleted", closed=200,
    ),
    _Role(
        "美玲", "林", 150, 130,
        (
            _bill("2216 S Wentworth Ave", "Chicago", "IL", "60616-1934"),
            _ship("2216 S Wentworth Ave", "Chicago", "IL", "60616-1934"),
        ),
        mobile=("+1 312 555 0188", "+13125550188"), email="meiling.lin@example.com", type="luxury", manager=3,
        source="website", found_us="Friend",
        deals=(
            _Deal("shipped", (_done("CI365TB1", 120, "92110448"), _done("HCP36651UC3", 120, "92110530")), 140, 131,
                  "Lin kitchen", ((131, "credit-card", "all"),), 12900, 3, customer_class="web", source="website"),
        ),
    ),
    _Role(
        "Omar", "Jones", 460, 33,
        (_bill("1 Washington St", "Boston", "MA", "02108"), _ship("21 Harvard Ave", "Boston", "MA", "02134")),
        mobile=("(617) 555-0199", "+16175550199"), email="omar@smithjones.test",
        billing_emails=("billing@smithjones.test",), kind="company", company="Smith, Jones & Sons",
        type="budget-friendly", found_us="Newspaper", manager=1,
        deals=(
            _Deal("shipped", (_done("WDF341PAPM2", 90, None, 3),), ordered=100, job="Unit 4B", tax_rate=6250,
                  customer_class="trade", salesperson=5),
            _Deal("awaiting-payment", (_Item("WRT311FZDW0", 3),), ordered=33, job="Unit 4B", delivery=9900,
                  paid=((33, "check", 50_000),), tax_rate=6250, customer_class="trade", salesperson=5),
        ),
    ),
    _Role(
        "Chloé", "Tremblay", 95, 8,
        (_bill("1498 rue Bélanger", "Montréal", "QC", "H2G 1A7", country="CA"),),
        mobile=("+1 (514) 555-0126", "+15145550126"), email="chloe.tremblay@example.net", source="website",
        deals=(
            _Deal("declined", (_Item("G7106SCUSS"),), 90, tax_rate=0, customer_class="web", source="website"),
            _Deal("draft", (_Item("H6280BP"),), 8, tax_rate=0, customer_class="web", source="website"),
        ),
    ),
)  # fmt: skip


def cast(days: Days) -> tuple[DemoCustomer, ...]:
    """Give the characters with their ages turned into days: days[0] is today, days[-1] tomorrow."""
    return tuple(_play(number, role, days) for number, role in enumerate(_ROLES, 1))


def _play(number: int, role: _Role, days: Days) -> DemoCustomer:
    notes: list[Note] = [(*head, days[age], author) for *head, age, author in role.notes]  # type: ignore[misc]
    wallet: list[WalletEntry] = [(days[age], *rest) for age, *rest in role.wallet]  # type: ignore[misc]
    return DemoCustomer(
        number,
        role.kind,
        role.status,
        role.first,
        role.last,
        role.company,
        role.building,
        role.email,
        list(role.billing_emails),
        *role.mobile,
        *role.home,
        *role.alternate,
        role.type,
        role.source,
        role.found_us,
        role.manager,
        days[role.born],
        days[role.touched],
        None if role.closed is None else days[role.closed],
        list(role.addresses),
        list(role.contacts),
        notes,
        wallet,
        [_document(deal, days) for deal in role.deals],
    )


def _document(deal: _Deal, days: Days) -> DemoDocument:
    lines = [_line(item, days) for item in deal.items]
    goods = sum(line[2] * line[3] for line in lines)
    total = goods + deal.delivery + tax_of(goods, deal.tax_rate)
    payments: list[Payment] = [
        (days[age], method, total if amount == "all" else amount) for age, method, amount in deal.paid
    ]
    return DemoDocument(
        "quote" if deal.ordered is None else "order",
        None if deal.quoted is None else days[deal.quoted],
        None if deal.ordered is None else days[deal.ordered],
        None if deal.quoted is None else days[deal.quoted - 14],
        deal.status,
        deal.job,
        deal.customer_class,
        deal.source,
        deal.salesperson,
        deal.delivery,
        deal.tax_rate,
        lines,
        payments,
    )


def _line(item: _Item, days: Days) -> Line:
    model = BY_NUMBER[item.model]
    day = None if item.delivered is None else days[item.delivered]
    return (
        model.model,
        model.description,
        item.quantity,
        model.price_cents,
        model.cost_cents,
        item.state,
        day,
        item.serial,
    )
