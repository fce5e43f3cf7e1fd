"""What is printed: everything the reader needs, nothing internal, nothing outside the margins, no letter missing."""

import re
import shutil
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from conftest import InProcess
from test_designs import png

SCALE = 2.0
POINTS = 72 / 25.4
"""Points in a millimetre."""


def pages(path: Path) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(str(path))


def text(path: Path) -> str:
    """The text of all pages as a reader of the PDF copies it, white space made one blank."""
    document = pages(path)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


def inked(path: Path) -> list[tuple[float, float, float, float]]:
    """The box that is not white on each page, in millimetres from the left, top, right and bottom edge."""
    from PIL import ImageChops

    found = []
    document = pages(path)
    for page in document:
        picture = page.render(scale=SCALE).to_pil().convert("L")
        left, top, right, bottom = ImageChops.invert(picture).getbbox() or (0, 0, 0, 0)
        unit = SCALE * POINTS
        found.append((left / unit, top / unit, (picture.width - right) / unit, (picture.height - bottom) / unit))
    document.close()
    return found


def check_page(path: Path) -> None:
    for left, top, right, bottom in inked(path):
        assert min(left, top, right) > 15, "something stands in the margin"
        assert bottom > 8, "the foot is at the bottom, and on the page"
    check_letters(path)


def check_letters(path: Path) -> None:
    """Look at every letter where the PDF says that it is: it is drawn there, and none lies over another."""
    document = pages(path)
    for page in document:
        picture = page.render(scale=SCALE).to_pil().convert("L")
        letters = page.get_textpage()
        boxes = []
        for at in range(letters.count_chars()):
            sign = letters.get_text_range(at, 1)
            if not sign.strip() or unicodedata.category(sign)[0] in "CM":
                continue
            left, bottom, right, top = (SCALE * edge for edge in letters.get_charbox(at))
            box = (int(left), int(picture.height - top), int(right) + 1, int(picture.height - bottom) + 1)
            assert picture.crop(box).getextrema()[0] < 250, f"{sign} is not there"
            if unicodedata.bidirectional(sign) not in {"R", "AL"}:  # those join
                boxes.append((box, sign))
        check_apart(boxes)
    document.close()


def check_apart(boxes: list[tuple[tuple[int, int, int, int], str]]) -> None:
    boxes.sort(key=lambda one: one[0][1])
    for at, ((left, top, right, bottom), sign) in enumerate(boxes):
        for (other, above, edge, _), lower in boxes[at + 1 :]:
            if above >= bottom:
                break
            across, down = min(right, edge) - max(left, other), bottom - max(above, top)
            assert across * 2 < right - left or down * 3 < bottom - top, f"{sign} and {lower} lie over each other"


@pytest.fixture(scope="module")
def shop_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """C1 with Q1, O2 paid and delivered, O3 owed and invoiced, in transit; notes of every type; made once."""
    with pytest.MonkeyPatch.context() as patch:
        hub = InProcess(tmp_path_factory.mktemp("shop") / "hub.db", patch)
        hub("init")
        for key, value in (
            ("shop.name", "Oak Appliances"), ("shop.address", "9 Oak St; Chicago, IL 60614"),
            ("statements.enabled", "on"), ("statements.include_not_overdue", "on"), ("print.money", "$1,234.50"),
            ("print.closing", "Pay to account 4410; Thank you"),
        ):  # fmt: skip
            hub("settings", "set", key, value)
        hub("customers", "create", "--first-name", "René", "--last-name", "Müller", "--mobile", "312 555 0101",
            "--line1", "12 Lake St", "--city", "Chicago", "--state", "IL", "--zip", "60601")  # fmt: skip
        notes = (("internal", "pays late"), ("delivery", "gate code 4412"), ("customer", "thanks for waiting"))
        for type_, said in notes:
            hub("notes", "add", "C1", said, "--type", type_, "--persistence", "persistent")
        hub("credit", "line", "set", "C1", "--limit", "5000")
        for number in (1, 2, 3):
            hub("quotes", "create", "C1", "--line", "WF45R6100AW:2@899.00/512.34", "--job", f"Job {number}",
                "--fulfillment", "delivery-install", "--tax-rate", "10.25%", "--delivery", "75")  # fmt: skip
        hub("payments", "add", "Q2", "--full", "--method", "check", "--check-number", "881")
        hub("orders", "deliver", "O2", "--serial", "SN-1")
        hub("payments", "add", "Q3", "--full", "--method", "credit-line")
        hub("orders", "invoice", "O3")
        hub("orders", "return", "O2", "--line", "1:1", "--reason", "dented", "--date", "2025-06-15", "--to", "credit")
        hub("visits", "create", "O2", "--type", "service", "--date", "2025-06-20", "--driver", "Dee",
            "--description", "Rattles when it spins")  # fmt: skip
        hub("statements", "generate", "--from", "2025-06-01", "--to", "2025-06-15", "C1")
        yield hub.path


