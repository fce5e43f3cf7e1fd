"""What is printed: everything the reader needs, nothing internal, nothing outside the margins, no letter missing."""

import re
import sqlite3
import sys
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


@pytest.fixture
def shop(hub: InProcess, tmp_path: Path) -> InProcess:
    """C1 with Q1, O2 paid and delivered, O3 owed and invoiced; notes of every type; a logo."""
    (tmp_path / "logo.png").write_bytes(logo())
    for key, value in (
        ("shop.name", "Oak Appliances"), ("shop.address", "9 Oak St; Chicago, IL 60614"),
        ("shop.logo", str(tmp_path / "logo.png")), ("statements.enabled", "on"),
    ):  # fmt: skip
        hub("settings", "set", key, value)
    hub("customers", "create", "--first-name", "René", "--last-name", "Müller", "--mobile", "312 555 0101",
        "--line1", "12 Lake St", "--city", "Chicago", "--state", "IL", "--zip", "60601")  # fmt: skip
    for type_, said in (("internal", "pays late"), ("delivery", "gate code 4412"), ("customer", "thanks for waiting")):
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
    return hub


def logo() -> bytes:
    from io import BytesIO

    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (60, 30), (20, 90, 60)).save(file, "PNG")
    return file.getvalue()


SHEETS = {
    "quote": (("quotes", "print", "Q1"), ("Quote 1", "WF45R6100AW", "899.00", "1798.00", "10.25 %", "2057.30")),
    "order": (("orders", "print", "O2"), ("Order confirmation 2", "serial SN-1", "paid", "thanks for waiting")),
    "invoice": (("invoices", "print", "O3"), ("Invoice", "due", "2057.30", "thanks for waiting")),
    "statement": (("statements", "print", "S1"), ("Statement S1", "owed in all", "2057.30")),
    "visit": (("visits", "print", "V1"), ("Service visit V1", "Dee", "Rattles when it spins", "gate code 4412")),
    "receipt": (("payments", "print", "P1"), ("Receipt P1", "check", "881", "received")),
    "credit note": (("payments", "print", "R1"), ("Credit note R1", "dented", "credited")),
    "credit": (("payments", "print", "C1"), ("Customer credit", "return", "balance")),
}
NEVER = ("pays late", "512.34", "margin", "cost")
"""What no customer and no driver ever reads."""


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
    for word in (*NEVER, *(("899.00", "2057.30") if kind == "visit" else ("gate code",))):
        assert word not in printed, word
    if form == "pdf":
        check_page(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_same_record_prints_the_same_bytes(shop: InProcess, tmp_path: Path) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    for path in (one, two):
        shop("quotes", "print", "Q1", "-o", str(path))
    assert one.read_bytes() == two.read_bytes()


def test_long_names_long_words_and_two_hundred_lines_stay_on_the_page(shop: InProcess, tmp_path: Path) -> None:
    with closing(sqlite3.connect(shop.path)) as conn, conn:
        for line in range(2, 201):
            conn.execute(
                "INSERT INTO document_lines (document_id, line, model, description, quantity, unit_price_cents)"
                " VALUES (1, ?, ?, ?, 1, 123456789)",
                (line, f"MODEL-{line}", "Ünbreakable" * 12 if line % 9 == 0 else "a very long description of it " * 6),
            )
        conn.execute("UPDATE customers SET last_name = ?", ("Wolfeschlegelsteinhausenbergerdorff " * 5,))
        conn.execute("UPDATE documents SET job_name = ?", ("X" * 180,))
    path = tmp_path / "long.pdf"
    shop("quotes", "print", "Q1", "-o", str(path))
    check_page(path)
    printed = text(path)
    assert len(inked(path)) > 10
    for line in (2, 100, 200):
        assert f"MODEL-{line} " in printed
    assert len(inked(path)) - printed.count("Item Qty Price Amount") in {0, 1}, "titles on every page of the table"


def test_letters_of_many_scripts(shop: InProcess, tmp_path: Path) -> None:
    name = "Łukasz Žižka Ñandú Ωμέγα Жук"
    shop("customers", "edit", "C1", "--last-name", name)
    path = tmp_path / "letters.pdf"
    result = shop("quotes", "print", "Q1", "-o", str(path))
    assert "no font here" not in result.err
    assert name in text(path)


def test_a_letter_that_no_font_has_is_said(shop: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hubcli.operations.printing import fonts

    monkeypatch.setattr(fonts, "found", lambda: iter(()))
    shop("customers", "edit", "C1", "--last-name", "株式会社")
    path = tmp_path / "cjk.pdf"
    assert "no font here has 会式株社" in shop("quotes", "print", "Q1", "-o", str(path)).err
    shop("quotes", "print", "Q1", "-o", str(tmp_path / "cjk.html"))
    assert "株式会社" in (tmp_path / "cjk.html").read_text("utf-8")


def test_a_font_of_the_shop_is_used(shop: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hubcli.operations.printing import fonts

    own = fonts.own(tmp_path)
    monkeypatch.setattr(fonts, "OWN", {"Noto": fonts.OWN["Noto"]})
    monkeypatch.setattr(fonts, "found", lambda: iter(()))
    shop("customers", "edit", "C1", "--last-name", "ქართული")
    path = tmp_path / "own.pdf"
    assert "no font here" in shop("quotes", "print", "Q1", "-o", str(path)).err
    shop("settings", "set", "print.fonts", str(own[1].regular))
    assert "no font here" not in shop("quotes", "print", "Q1", "-o", str(path)).err
    assert "ქართული" in text(path)


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
