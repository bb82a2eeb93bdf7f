"""An office's own template that was made from an older one loses nothing without a word."""

import pytest
from notice_village import build, only

from geohazard_desktop.common.places import resource
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates, files_below
from geohazard_desktop.publishing.typeset.older_templates import OlderTemplates
from geohazard_desktop.publishing.typeset.press import Page
from geohazard_desktop.workspace.edits.templates import save_templates

STICKER = "door_sticker.typ"


@pytest.fixture
def village(workspace):
    return build(workspace)


def own(ws, path, *without):
    text = resource("templates", path).read_text(encoding="utf-8")
    for old, new in without:
        assert old in text
        text = text.replace(old, new)
    ws.apply(save_templates(ws, {path: text}))


def problems(ws, folder, key, layer):
    report = PRODUCTS[key].publish(ws, folder, {}, uids=[only(ws, layer).uid])
    assert report.files
    return [one for one in report.problems if "没有用到" in one]


def test_what_the_shipped_template_says_and_the_office_s_own_does_not_know_is_told(village, tmp_path):
    own(village, STICKER, ("ask_first", "asked"), ("// ", "// ask_first "))
    (told,) = problems(village, tmp_path / "a", "stickers_household", "household")
    assert told.startswith(f"本单位的模板 {STICKER} 没有用到：先问再走（ask_first）。")
    assert told.endswith("另起一行写“// 不印：ask_first”，就不再提醒。")
    own(village, STICKER, ("ask_first", "asked"), ("#let", "// 不印：signals、ask_first\n#let"))
    assert problems(village, tmp_path / "c", "stickers_household", "household") == [], "on purpose, as it says"
    assert problems(village, tmp_path / "b", "plan_table", "hazard_point") == [], "its pages are set without the file"


def test_a_template_that_only_looks_otherwise_is_no_older(village, tmp_path):
    own(village, STICKER, ("#let", "// ours\n#let"))
    assert problems(village, tmp_path, "stickers_household", "household") == []


def test_shipped_templates_know_all_that_they_read():
    files = {path: one for path, one in files_below(resource("templates")).items() if path.endswith(".typ")}
    older = OlderTemplates(OfficeTemplates(files))
    for path in files:
        older.take(Page(path.removesuffix(".typ"), {}, {}, ""))
    assert older.told() == []
