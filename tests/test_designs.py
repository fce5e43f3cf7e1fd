"""Designs keep the original byte for byte; artwork is approved job by job, and the order's milestone follows."""

import struct
import zlib
from pathlib import Path

import pytest

from conftest import InProcess


def png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


@pytest.fixture
def shop(hub: InProcess, tmp_path: Path) -> InProcess:
    """C1 has order O1; C2 has nothing. logo.png has 30 x 20 pixels."""
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101")
    hub("customers", "create", "--first-name", "Bo", "--last-name", "Orr", "--mobile", "312 555 0102")
    hub("quotes", "create", "C1", "--line", "PC61:12@9.50", "--fulfillment", "pickup")
    hub("payments", "add", "Q1", "--full", "--method", "cash")
    (tmp_path / "logo.png").write_bytes(png(30, 20))
    (tmp_path / "logo.dst").write_bytes(b"LA:logo stitches")
    return hub


def add(shop: InProcess, tmp_path: Path, *more: str) -> None:
    shop("designs", "add", "C1", str(tmp_path / "logo.png"), "--confirm-rights", *more)


def test_a_design_is_kept_with_who_answers_for_it(shop: InProcess, tmp_path: Path) -> None:
    refused = shop("designs", "add", "C1", str(tmp_path / "logo.png"), code=6)
    assert "nobody confirmed" in refused.err
    add(shop, tmp_path, "--name", "Lee logo")
    row = shop("designs", "list", "--customer", "C1").rows[0]
    wanted = {"number": "D1", "name": "Lee logo", "type": "uploaded", "media_type": "image/png", "width": "30",
              "height": "20", "used": "0", "added_on": "2025-06-15", "added_by": "sam"}  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted
    assert "not a picture" in shop("designs", "add", "C1", str(tmp_path / "logo.dst"), "--confirm-rights", code=2).err
    shop("designs", "add", "C1", str(tmp_path / "logo.dst"), "--confirm-rights", "--digitized")
    assert [r["type"] for r in shop("designs", "list").rows] == ["digitized", "uploaded"]


def test_the_original_comes_back_byte_for_byte(shop: InProcess, tmp_path: Path) -> None:
    add(shop, tmp_path)
    path = tmp_path / "again.png"
    assert shop("designs", "export", "D1", "-o", str(path), "--json").json["file"] == str(path)
    assert path.read_bytes() == (tmp_path / "logo.png").read_bytes()
    assert "-o FILE" in shop("designs", "export", "D1", code=2).err


def test_used_counts_orders_and_deleting_keeps_them(shop: InProcess, tmp_path: Path) -> None:
    add(shop, tmp_path)
    shop("designs", "use", "D1", "O1", "--line", "1")
    assert shop("designs", "show", "D1", "--json").json["used"] == 1
    shop("designs", "delete", "D1", "-y")
    assert shop("designs", "list").rows == []
    assert "no design D1" in shop("designs", "show", "D1", code=4).err
    change = shop("changes", "list", "--command", "designs delete").rows[0]["change"]
    shop("undo", change)
    assert len(shop("designs", "list").rows) == 1


def test_another_ones_design_is_refused(shop: InProcess, tmp_path: Path) -> None:
    add(shop, tmp_path)
    shop("quotes", "create", "C2", "--line", "PC61@9.50", "--fulfillment", "pickup")
    assert "D1 is a design of C1" in shop("designs", "use", "D1", "Q2", code=6).err
    assert "D1 is a design of C1" in shop("artwork", "add", "C2", "x", "--design", "D1", code=6).err
    assert "D1 is a design of C1" in shop("layouts", "add", "C2", "x", "--design", "D1", code=6).err
    assert "O1 is of C1" in shop("artwork", "add", "C2", "x", "--order", "O1", code=6).err