@pytest.fixture
def shop(shop_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InProcess:
    """A copy of that shop, with a logo."""
    shutil.copy(shop_file, tmp_path / "hub.db")
    (tmp_path / "logo.png").write_bytes(logo())
    hub = InProcess(tmp_path / "hub.db", monkeypatch)
    hub("settings", "set", "shop.logo", str(tmp_path / "logo.png"))
    return hub


def logo(size: tuple[int, int] = (60, 30)) -> bytes:
    from io import BytesIO

    from PIL import Image

    file = BytesIO()
    Image.new("RGB", size, (20, 90, 60)).save(file, "PNG")
    return file.getvalue()


SHEETS = {
    "quote": (("quotes", "print", "Q1"), ("Quote 1", "WF45R6100AW", "$899.00", "$1,798.00", "10.25 %", "$2,057.30")),
    "order": (("orders", "print", "O2"), ("Order confirmation 2", "serial SN-1", "Paid", "thanks for waiting")),
    "delivery": (
        ("orders", "print", "O3", "--delivery"),
        ("Delivery of order 3", "delivery install", "gate code 4412", "312 555 0101", "Received by"),
    ),
    "invoice": (("invoices", "print", "O3"), ("Invoice", "Due", "$2,057.30", "thanks for waiting", "account 4410")),
    "statement": (("statements", "print", "S1"), ("Statement S1", "Draw", "Owed in all", "$2,057.30")),
    "visit": (("visits", "print", "V1"), ("Service visit V1", "Dee", "Rattles when it spins", "gate code 4412",
                                          "Work done")),
    "receipt": (("payments", "print", "P1"), ("Receipt P1", "check", "881", "Received", "$2,057.30", "Order 2")),
    "credit note": (("payments", "print", "R1"), ("Credit note R1", "dented", "customer credit", "Credited")),
    "credit": (("credit", "print", "C1"), ("Customer credit", "Return, order 2", "Balance")),
}  # fmt: skip
NEVER = ("pays late", "512.34", "margin", "cost")
"""What no customer and no driver ever reads."""
UNPRICED = ("visit", "delivery")


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("form", ["pdf", "html"])
def test_each_sheet_has_what_its_reader_needs_and_nothing_else(
    shop: InProcess, tmp_path: Path, kind: str, form: str
) -> None:
    arguments, wanted = SHEETS[kind]
    path = tmp_path / f"sheet.{form}"
    assert shop(*arguments, "-o", str(path), "--json").json["sheets"] == 1
    printed = (
        text(path)
        if form == "pdf"
        else re.sub(r"<style>.*?</style>|<[^>]+>", " ", path.read_text("utf-8"), flags=re.DOTALL)
    )
    for word in (*wanted, "René Müller", "Oak Appliances", "9 Oak St"):
        assert word in printed, word
    for word in (*NEVER, *(("899.00", "2,057.30", "thanks") if kind in UNPRICED else ("gate code",))):
        assert word not in printed, word
    if form == "pdf":
        check_page(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_one_check_over_several_orders_has_one_receipt(shop: InProcess, tmp_path: Path) -> None:
    made = shop("quotes", "create", "C1", "--line", "PLUG@10", "--fulfillment", "pickup", "-q").out.strip()
    shop("quotes", "approve", made, "-y")
    shop("payments", "add", "C1", "--amount", "2087.30", "--method", "check", "--check-number", "77",
         "--surplus", "customer-credit")  # fmt: skip
    number = shop("payments", "list", "--check-number", "77", "--method", "check").rows
    path = tmp_path / "receipt.pdf"
    for paid in number:
        shop("payments", "print", paid["number"], "-o", str(path))
        printed = text(path)
        for word in ("Received $2,087.30", "Order 3 on the credit line $2,057.30", "Customer credit $20.00", "77"):
            assert word in printed, (paid["number"], word)
        check_page(path)
    assert len(number) > 1


def test_the_same_record_prints_the_same_bytes(shop: InProcess, tmp_path: Path) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    for path in (one, two):
        shop("quotes", "print", "Q1", "-o", str(path))
    assert one.read_bytes() == two.read_bytes()


def stretch(shop: InProcess, name: str, amount: int = 123456789, lines: int = 200) -> None:
    """Give the shop's records a name, long words, large amounts and many lines, past what the commands would do."""
    with closing(sqlite3.connect(shop.path)) as conn, conn:
        for number in (1, 2, 3):
            for line in range(2, lines + 1):
                conn.execute(
                    "INSERT INTO document_lines (document_id, line, model, description, quantity, unit_price_cents)"
                    " VALUES (?, ?, ?, ?, 1, ?)",
                    (
                        number,
                        line,
                        f"MODEL-{line}",
                        name + (" Ünbreakable" * 12 if line % 9 else "Ünbreakable" * 12),
                        amount,
                    ),
                )
        conn.execute("UPDATE customers SET first_name = 'Łukasz', last_name = ?", (name,))
        conn.execute("UPDATE documents SET job_name = ?", ("X" * 180,))
        conn.execute("UPDATE visits SET description = ?", (f"{name} rattles\n" * 80,))
        conn.execute("UPDATE notes SET text = ? WHERE type <> 'internal'", (f"{name} " * 150,))
        for number in range(4, 300):
            conn.execute(
                "INSERT INTO line_serials (line_id, serial) SELECT min(id), ? FROM document_lines GROUP BY document_id",
                (f"SERIAL-{number}",),
            )


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_long_names_large_amounts_and_many_lines_stay_on_the_page(shop: InProcess, tmp_path: Path, paper: str) -> None:
    stretch(shop, "Wolfeschlegelsteinhausenbergerdorff " * 5, 9_999_999_999_999, lines=8)
    shop("settings", "set", "print.paper", paper)
    path = tmp_path / "long.pdf"
    for arguments, _ in SHEETS.values():
        shop(*arguments, "-o", str(path))
        check_page(path)
        assert round(pages(path)[0].get_width() / POINTS) == (210 if paper == "a4" else 216)


def test_two_hundred_lines_have_their_titles_and_their_number_on_every_page(shop: InProcess, tmp_path: Path) -> None:
    stretch(shop, "Müller")
    path = tmp_path / "long.pdf"
    shop("quotes", "print", "Q1", "-o", str(path))
    check_page(path)
    printed, count = text(path), len(pages(path))
    assert count > 10
    for line in (2, 100, 200):
        assert f"MODEL-{line} " in printed
    assert count - printed.count("Item Qty Price Amount") in {0, 1}, "titles on every page of the table"
    assert f"Page {count} of {count}" in printed
    last = pages(path)[count - 1].get_textpage().get_text_bounded()
    assert "Goods" in last, "the sums stay together"
    assert "Total" in last


def test_each_sheet_of_a_file_counts_its_own_pages(shop: InProcess, tmp_path: Path) -> None:
    stretch(shop, "Müller", lines=20)
    path = tmp_path / "three.pdf"
    shop("orders", "print", "O2", "O3", "-o", str(path))
    assert text(path).count("Page 1 of 4") == 2


PEOPLE = (
    "Łukasz Žižka Ñandú Ωμέγα Жук ქართული สมชาย ★ ☎ →",
    "株式会社東京電機 もりた 陈伟 陳大文 김철수",
    "محمد עברית",
)
"""Names as a reader of the PDF finds them: right to left where they run so, and each letter in a font that has it."""


@pytest.mark.parametrize("name", PEOPLE)
def test_names_of_many_scripts(shop: InProcess, tmp_path: Path, name: str) -> None:
    first, last = name.split(maxsplit=1)
    shop("customers", "edit", "C1", "--first-name", first, "--last-name", last)
    shop("statements", "generate", "--from", "2025-06-01", "--to", "2025-06-15", "C1", "--reissue")
    path = tmp_path / "letters.pdf"
    for kind, (arguments, _) in SHEETS.items():
        again = ("statements", "print", "S2") if kind == "statement" else arguments
        assert "no font here" not in shop(*again, "-o", str(path)).err
        printed = text(path)
        for word in name.split():
            assert word in printed, (kind, word)
        check_page(path)


@pytest.mark.parametrize("size", [(2000, 40), (40, 2000), (3, 3)])
def test_a_logo_of_any_shape_stays_in_its_place(shop: InProcess, tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "logo.png").write_bytes(logo(size))
    path = tmp_path / "logo.pdf"
    shop("quotes", "print", "Q1", "-o", str(path))
    check_page(path)
    unit = SCALE * POINTS
    picture = pages(path)[0].render(scale=SCALE).to_pil().convert("L")
    corner = picture.crop((int(15 * unit), int(15 * unit), int(17 * unit), int(17 * unit)))
    assert corner.getextrema()[0] < 200, "it stands in the corner of the margins"
    shop("settings", "set", "shop.logo", "")
    shop("quotes", "print", "Q1", "-o", str(path))
    check_page(path)


@pytest.mark.parametrize(
    ("form", "wanted"),
    [("1234.50", "2057.30"), ("1.234,50 €", "2.057,30 €"), ("CHF 1'234.50", "CHF 2'057.30"), ("1 234,50", "2 057,30")],
)
def test_amounts_are_written_the_shop_s_way(shop: InProcess, tmp_path: Path, form: str, wanted: str) -> None:
    shop("settings", "set", "print.money", form)
    path = tmp_path / "x.html"
    shop("quotes", "print", "Q1", "-o", str(path))
    assert f'<td class="figure">{wanted.replace(chr(39), "&#39;")}</td>' in path.read_text("utf-8")
    assert "1234.50" in shop("settings", "set", "print.money", "a lot", code=2).err


def test_sheets_for_the_references_on_stdin(shop: InProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "two.html")
    listed = shop("orders", "list").out
    assert shop("orders", "print", "-", "--delivery", "-o", path, "--json", stdin=listed).json["sheets"] == 2


def test_a_letter_that_no_font_has_is_said(shop: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hubcli.operations.printing import fonts

    monkeypatch.setattr(fonts, "found", lambda: iter(()))
    monkeypatch.setattr(fonts, "CJK", ())
    path = tmp_path / "cjk.pdf"
    for name, told in (
        ("株式会社", "no font here has 会式株社: pip install 'hubcli[cjk]', or name one"),
        ("ⵣ", "no font here has ⵣ: name one with hub settings set print.fonts"),
    ):
        shop("customers", "edit", "C1", "--last-name", name)
        assert told in shop("quotes", "print", "Q1", "-o", str(path)).err
    shop("quotes", "print", "Q1", "-o", str(tmp_path / "cjk.html"))
    assert "ⵣ" in (tmp_path / "cjk.html").read_text("utf-8")


def test_a_font_of_the_shop_is_used(shop: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hubcli.operations.printing import fonts

    own = list(fonts.own(tmp_path))
    monkeypatch.setattr(fonts, "OWN", fonts.OWN[:1])
    monkeypatch.setattr(fonts, "found", lambda: iter(()))
    shop("customers", "edit", "C1", "--last-name", "ქართული")
    path = tmp_path / "own.pdf"
    assert "no font here" in shop("quotes", "print", "Q1", "-o", str(path)).err
    shop("settings", "set", "print.fonts", str(own[1].regular))
    assert "no font here" not in shop("quotes", "print", "Q1", "-o", str(path)).err
    assert "ქართული" in text(path)


def test_the_fonts_of_packages_are_found_without_running_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hubcli.operations.printing import fonts

    for weight in ("regular", "bold"):
        package = tmp_path / f"noto_cjk_sans_sc_{weight}"
        package.mkdir()
        (package / "__init__.py").write_text("raise SystemExit('run')")
        (package / "NotoSansCJKsc.otf").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    first = next(fonts.packaged())
    assert first.regular == tmp_path / "noto_cjk_sans_sc_regular" / "NotoSansCJKsc.otf"
    assert first.bold == tmp_path / "noto_cjk_sans_sc_bold" / "NotoSansCJKsc.otf"
    shapes = [font.regular.name for font in fonts.packaged()]
    assert shapes[-1] == "NotoSansCJKjp-Regular.otf", "the one of the extra is asked last"


def test_markup_in_names_is_text(shop: InProcess, tmp_path: Path) -> None:
    shop("customers", "edit", "C1", "--last-name", "<script>alert(1)</script> & Söhne")
    path = tmp_path / "x.html"
    shop("orders", "print", "O2", "-o", str(path))
    page = path.read_text("utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Söhne" in page
    assert not re.search(r"(?:src|href)=\"(?!data:)", page), "nothing is loaded from elsewhere"


def test_a_month_of_statements_in_one_file(shop: InProcess, tmp_path: Path) -> None:
    path = tmp_path / "all.pdf"
    assert (
        shop("statements", "print", "--month", "2025-06", "--no-email", "-o", str(path), "--json").json["sheets"] == 1
    )
    shop("customers", "edit", "C1", "--email", "rene@mueller.test")
    assert (
        "print which?" in shop("statements", "print", "--month", "2025-06", "--no-email", "-o", str(path), code=2).err
    )


def test_what_cannot_be_printed(shop: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "x.pdf")
    for arguments, code, told in (
        (("quotes", "print", "Q1"), 2, "-o FILE.pdf"),
        (("quotes", "print", "Q1", "-o", str(tmp_path / "x.doc")), 2, ".pdf or .html"),
        (("quotes", "print", "Q9", "-o", path), 4, "Q9"),
        (("quotes", "print", "O2", "-o", path), 6, "O2"),
        (("invoices", "print", "Q1", "-o", path), 6, "Q1"),
        (("payments", "print", "P9", "-o", path), 4, "P9"),
        (("payments", "print", "R9", "-o", path), 4, "R9"),
        (("visits", "print", "V9", "-o", path), 4, "V9"),
        (("statements", "print", "S9", "-o", path), 4, "S9"),
    ):
        assert told in shop(*arguments, code=code).err, arguments
    (tmp_path / "logo.png").write_text("no picture")
    assert "is no picture" in shop("quotes", "print", "Q1", "-o", path, code=2).err
    (tmp_path / "logo.png").unlink()
    assert "no such file" in shop("quotes", "print", "Q1", "-o", path, code=2).err
    (tmp_path / "logo.png").write_bytes(png(2, 2))
    monkeypatch.setitem(sys.modules, "fpdf", None)
    assert "pip install 'hubcli[pdf]'" in shop("quotes", "print", "Q1", "-o", path, code=1).err
    assert not Path(path).exists()
