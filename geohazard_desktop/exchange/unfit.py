"""What can not go into a layer as a whole: other shapes, a table for areas, a list without what must be there."""

from collections.abc import Mapping

import shapely

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.layer_guess import layers_taking, looks_like, takes_none
from geohazard_desktop.exchange.mapping import Matching
from geohazard_desktop.exchange.report import listed, refused
from geohazard_desktop.exchange.source import SourceTable
from geohazard_desktop.workspace.definition import LayerDefinition

_SHAPES = {0: _("点"), 1: _("线"), 2: _("面")}
_LAYERS_TOLD = 6


def refuse_unfit(definitions: Mapping[str, LayerDefinition], definition: LayerDefinition, source: SourceTable) -> None:
    """Raises ImportRefused where nothing of `source` could become a feature of the layer."""
    if definition.helper:
        raise refused(_("“{title}”是程序自己用的图层，不能导入。").format(title=definition.title), _("请换一个图层。"))
    if not len(source):
        raise refused(_("{name} 里一个要素也没有。").format(name=source.name), _("请核对文件，或换一个图层。"))
    if takes_none(definition, source):
        raise _unfit(definitions, definition, source)
    if source.is_list and definition.geometry not in ("point", "none"):
        raise refused(
            _("{name} 是表格，只能给出点的坐标，放不进“{title}”。").format(name=source.name, title=definition.title),
            _("请用 GeoPackage、Shapefile 或 GeoJSON 导入面和线；坐标也可以复制了，在图上按 Ctrl+V 粘贴。"),
        )


def refuse_missing(definition: LayerDefinition, source: SourceTable, matching: Matching) -> None:
    """Raises ImportRefused where no column and no constant gives a field that every feature must have."""
    for one in definition.fields:
        if one.required and matching.source_of(one.name) is None and one.name not in matching.constants:
            values = _("，可填：{values}").format(values="、".join(one.values)) if one.values else ""
            raise refused(
                _("{name} 里没有能写入“{title}”的列，这是“{layer}”的必填项。").format(
                    name=source.name, title=one.title, layer=definition.title
                ),
                _(
                    "请写明取哪一列（--map {field}=列名）或统一填写（--set {field}=内容{values}）；列有：{names}。"
                ).format(field=one.name, values=values, names=listed(list(source.columns), 30)),
            )


def _unfit(definitions: Mapping[str, LayerDefinition], definition: LayerDefinition, source: SourceTable) -> Exception:
    """One sentence for a whole file of another kind of shape, with the layers that take it."""
    assert source.geometries is not None
    words = (source.path.stem.lower(), source.layer.lower())
    fitting = layers_taking(definitions, source, words)
    kind = "、".join(
        _SHAPES[one] for one in sorted(set(shapely.get_dimensions(source.geometries).tolist()) & {0, 1, 2})
    )
    sentence = _("{name} 里的 {count} 个图形都是{kind}，放不进“{title}”。").format(
        name=source.name, count=len(source), kind=kind, title=definition.title
    )
    if fitting and looks_like(fitting[0], words):
        return refused(sentence, _("看来是{title}，请改导入到“{title}”。").format(title=fitting[0].title))
    titles = [one.title for one in fitting]
    return refused(sentence, _("能放的图层有：{titles}。请改选。").format(titles=listed(titles, _LAYERS_TOLD)))