def test_the_milestone_follows_the_jobs_of_an_order(shop: InProcess, tmp_path: Path) -> None:
    add(shop, tmp_path)
    shop("artwork", "add", "C1", "front", "--order", "O1", "--design", "D1")
    made = shop("artwork", "add", "C1", "back", "--order", "O1", "--fee", "25").rows[0]
    assert (made["number"], made["status"], made["fee"]) == ("W2", "awaiting-artwork", "25.00")
    shop("artwork", "approve", "W1", "--note", "by phone")
    assert "no artwork yet" in shop("artwork", "approve", "W2", code=6).err
    shop("artwork", "submit", "W2", "D1")
    shop("artwork", "reject", "W2", "--note", "too small")
    assert reached(shop) == []
    shop("artwork", "submit", "W2", "D1")
    shop("artwork", "approve", "W2")
    assert reached(shop) == ["artwork-approved"]
    assert "is approved already" in shop("artwork", "approve", "W2", code=6).err
    shop("artwork", "add", "C1", "sleeve", "--order", "O1")
    assert reached(shop) == []
    assert [r["number"] for r in shop("artwork", "list", "--status", "approved").rows] == ["W1", "W2"]
    assert [r["number"] for r in shop("artwork", "list").rows] == ["W3", "W1", "W2"]


def reached(shop: InProcess) -> list[str]:
    rows = shop("sql", "SELECT milestone FROM milestones WHERE milestone LIKE 'artwork%'").rows
    return [row["milestone"] for row in rows]


def test_a_job_of_its_own_and_layouts(shop: InProcess, tmp_path: Path) -> None:
    add(shop, tmp_path)
    shop("artwork", "add", "C1", "logo cleanup", "--design", "D1")
    assert shop("artwork", "show", "W1", "--json").json["order"] is None
    shop("layouts", "add", "C1", "Crew", "--product", "PC61", "--position", "left chest", "--design", "D1",
         "--order", "O1")  # fmt: skip
    row = shop("layouts", "list", "--customer", "C1").rows[0]
    assert (row["design"], row["last_order"], row["position"]) == ("D1", "O1", "left chest")
    shop("layouts", "delete", "1", "-y")
    assert shop("layouts", "list").rows == []
    assert "no layout" in shop("layouts", "show", "1", code=4).err


def test_a_design_on_an_order_waits_to_be_approved_once_for_each_process(shop: InProcess, tmp_path: Path) -> None:
    add(shop, tmp_path, "--name", "Lee logo")
    shop("quotes", "create", "C1", "--line", "PC61:12@9.50", "--line", "CAP:12@7", "--line", "MUG:12@3")
    for line, process in (("1", "screen print"), ("2", "screen print"), ("3", "embroidery")):
        shop("quotes", "edit-line", "Q2", line, "--decoration", process)
        shop("designs", "use", "D1", "Q2", "--line", line)
    assert shop("artwork", "list").rows == [], "a quote has nothing to approve yet"
    shop("quotes", "approve", "Q2", "-y")
    jobs = [(row["name"], row["status"], row["process"], row["order"]) for row in shop("artwork", "list").rows]
    assert jobs == [("Lee logo", "awaiting-approval", process, "O2") for process in ("embroidery", "screen print")]
    shop("designs", "use", "D1", "O2", "--line", "1")
    assert len(shop("artwork", "list").rows) == 2, "that is asked already"
    for job in ("W1", "W2"):
        shop("artwork", "approve", job)
    assert reached(shop) == ["artwork-approved"]


@pytest.mark.parametrize(("setting", "jobs"), [("on", 1), ("off", 0)])
def test_web_orders_ask_for_approval_as_the_shop_wants(
    shop: InProcess, tmp_path: Path, setting: str, jobs: int
) -> None:
    add(shop, tmp_path)
    shop("settings", "set", "artwork.web_orders", setting)
    shop("orders", "create", "C1", "--line", "PC61:12@9.50", "--source", "website")
    shop("designs", "use", "D1", "O2")
    assert len(shop("artwork", "list").rows) == jobs
    shop("designs", "use", "D1", "O1")
    assert len(shop("artwork", "list", "--order", "O1").rows) == 1, "an order of the shop always asks"


def test_a_job_is_taken_away_and_the_milestone_follows_the_others(shop: InProcess, tmp_path: Path) -> None:
    add(shop, tmp_path)
    shop("artwork", "add", "C1", "front", "--order", "O1", "--design", "D1")
    shop("artwork", "add", "C1", "back", "--order", "O1")
    shop("artwork", "approve", "W1")
    assert reached(shop) == []
    assert shop("artwork", "delete", "W2", "-y").rows[0]["number"] == "W2"
    assert reached(shop) == ["artwork-approved"]
    assert "is approved already" in shop("artwork", "delete", "W1", "-y", code=6).err
    assert "no artwork job W2" in shop("artwork", "show", "W2", code=4).err


