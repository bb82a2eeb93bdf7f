"""A layer's look as an edit: the workspace's own style is a row of the `style` layer, so that it is journaled, undone
and seen by other windows like everything else.

What the style may say is judged on the floor that draws (`cartography.style`): call `Style.parse` before.
"""

from collections.abc import Mapping
from typing import Any

from geohazard_desktop.common.errors import DefinitionInvalid, EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.style_text import same_style, style_text
from geohazard_desktop.workspace.edits.style_words import style_words
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, changed, deleted, inserted, new_uid
from geohazard_desktop.workspace.plan_layers import LEAST_OPACITY, PLAN
from geohazard_desktop.workspace.reading import Reading

STYLES = "style"


def change_style(ws: Reading, layer: str, mapping: Mapping[str, Any], words: str = "", *, text: str = "") -> Edit:
    """The layer's own style becomes `mapping`, as in TOML. `words` for the history are made where none are given;
    `text` is kept as it was written where it says just that. No deltas where nothing would change.

    Raises EditRefused for a layer without a look (no geometry).
    """
    definition = ws.definition(layer)
    if definition.geometry == "none" or definition.helper:
        raise EditRefused(
            _("{title}没有图形，没有样式可改。").format(title=definition.title), _("请选一个有图形的图层。")
        )
    if layer in PLAN and mapping.get("opacity", 1.0) < LEAST_OPACITY:
        raise EditRefused(
            _("{title}不能淡到 {asked:.0%}，复印以后会看不清。").format(
                title=definition.title, asked=mapping["opacity"]
            ),
            _("最淡到 {least:.0%}；不想看见可以在左边去掉勾。").format(least=LEAST_OPACITY),
        )
    before = style_now(ws, layer)
    if not words:
        titles = {one.name: one.title for one in definition.fields}
        words = style_words(definition.title, before, mapping, definition.geometry, titles)
    toml = text if text and same_style(text, mapping) else style_text(mapping)
    rows = ws.find(STYLES, "table_name", layer)
    if rows and rows[-1].text("toml") == toml:
        return Edit(words, [])
    if not rows:
        if mapping == definition.style and toml != text:
            return Edit(words, [])
        return Edit(words, [inserted(_row(layer, toml))])
    # One row a layer: where another program left several, the last counts, and only it stays.
    stale: list[Delta] = [deleted(one) for one in rows[:-1]]
    return Edit(words, [*stale, changed(rows[-1], rows[-1].with_values(toml=toml))])


def reset_style(ws: Reading, layer: str) -> Edit:
    """The layer's default look again, as its definition says. No deltas where it has it already."""
    title = ws.definition(layer).title
    rows = ws.find(STYLES, "table_name", layer)
    return Edit(_("样式：{title} 恢复默认").format(title=title), [deleted(one) for one in rows])


def style_now(ws: Reading, layer: str) -> Mapping[str, Any]:
    """The style in force, the definition's where the own one can't be read."""
    try:
        return ws.style(layer)
    except DefinitionInvalid:
        return ws.definition(layer).style


def _row(layer: str, toml: str) -> Feature:
    return Feature(STYLES, new_uid(), None, {"table_name": layer, "toml": toml})
