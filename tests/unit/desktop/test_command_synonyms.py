"""Every command is found by its Chinese, by pinyin, and by what CAD and QGIS call it."""

import pytest

from geohazard_desktop.common.pinyin import initials
from geohazard_desktop.desktop.command_synonyms import _SYNONYMS, rank
from geohazard_desktop.desktop.commands import BY_ID, COMMANDS


def answers(typed: str) -> list[str]:
    """Ids, the best answers first."""
    found = [(rank(one, typed), one.id) for one in COMMANDS]
    return [id for how_well, id in sorted((one for one in found if one[0] is not None), key=lambda one: one[0])]


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("PL", "draw.danger_zone"),
        ("l", "draw.evacuation_route"),
        ("O", "shape.offset"),
        ("TR", "shape.trim"),
        ("ex", "shape.extend"),
        ("M", "tool.move"),
        ("CO", "edit.copy"),
        ("RO", "tool.rotate"),
        ("SC", "tool.scale"),
        ("U", "edit.undo"),
        ("顶点工具", "tool.vertices"),
        ("打开属性表", "layer.table"),
        ("reshape features", "shape.reshape"),
    ],
)
def test_hands_from_cad_and_qgis_find_their_command_first(typed, id):
    assert answers(typed)[0] == id


def test_every_command_is_found_by_its_name_and_its_initials():
    for one in COMMANDS:
        name = one.text.rstrip("…")
        assert one.id in answers(name)
        letters = next(iter(initials(name.split("、")[0])))
        assert one.id in answers(letters), (one.text, letters)


def test_synonyms_belong_to_commands():
    assert not _SYNONYMS.keys() - BY_ID.keys()


def test_nothing_typed_lists_all_and_nonsense_lists_none():
    assert len(answers("")) == len(COMMANDS)
    assert answers("qqxxzz") == []