def test_artwork_and_what_the_press_takes_come_back_byte_for_byte(shop: InProcess, tmp_path: Path) -> None:
    add(shop, tmp_path)
    plates, out = tmp_path / "plates.zip", tmp_path / "out"
    plates.write_bytes(b"PK\x03\x04 plates")
    shop("artwork", "add", "C1", "front", "--design", "D1")
    shop("artwork", "add", "C1", "back")
    assert shop("artwork", "ready", "W1", str(plates)).rows[0]["ready"] == "plates.zip"
    shop("artwork", "export", "W1", "-o", str(out))
    assert out.read_bytes() == (tmp_path / "logo.png").read_bytes()
    shop("artwork", "export", "W1", "--ready", "-o", str(out))
    assert out.read_bytes() == plates.read_bytes()
    assert "no artwork of W2" in shop("artwork", "export", "W2", "-o", str(out), code=4).err
    assert "no production-ready file" in shop("artwork", "export", "W2", "--ready", "-o", str(out), code=4).err
    shop("layouts", "add", "C1", "Crew", "--design", "D1")
    shop("layouts", "add", "C1", "Plain")
    shop("layouts", "export", "1", "-o", str(out))
    assert out.read_bytes() == (tmp_path / "logo.png").read_bytes()
    assert "no design" in shop("layouts", "export", "2", "-o", str(out), code=4).err


def test_every_design_of_a_customer_into_a_folder(shop: InProcess, tmp_path: Path) -> None:
    add(shop, tmp_path, "--name", "../../Crown & Co")
    shop("designs", "add", "C1", str(tmp_path / "logo.dst"), "--confirm-rights", "--digitized", "--name", "Ünder")
    folder = tmp_path / "artwork"
    assert "-o FOLDER" in shop("designs", "export", "--customer", "C1", "-o", str(folder), code=2).err
    folder.mkdir()
    rows = shop("designs", "export", "--customer", "C1", "-o", str(folder)).rows
    assert sorted(row["number"] for row in rows) == ["D1", "D2"]
    assert sorted(path.name for path in folder.iterdir()) == ["D1-crown-co.png", "D2-under.dst"]
    assert (folder / "D1-crown-co.png").read_bytes() == (tmp_path / "logo.png").read_bytes()
    assert "export which?" in shop("designs", "export", "--customer", "C2", "-o", str(folder), code=2).err


def test_artwork_is_mailed_to_who_decides_about_it(shop: InProcess, tmp_path: Path) -> None:
    add(shop, tmp_path)
    shop("settings", "set", "correspondence.record_emails", "on")
    shop("artwork", "add", "C1", "front & back", "--order", "O1", "--design", "D1")
    assert "no e-mail" in shop("artwork", "send", "W1", code=6).err
    shop("customers", "edit", "C1", "--email", "ann@lee.test")
    assert shop("artwork", "send", "W1", "--json").json["to"] == ["ann@lee.test"]
    shop("customers", "contact", "add", "C1", "--first-name", "Art", "--email", "art@lee.test", "--role", "artwork")
    assert shop("artwork", "send", "W1", "--json").json["to"] == ["art@lee.test"]
    assert shop("artwork", "send", "W1", "--to", "bo@lee.test", "--json").json["to"] == ["bo@lee.test"]
    sent = shop("emails", "list", "--document", "O1").rows
    assert len(sent) == 3
    assert sent[0]["subject"] == "Please look at artwork W1"
    mails = sorted((shop.path.parent / "outbox").glob("*.eml"))
    assert 'filename="W1-front-back.png"' in mails[0].read_text("utf-8")
    shop("artwork", "add", "C1", "sleeve")
    assert "no artwork yet" in shop("artwork", "send", "W2", code=6).err


def test_a_vanished_or_altered_file_is_said(shop: InProcess, tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    add(shop, tmp_path)
    with closing(sqlite3.connect(shop.path)) as conn, conn:
        conn.execute("UPDATE file_contents SET content = x'00'")
    assert "gone or were altered" in shop("designs", "export", "D1", "-o", str(tmp_path / "x"), code=7).err
