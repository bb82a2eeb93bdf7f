"""What the machine's fonts lack is said before printing."""

import pytest

from geohazard_desktop.common.errors import FontMissing
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.typeset import font_check
from geohazard_desktop.publishing.typeset.font_check import font_faults
from geohazard_desktop.workspace.edits import create_feature
from geohazard_desktop.workspace.edits.templates import save_templates

NO_FONT = "\ue000"  # private use


def add(ws, layer, **values):
    ws.apply(create_feature(ws.definitions, layer, None, values))


def test_a_character_that_no_font_has_is_named_with_its_place(workspace):
    assert font_faults(workspace) == []
    add(workspace, "person", id="SL-P-0001", name="李" + NO_FONT)
    (fault,) = font_faults(workspace)
    assert NO_FONT in fault.sentence
    assert "SL-P-0001" in fault.sentence
    assert "留下不出" in fault.sentence
    assert not fault.stops
    assert "安装" in fault.remedy


def test_a_font_that_the_office_chose_and_the_machine_lacks_stops_a_batch_at_once(workspace, tmp_path):
    workspace.apply(save_templates(workspace, {"settings.toml": '[look]\nhei = "没有的黑体"\n'}))
    (fault,) = font_faults(workspace)
    assert fault.stops
    assert "没有的黑体" in fault.sentence
    with pytest.raises(FontMissing, match="没有的黑体"):
        PRODUCTS["cards_work"].publish(workspace, tmp_path / "out", {})


def test_a_machine_without_chinese_fonts_is_told(workspace, monkeypatch):
    def none(_folders):
        raise FontMissing("这台电脑上没有可以印的黑体。", "请安装。")

    monkeypatch.setattr(font_check, "paper_fonts", none)
    assert font_faults(workspace)[0].stops
