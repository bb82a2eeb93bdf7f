"""Which of an office's templates are in force, and that every product is printed with them."""

import io

import pikepdf
import pypdfium2
import pytest
from notice_village import build

from geohazard_desktop.common.errors import ExportRefused, TypesettingFailed
from geohazard_desktop.common.places import resource
from geohazard_desktop.domain.issue_code import is_code
from geohazard_desktop.publishing.cards.forms import WORK_CARD, WorkCard, cards_data
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.typeset.office_settings import sheet_settings
from geohazard_desktop.publishing.typeset.office_templates import FOLDER, OfficeTemplates, templates_of
from geohazard_desktop.publishing.typeset.press import printing
from geohazard_desktop.publishing.typeset.proof import Wish, set_proof, take_page
from geohazard_desktop.publishing.typeset.template_catalog import SHOWN_BY
from geohazard_desktop.publishing.typeset.typesetting import typeset
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.edits.templates import save_templates

TITLE = '[work_card]\ntitle = "{}"\n'


def save(ws, path, text):
    ws.apply(save_templates(ws, {path: text}))


def card_text(ws):
    with printing(templates=templates_of(ws)):
        pdf = typeset(WORK_CARD, cards_data([WorkCard()]), title="x")
    return pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()


def test_the_workspace_wins_over_the_folder_and_that_over_the_shipped(workspace):
    assert "防灾工作明白卡" in card_text(workspace)
    beside = workspace.path.parent / FOLDER
    beside.mkdir()
    (beside / "settings.toml").write_text(TITLE.format("文件夹的卡"), encoding="utf-8")
    assert "文件夹的卡" in card_text(workspace)
    assert templates_of(workspace).words() == "用了本单位的模板：文件夹“打印模板”里的settings.toml。"
    save(workspace, "settings.toml", TITLE.format("本单位的卡"))
    assert "本单位的卡" in card_text(workspace)
    workspace.undo()
    assert "文件夹的卡" in card_text(workspace)


def test_settings_of_the_office_replace_what_they_name_and_keep_the_rest(workspace):
    save(workspace, "settings.toml", '[map_sheet]\ndonts = ["只此一句"]\n')
    with printing(templates=templates_of(workspace)):
        assert sheet_settings().donts == ("只此一句",)
        assert sheet_settings().disclaimer
    assert len(sheet_settings().donts) == 4


def test_settings_that_cannot_be_read_print_nothing_and_say_where(workspace):
    save(workspace, "settings.toml", "[work_card]\ntitle = 没有引号\n")
    with pytest.raises(TypesettingFailed, match=r"settings\.toml 第 2 行第 9 列") as caught:
        card_text(workspace)
    assert caught.value.at == ("settings.toml", 2, 9)
    save(workspace, "settings.toml", '[map_sheet]\nlegend = "不是表"\n')
    with printing(templates=templates_of(workspace)), pytest.raises(TypesettingFailed, match="map_sheet"):
        sheet_settings()


def test_a_fault_in_a_template_of_the_workspace_says_its_place(workspace):
    save(workspace, "work_card.typ", "好\n#坏(")
    with pytest.raises(TypesettingFailed) as caught:
        card_text(workspace)
    assert caught.value.at is not None
    assert caught.value.at[:2] == ("work_card.typ", 2)


@pytest.fixture
def with_a_point(workspace):
    values = {"id": "SL-H-0001", "name": "示例崩塌"}
    from shapely import Point

    workspace.apply(create_feature(workspace.definitions, "hazard_point", Point(36388840, 4372020), values))
    return workspace


def test_a_product_is_printed_with_them_and_its_report_says_so(with_a_point, tmp_path):
    save(with_a_point, "settings.toml", TITLE.format("本单位的卡"))
    report = PRODUCTS["cards_work"].publish(with_a_point, tmp_path / "out", {})
    assert "本单位的卡" in pypdfium2.PdfDocument(report.files[0])[0].get_textpage().get_text_range()
    assert any("工作文件里的settings.toml" in one for one in report.notes)


@pytest.mark.parametrize(("standard", "part", "level"), [("a-2a", "2", "A"), ("a-2b", "2", "B")])
def test_a_product_can_be_printed_for_the_archive(with_a_point, tmp_path, standard, part, level):
    report = PRODUCTS["cards_work"].publish(with_a_point, tmp_path / "out", {"pdf_standard": standard})
    with pikepdf.open(io.BytesIO(report.files[0].read_bytes())) as pdf, pdf.open_metadata() as said:
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == (part, level)


def test_the_web_page_has_no_standard_to_choose():
    assert not PRODUCTS["web"].choices
    assert PRODUCTS["map_public"].choices[-1].key == "pdf_standard"


def test_the_editor_shows_the_list_to_sign_before_anything_is_issued(workspace, tmp_path):
    """An office sets its form up before the season; a fault in it must not wait for the first cards."""
    ws = build(workspace)
    assert SHOWN_BY["receipts.typ"] == "receipts"
    page = take_page(ws, Wish("receipts"), OfficeTemplates())
    (row,) = page.data["receipts"]["groups"][0]["rows"]
    assert (row["number"], row["holder"], len(row["papers"])) == ("SL-H-0017", "李示例", 3)
    assert not any(is_code(one["code"]) for one in row["papers"])
    text = pypdfium2.PdfDocument(set_proof(page, OfficeTemplates()))[0].get_textpage().get_text_range()
    assert "SL-H-0017" in text
    shipped = resource("templates", "receipts.typ").read_text(encoding="utf-8")
    save(ws, "receipts.typ", "#let broken =\n" + shipped)
    with pytest.raises(TypesettingFailed) as caught:
        set_proof(page, templates_of(ws))
    assert caught.value.at is not None
    assert caught.value.at[0] == "receipts.typ"
    with pytest.raises(ExportRefused, match="没有等着签收的"):
        PRODUCTS["receipts"].publish(ws, tmp_path / "签收.pdf", {})
    assert list(tmp_path.glob("*.pdf")) == []
