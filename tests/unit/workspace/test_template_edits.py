import tomllib

import pytest

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.edits.template_settings import with_setting
from geohazard_desktop.workspace.edits.templates import restore_templates, save_templates, templates_in


def test_a_template_is_kept_changed_and_restored_with_undo(workspace):
    workspace.apply(save_templates(workspace, {"work_card.typ": "一", "parts/base.typ": "二"}))
    workspace.apply(save_templates(workspace, {"work_card.typ": "三", "parts/base.typ": "二"}))
    assert workspace.undo_words() == "改模板 work_card.typ"
    assert templates_in(workspace) == {"work_card.typ": "三", "parts/base.typ": "二"}
    workspace.apply(restore_templates(workspace, ["work_card.typ", "map_sheet.typ"]))
    assert templates_in(workspace) == {"parts/base.typ": "二"}
    workspace.undo()
    assert templates_in(workspace)["work_card.typ"] == "三"
    workspace.undo()
    assert templates_in(workspace)["work_card.typ"] == "一"


def test_what_is_the_same_is_no_step(workspace):
    workspace.apply(save_templates(workspace, {"work_card.typ": "一"}))
    assert not save_templates(workspace, {"work_card.typ": "一"}).deltas
    assert not restore_templates(workspace, ["map_sheet.typ"]).deltas


@pytest.mark.parametrize("path", ["../x.typ", "/etc/x.typ", "a/../../x.typ", "C:/x.typ", "a\\b.typ", ""])
def test_a_path_out_of_the_folder_is_refused(workspace, path):
    with pytest.raises(EditRefused, match="文件名"):
        save_templates(workspace, {path: "x"})


def test_a_file_that_the_journal_could_not_carry_is_refused(workspace):
    with pytest.raises(EditRefused, match="太大"):
        save_templates(workspace, {"logo.svg": "x" * 2_000_001})


def test_one_setting_is_changed_and_what_was_typed_beside_it_stays():
    text = '# 本单位的\n[work_card]\ntitle = "甲"  # 定稿\n'
    changed = with_setting(text, ("work_card", "title"), "乙")
    assert changed == '# 本单位的\n[work_card]\ntitle = "乙"  # 定稿\n'
    more = with_setting(changed, ("map_sheet", "donts"), ["一", "二"])
    assert tomllib.loads(more) == {"work_card": {"title": "乙"}, "map_sheet": {"donts": ["一", "二"]}}
    assert with_setting(more, ("map_sheet", "donts"), None).strip() == changed.strip()
    assert with_setting("", ("colour", "red"), None) == ""
    with pytest.raises(ValueError, match="line 1"):
        with_setting("甲 =", ("colour", "red"), "x")
