"""What the publishing process says on its way is heard whole, by whoever asks first."""

from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer

from geohazard_desktop.desktop.papers.publisher import Order, Publisher
from geohazard_desktop.publishing.issues.issue_register import read_register
from geohazard_desktop.workspace.workspace import Workspace


def test_the_codes_of_the_order_under_way_are_known_and_no_message_is_lost_by_asking(
    application, demo_path: Path, tmp_path
):
    with Workspace.open(demo_path) as ws:
        uids = ws.table("household").uids[:2]
        before = set(read_register(ws).by_code)
    parent = QObject()
    publisher, loop, told = Publisher(parent), QEventLoop(), []
    publisher.progressed.connect(lambda *words: told.append(words))
    for ended in (publisher.finished, publisher.failed, publisher.stopped):
        ended.connect(lambda found: (told.append(found), loop.quit()))
    asking = QTimer(parent)
    asking.timeout.connect(publisher.entered)  # before the publisher itself listens
    asking.start(5)
    QTimer.singleShot(120_000, loop.quit)
    assert publisher.start(Order("cards_household", "明白卡", tmp_path / "卡", {"uids": uids}), demo_path)
    loop.exec()
    asking.stop()
    *progress, result = told
    assert progress
    assert result.files
    with Workspace.open(demo_path) as ws:
        assert set(publisher.entered()) == set(read_register(ws).by_code) - before
    assert len(publisher.entered()) == 2


def test_a_print_that_is_stopped_leaves_no_half_file_and_no_entry_without_its_paper(
    application, demo_path: Path, tmp_path
):
    """It is stopped when it says which papers it is about to enter."""
    with Workspace.open(demo_path) as ws:
        uids = ws.table("household").uids[:8]
    parent = QObject()
    publisher, loop = Publisher(parent), QEventLoop()
    out = tmp_path / "卡"
    out.mkdir()
    asking = QTimer(parent)
    asking.timeout.connect(lambda: loop.quit() if publisher.entered() else None)
    asking.start(1)
    QTimer.singleShot(120_000, loop.quit)
    assert publisher.start(Order("cards_household", "明白卡", out, {"uids": uids}), demo_path)
    loop.exec()
    asking.stop()
    half = out / f".{publisher._process.pid}-0123456789ab.part.pdf"
    half.write_bytes(b"as the process leaves it when it is put down within a write")
    publisher.stop()
    assert not half.exists()
    assert not list(out.glob(".*"))
    with Workspace.open(demo_path) as ws:
        entered = {code: one.printed for code, one in read_register(ws).by_code.items() if code in publisher.entered()}
    assert entered
    assert all(entered.values())
    assert len(entered) == len(publisher.entered()) == len(list(out.glob("*.pdf")))
