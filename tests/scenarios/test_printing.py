"""打印: the dialog knows the pages' paper, says where the printer's differs, and prints true to scale."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hands import LEFT, Hands, until
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from geohazard_desktop.desktop import files
from geohazard_desktop.desktop.pages.print_choice import PrintChoice, PrintOffer
from geohazard_desktop.desktop.pages.print_dialog import PrintDialog

CROSS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def sheet(path: Path, millimetres: tuple[float, float], pages: int = 1) -> Path:
    """A page with a black square, 100 mm wide, 50 mm from its upper left corner."""
    document = pdfium.PdfDocument.new()
    for _number in range(pages):
        wide, high = (one / 25.4 * 72 for one in millimetres)
        page = document.new_page(wide, high)
        stream = f"0 0 0 rg {50 / 25.4 * 72} {high - 150 / 25.4 * 72} {100 / 25.4 * 72} {100 / 25.4 * 72} re f"
        _write(document, page, stream)
    document.save(str(path))
    return path


def _write(document, page, stream: str) -> None:
    x, y, wide, high = (float(one) for one in stream.split()[4:8])
    square = pdfium.raw.FPDFPageObj_CreateNewRect(x, y, wide, high)
    pdfium.raw.FPDFPageObj_SetFillColor(square, 0, 0, 0, 255)
    pdfium.raw.FPDFPath_SetDrawMode(square, pdfium.raw.FPDF_FILLMODE_ALTERNATE, False)
    pdfium.raw.FPDFPage_InsertObject(page, square)
    page.gen_content()


def black(path: Path, page: int = 0) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what is black, in mm."""
    import numpy as np

    dots = 8
    picture = pdfium.PdfDocument(str(path))[page].render(scale=dots * 25.4 / 72).to_numpy()[:, :, 0]
    dark = picture < 20
    rows = np.flatnonzero(dark.sum(axis=1) > 40 * dots)  # words beside it are narrower
    columns = np.flatnonzero(dark.sum(axis=0) > 40 * dots)
    return columns[0] / dots, rows[0] / dots, (columns[-1] + 1) / dots, (rows[-1] + 1) / dots


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "打印.pdf"
    monkeypatch.setattr(files, "ask_save", lambda *_words: path)
    return path


def dialog_of(hands: Hands, *paths: Path) -> PrintDialog:
    dialog = PrintDialog(hands.window, PrintOffer((PrintChoice("shown", "", tuple(paths)),)))
    dialog.show()
    return dialog


def test_without_a_printer_a_card_is_kept_as_a_pdf_at_its_real_size(hands: Hands, saved, tmp_path):
    window = hands.window
    window.handlers.results.show_file(sheet(tmp_path / "卡.pdf", (297, 210), pages=2))
    seen = {}

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PrintDialog)
        seen.update(
            what=dialog.what.text(),
            sides=dialog.sides.currentText(),
            paper=dialog.paper.currentText(),
            missing=dialog.missing.isVisible(),
            told=dialog.note.text(),
        )
        QTest.mouseClick(dialog.go, LEFT)

    QTimer.singleShot(0, answer)
    QTest.keyClick(window, Qt.Key.Key_P, CROSS)
    until(saved.is_file, "the printed file")
    assert seen["what"] == "卡.pdf，2 页，A4"
    assert (seen["sides"], seen["paper"]) == ("双面，沿短边翻", "A4"), "a lying card is turned like a leaf"
    assert "按原大" in str(seen["told"])
    until(lambda: any("已存成" in one for one in hands.bars()), "what was done")
    printed = pdfium.PdfDocument(str(saved))
    assert [tuple(round(one / 72 * 25.4) for one in page.get_size()) for page in printed] == [(297, 210)] * 2
    assert black(saved) == pytest.approx((50, 50, 150, 150), abs=0.4)


def test_a3_on_a4_is_said_with_the_ways_out(hands: Hands, saved, tmp_path):
    dialog = dialog_of(hands, sheet(tmp_path / "图.pdf", (420, 297)))
    assert not dialog.mismatch.isVisible()
    dialog.paper.setCurrentIndex(dialog.paper.findText("A4"))
    assert dialog.mismatch.isVisible()
    assert dialog.mismatch.text() == "这张图是 A3，打印机里选的是 A4。"
    assert dialog.other.text() == "换纸：改用 A3"
    assert dialog.tiles.isChecked(), "true to scale unless somebody chooses otherwise"
    QTest.mouseClick(dialog.shrink, LEFT)
    assert "不再准确" in dialog.note.text()
    QTest.mouseClick(dialog.tiles, LEFT)
    QTest.mouseClick(dialog.go, LEFT)
    until(lambda: not dialog.isVisible(), "the printed parts")
    printed = pdfium.PdfDocument(str(saved))
    assert len(printed) > 1
    left, top, right, bottom = black(saved)
    assert (right - left, bottom - top) == pytest.approx((100, 100), abs=0.4), "100 mm stay 100 mm"
    text = "".join(page.get_textpage().get_text_range() for page in printed)
    assert "第 1 排第 1 张" in text


def test_a_sheet_and_a_card_in_one_go_each_have_their_own_paper(hands: Hands, saved, tmp_path):
    broken = tmp_path / "坏的.pdf"
    broken.write_bytes(b"")
    paths = sheet(tmp_path / "图.pdf", (420, 297)), sheet(tmp_path / "卡.pdf", (297, 210), pages=2), broken
    dialog = dialog_of(hands, *paths)
    assert dialog.what.text() == "2 个文件，3 页，A3、A4"
    assert dialog.paper.currentText() == "各用各的纸：A3 1 页、A4 2 页"
    assert dialog.sides.currentText() == "双面，沿短边翻", "the card has a back"
    assert dialog.left_out.text() == "坏的.pdf 读不了，不在里面，请再出一次。"
    QTest.mouseClick(dialog.go, LEFT)
    until(lambda: not dialog.isVisible(), "the printed pages")
    printed = [tuple(round(one / 72 * 25.4) for one in page.get_size()) for page in pdfium.PdfDocument(str(saved))]
    assert [one for one in printed if one == (420, 297)]
    assert printed[0] == (420, 297)
    assert printed[-2:] == [(297, 210)] * 2
    assert black(saved) == pytest.approx((50, 50, 150, 150), abs=0.4)
    assert black(saved, len(printed) - 1) == pytest.approx((50, 50, 150, 150), abs=0.4)


def test_a_printer_that_does_not_answer_is_said_and_the_dialog_stays(hands: Hands, tmp_path):
    dialog = dialog_of(hands, sheet(tmp_path / "卡.pdf", (297, 210)))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "没有这个文件夹" / "x.pdf"))
    dialog.begin(printer)
    assert "没有打印" in dialog.note.text()
    assert dialog.go.isEnabled()
    dialog.reject()
