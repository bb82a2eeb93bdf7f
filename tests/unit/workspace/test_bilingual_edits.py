"""The Mongolian that an office types beside its Chinese: kept by phrase, undone, refused where it can't be one."""

import pytest

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.edits.bilingual import MongolianText, mongolian_texts, set_mongolian

MONGOL = "ᠮᠣᠩᠭᠣᠯ"
TITLE = "示例区地质灾害警示图"


def put(ws, phrase: str, text: str, source: str = "") -> None:
    ws.apply(set_mongolian(ws, {phrase: MongolianText(text, source)}))


def test_a_text_is_kept_changed_taken_away_and_undone(workspace):
    before = workspace.count("setting")
    put(workspace, TITLE, MONGOL, "示例翻译室")
    assert mongolian_texts(workspace) == {TITLE: MongolianText(MONGOL, "示例翻译室")}
    assert workspace.undo_words() == f"填蒙古文：{TITLE}"
    put(workspace, TITLE, f"{MONGOL} {MONGOL}", "示例翻译室")
    put(workspace, TITLE, "  ")
    assert mongolian_texts(workspace) == {}
    assert workspace.count("setting") == before
    workspace.undo()
    workspace.undo()
    assert mongolian_texts(workspace)[TITLE].text == MONGOL
    assert not set_mongolian(workspace, {TITLE: MongolianText(MONGOL, "示例翻译室"), "别的": MongolianText("")}).deltas


def test_a_phrase_is_the_same_however_it_is_spaced_and_another_one_has_no_text(workspace):
    put(workspace, "请勿入内　绕道走", MONGOL)
    assert list(mongolian_texts(workspace)) == ["请勿入内 绕道走"]
    assert not set_mongolian(workspace, {" 请勿入内 绕道走 ": MongolianText(MONGOL)}).deltas
    assert "请勿入内" not in mongolian_texts(workspace)


def test_spaces_at_the_ends_of_lines_go_and_the_narrow_one_before_a_suffix_stays(workspace):
    put(workspace, TITLE, f"  {MONGOL}\u202fᠤᠨ   {MONGOL} \n\n {MONGOL}\n")
    assert mongolian_texts(workspace)[TITLE].text == f"{MONGOL}\u202fᠤᠨ {MONGOL}\n{MONGOL}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mongol", "没有一个蒙古文字母"),
        ("Монгол", "没有一个蒙古文字母"),
        (f"{MONGOL} 图", "里有汉字"),
        ("\ue234\ue26a", "专用编码"),
        (f"{MONGOL}\ue266", "专用编码"),
        (MONGOL * 60, "太长"),
    ],
)
def test_what_cant_be_mongolian_is_refused_with_the_phrase_and_a_remedy(workspace, text, said):
    with pytest.raises(EditRefused, match=said) as refused:
        set_mongolian(workspace, {TITLE: MongolianText(text)})
    assert TITLE in refused.value.sentence
    assert refused.value.remedy
    assert mongolian_texts(workspace) == {}
