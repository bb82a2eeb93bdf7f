"""A layer's own title, the source of its data, and on which papers a reference layer is, as edits."""

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.signs import one_line
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import LayerDefinition, Paper
from geohazard_desktop.workspace.edits.features import create_feature
from geohazard_desktop.workspace.feature import Delta, Edit, changed, deleted
from geohazard_desktop.workspace.own_words import SETTING, key_of
from geohazard_desktop.workspace.workspace import Workspace

LONGEST_TITLE = 40  # characters: the longest that tree, legend and history still show whole


def rename_layer(ws: Workspace, layer: str, title: str) -> Edit:
    """Another title for a layer; the definition's own where `title` is empty. No deltas where it has it already.

    Raises EditRefused for a register, whose name is the law's, for a title that another layer has, and for one that is
    too long."""
    now, made = ws.definition(layer), ws.made_definitions[layer]
    title = " ".join(one_line(title).split())
    if now.geometry == "none":
        raise EditRefused(
            _("{title}是登记，名称写进公文，不能改。").format(title=now.title), _("要改名的请选有图形的图层。")
        )
    if len(title) > LONGEST_TITLE:
        raise EditRefused(
            _("名称有 {count} 个字，太长，图例里排不下。").format(count=len(title)),
            _("请写到 {most} 个字以内。").format(most=LONGEST_TITLE),
        )
    other = next((one for one in ws.definitions.values() if one.title == title and one.table != layer), None)
    if other is not None and (not other.reference or ws.count(other.table)):
        raise EditRefused(_("已经有一个图层叫“{title}”，两个分不开。").format(title=title), _("请换一个名称。"))
    if title == now.title or (not title and now.title == made.title):
        return Edit("", [])
    words = _("图层“{before}”改名为“{title}”").format(before=now.title, title=title or made.title)
    return Edit(words, _said(ws, layer, "title", _("图层名称"), "" if title == made.title else title))


def change_source(ws: Workspace, layer: str, source: str) -> Edit:
    """Say whose data a reference layer holds. Raises EditRefused for no words where the layer is printed."""
    now = _reference(ws, layer)
    source = " ".join(one_line(source).split())
    if not source and now.paper:
        raise EditRefused(
            _("{title}正印在图上，图例要写明资料来源，不能空着。").format(title=now.title),
            _("请写来源，或先在菜单里不再印它。"),
        )
    if source == now.source:
        return Edit("", [])
    words = _("参考图层“{title}”的资料来源改为“{source}”").format(title=now.title, source=source)
    return Edit(words, _said(ws, layer, "source", _("资料来源"), source))


def print_layer(ws: Workspace, layer: str, paper: Paper) -> Edit:
    """On which papers a reference layer is: none (""), internal ones, or public ones too.

    Raises EditRefused without a source: what is others' is printed with its source or not at all."""
    now = _reference(ws, layer)
    if paper and not now.source:
        raise EditRefused(
            _("{title}没有写资料来源，不能印在图上。").format(title=now.title),
            _("请先在图层菜单的“名称和来源”里写明是哪个单位、哪一年的资料。"),
        )
    if paper == now.paper:
        return Edit("", [])
    words = {
        "": _("参考图层“{title}”不再印在图上"),
        "internal": _("参考图层“{title}”印在内部图上"),
        "public": _("参考图层“{title}”也印在公开图和网页上"),
    }[paper]
    return Edit(words.format(title=now.title), _said(ws, layer, "paper", _("印在哪些图上"), paper))


def remove_layer(ws: Workspace, layer: str) -> Edit:
    """Take a reference layer away with all its features; undo brings it back as it was."""
    now = _reference(ws, layer)
    features = list(ws.table(layer))
    words = _("移除参考图层“{title}”（{count} 个要素）").format(title=now.title, count=len(features))
    return Edit(words, [deleted(one) for one in features])


def _reference(ws: Workspace, layer: str) -> LayerDefinition:
    now = ws.definition(layer)
    if not now.reference:
        raise EditRefused(_("{title}不是参考图层。").format(title=now.title), _("它印在哪些图上，由图的种类决定。"))
    return now


def _said(ws: Workspace, layer: str, what: str, name: str, value: str) -> list[Delta]:
    """The setting with that value; none where it is empty, for then the definition's own holds."""
    key = key_of(layer, what)
    rows = ws.find(SETTING, "key", key)
    if not value:
        return [deleted(one) for one in rows]
    if rows:
        return [*(deleted(one) for one in rows[:-1]), changed(rows[-1], rows[-1].with_values(value=value))]
    return list(create_feature(ws.definitions, SETTING, None, {"key": key, "name": name, "value": value}).deltas)
