"""The menu 插入字段 of a label: each field, numbers also rounded and in other units, and what the shapes measure.

What an entry writes is shown by the first feature that has a value, so that nobody has to know the braces.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from geohazard_desktop.cartography.placeholders import filled
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.domain.shape_measures import UNITS, Measure, measures_of, units_from
from geohazard_desktop.workspace.definition import FieldDefinition

_NUMBERS = ("integer", "real")
_EXAMPLES = 20  # shapes among which one that can be measured is looked for
Insert = Callable[[str], None]


def fill_field_menu(menu: QMenu, draft: StyleDraft, insert: Insert) -> None:
    """`insert` gets the braces that were chosen."""
    for one in draft.definition.fields:
        if one.type == "reference":
            continue
        words = _("{title}（个人信息）").format(title=one.title) if one.personal else one.title
        if one.type in _NUMBERS:
            _numbers(menu.addMenu(words), draft, one, insert)
        else:
            menu.addAction(words).triggered.connect(lambda _on=False, name=one.name: insert(f"{{{name}}}"))
    kinds: dict[str, list[Measure]] = {}
    for measure in measures_of(draft.geometry):
        kinds.setdefault(measure.kind, []).append(measure)
    if kinds:
        menu.addSeparator()
    for kind, measures in kinds.items():
        _measures(menu.addMenu(_("{kind}（按图形量）").format(kind=kind)), draft, measures, insert)


def _numbers(menu: QMenu, draft: StyleDraft, field: FieldDefinition, insert: Insert) -> None:
    column = draft.column(field.name)
    value = next((one for one in column if one is not None), None)

    def offer(words: str, braces: str) -> None:
        text = filled(braces, {field.name: value})[0]
        menu.addAction(_("{words}：{text}").format(words=words, text=text) if text else words).triggered.connect(
            lambda _on=False: insert(braces)
        )

    offer(_("原样"), f"{{{field.name}}}")
    offer(_("取整"), f"{{{field.name}:0}}")
    if field.type == "real":
        offer(_("1 位小数"), f"{{{field.name}:1}}")
        offer(_("2 位小数"), f"{{{field.name}:2}}")
    for unit in units_from(field.unit):
        offer(_("写单位，用 {unit}").format(unit=unit), f"{{{field.name}:{unit}:{UNITS[unit].digits}}}")


def _measures(menu: QMenu, draft: StyleDraft, measures: list[Measure], insert: Insert) -> None:
    # Of a few shapes, when the menu is about to be seen: an example needs no more, and a layer may have 100 000.
    def show() -> None:
        menu.clear()
        rows = draft.first_rows(_EXAMPLES, [one.name for one in measures])
        for one in measures:
            braces = f"{{{one.kind}:{one.unit}:{UNITS[one.unit].digits}}}"
            value = next((found for found in rows.columns.get(one.name, ()) if found is not None), None)
            text = filled(braces, {one.name: value})[0]
            words = _("用 {unit}：{text}") if text else _("用 {unit}")
            action = menu.addAction(words.format(unit=one.unit, text=text))
            action.triggered.connect(lambda _on=False, braces=braces: insert(braces))

    menu.aboutToShow.connect(show)
