"""Layer definitions: one TOML file a layer in `layers/`, copied into each workspace when it is made.

    table = "danger_zone"          # table name in the GeoPackage, English snake_case
    title = "危险区"
    group = "工作成果"              # heading in the layer tree
    order = 10                     # place in the tree, small is higher
    geometry = "polygon"           # polygon | line | point | none
    letter = "W"                   # letter of the people's number (WD-W-0008); left out: no number
    append_only = false            # a register: rows are added, never changed, deleted or undone
    personal = false               # true: the whole layer is personal data
    helper = false                 # true: never listed to users (settings, styles, label positions)
    drawn = true                   # officers draw it: a drawing tool is offered
    reference = true               # others' data that are looked at: never changed here, on paper only when ticked
    source = "示例院，2026 年"      # optional: whose data these are, said wherever a reference layer is printed

    [[field]]
    name = "hazard_type"           # English snake_case
    title = "灾害类型"
    type = "text"                  # text | integer | real | boolean | date | datetime | list | reference
    unit = "m"                     # optional
    required = true                # optional, false
    values = ["崩塌", "滑坡"]       # optional: allowed values of a text or list field
    target = "hazard_point"        # for type reference: table whose uid is stored
    personal = false               # optional
    minimum = 0                    # optional, also maximum
    default = "未知"                # optional
    aliases = ["类型", "灾种"]      # optional: headings under which others send this field, for imports
    multiline = false              # optional: a long text
    section = "监测"                # optional: heading in the form, for this field and those after it
    help = "按群测群防员登记册填"     # optional: an explanation, shown as tooltip
    example = "如 39 户"            # optional: shown in grey while the field is empty
    role = "phone"                 # optional: phone | unified_code; doubts about it are said, never refused

    [style] …                      # default style, see cartography/style.py

Fields common to all layers stand in `layers/_common.toml` and come first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

import tomli  # as tomllib, but compiled: every start reads fifty definitions in two processes

from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.common.places import layer_file
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.toml_faults import words_of

GeometryKind = Literal["polygon", "line", "point", "none"]
_MAY_GO = frozenset({"evacuation_route"})  # layers of which a register keeps nothing: they have no other end
FieldType = Literal["text", "integer", "real", "boolean", "date", "datetime", "list", "reference"]
FieldRole = Literal["", "phone", "unified_code"]
Paper = Literal["", "internal", "public"]
NEW_REFERENCE = "+reference"  # stands for a reference layer that is still to be made; no table is called so


@dataclass(frozen=True)
class FieldDefinition:
    """One attribute of a layer."""

    name: str
    title: str
    type: FieldType
    unit: str = ""
    required: bool = False
    values: tuple[str, ...] = ()
    target: str = ""
    personal: bool = False
    minimum: float | None = None
    maximum: float | None = None
    default: str | int | float | bool | None = None
    aliases: tuple[str, ...] = ()
    multiline: bool = False
    section: str = ""
    help: str = ""
    example: str = ""
    role: FieldRole = ""


@dataclass(frozen=True)
class LayerDefinition:
    """One layer: its geometry, its fields in order, its default style (a plain mapping as in TOML).

    In an open workspace `title`, `source` and `paper` are those that the office gave (see own_words.py). `paper` says
    of a reference layer where it is printed: nowhere, on internal papers, on public ones too."""

    table: str
    title: str
    geometry: GeometryKind
    fields: tuple[FieldDefinition, ...]
    group: str = ""
    order: int = 1000
    letter: str = ""
    append_only: bool = False
    personal: bool = False
    helper: bool = False
    drawn: bool = False
    style: Mapping[str, Any] = field(default_factory=dict)
    reference: bool = False
    source: str = ""
    paper: Paper = ""

    @property
    def why_fixed(self) -> str:
        """Why nobody changes its features here, as a sentence; "" where they may be changed."""
        if self.append_only:
            return _("{title}是只增不减的登记，不能改。").format(title=self.title)
        if self.reference:
            return _("{title}是参考图层，只看不改。").format(title=self.title)
        return ""

    @cached_property
    def by_name(self) -> Mapping[str, FieldDefinition]:
        return {one.name: one for one in self.fields}

    @cached_property
    def holding(self) -> tuple[FieldDefinition, ...]:
        """Of a register the references that keep what they name from being deleted; () for any other layer. A way that
        a card told is drawn anew when the ground asks for it, and the old one must be able to go."""
        if not self.append_only:
            return ()
        return tuple(one for one in self.fields if one.type == "reference" and one.target not in _MAY_GO)

    def is_personal(self, name: str) -> bool:
        return self.personal or self.by_name[name].personal


def read_definitions(folder: Path | None = None) -> dict[str, LayerDefinition]:
    """All layer definitions of `folder` (default: the shipped `layers/`), in tree order.

    Raises DefinitionInvalid with the file and the key at fault.
    """
    folder = folder or layer_file()
    common = (folder / "_common.toml").read_text(encoding="utf-8")
    texts = {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted(folder.glob("*.toml"))
        if not path.stem.startswith("_")
    }
    return definitions_from_texts(common, texts)


def definitions_from_texts(common: str, texts: Mapping[str, str]) -> dict[str, LayerDefinition]:
    """Parse TOML texts by table name, as read from `layers/` or from inside a workspace."""
    return dict(_parsed(common, tuple(texts.items())))


@lru_cache(maxsize=4)  # each opening, each thread's connection and each step of an adoption reads the same texts
def _parsed(common: str, texts: tuple[tuple[str, str], ...]) -> Mapping[str, LayerDefinition]:
    shared = _fields(_parse("_common", common), "_common")
    found = [parse_definition(name, text, shared) for name, text in texts]
    found.sort(key=lambda one: (one.order, one.table))
    tables = {one.table: one for one in found}
    for one in found:
        for member in one.fields:
            if member.type == "reference" and member.target not in tables:
                raise _fault(one.table, f"{member.name}.target", member.target)
    return tables


def parse_definition(name: str, text: str, shared: tuple[FieldDefinition, ...] = ()) -> LayerDefinition:
    """One layer's definition from its TOML text; `name` is the file's stem and must equal `table`."""
    data = _parse(name, text)
    if data.get("table") != name:
        raise _fault(name, "table", data.get("table"))
    geometry = data.get("geometry")
    if geometry not in get_args(GeometryKind):
        raise _fault(name, "geometry", geometry)
    own = _fields(data, name)
    own_names = {one.name for one in own}
    fields = tuple(one for one in shared if one.name not in own_names) + own
    known = {"table", "title", "geometry", "group", "order", "letter", "append_only", "personal"}
    known |= {"helper", "drawn", "style", "field", "reference", "source"}
    for key in data:
        if key not in known:
            raise _fault(name, key, data[key])
    return LayerDefinition(
        table=name,
        title=str(data["title"]) if "title" in data else name,
        geometry=cast(GeometryKind, geometry),
        fields=fields,
        group=str(data.get("group", "")),
        order=int(data.get("order", 1000)),
        letter=str(data.get("letter", "")),
        append_only=bool(data.get("append_only", False)),
        personal=bool(data.get("personal", False)),
        helper=bool(data.get("helper", False)),
        drawn=bool(data.get("drawn", False)),
        style=data.get("style", {}),
        reference=bool(data.get("reference", False)),
        source=str(data.get("source", "")),
    )


def parse_style(text: str, layer: str) -> Mapping[str, Any]:
    """The `[style]` mapping of a TOML text, as an office's own style is stored in the workspace."""
    try:
        style = tomli.loads(text).get("style", {})
    except tomli.TOMLDecodeError as error:
        raise DefinitionInvalid(
            _("图层 {layer} 的样式读不懂：{reason}。").format(layer=layer, reason=words_of(error)),
            _("请改正这一处，或恢复默认样式。"),
        ) from error
    if not isinstance(style, dict) or not style:
        raise DefinitionInvalid(
            _("图层 {layer} 的样式文本里没有 [style] 这一节。").format(layer=layer), _("请改正，或恢复默认样式。")
        )
    return style


def _parse(name: str, text: str) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise DefinitionInvalid(
            _("图层定义 {name}.toml 读不懂：{reason}。").format(name=name, reason=words_of(error)),
            _("请改正这一处后再打开。"),
        ) from error


def _fields(data: Mapping[str, Any], name: str) -> tuple[FieldDefinition, ...]:
    result: list[FieldDefinition] = []
    for entry in data.get("field", ()):
        if entry.get("type") not in get_args(FieldType):
            raise _fault(name, f"{entry.get('name')}.type", entry.get("type"))
        if entry.get("role", "") not in get_args(FieldRole):
            raise _fault(name, f"{entry.get('name')}.role", entry.get("role"))
        unknown = set(entry) - set(FieldDefinition.__dataclass_fields__)
        if unknown or not entry.get("name") or not entry.get("title"):
            raise _fault(name, f"{entry.get('name')}", sorted(unknown) or "title")
        if entry["name"] in {one.name for one in result} | {"fid", "geom", "uid"} and name != "_common":
            raise _fault(name, entry["name"], entry["title"])
        values = {**entry, "values": tuple(entry.get("values", ())), "aliases": tuple(entry.get("aliases", ()))}
        result.append(FieldDefinition(**values))
    return tuple(result)


def _fault(name: str, key: str, value: object) -> DefinitionInvalid:
    return DefinitionInvalid(
        _("图层定义 {name}.toml 的 {key} 不对：{value}。").format(name=name, key=key, value=value),
        _("请对照 CONTRIBUTING 里的“新增图层”改正。"),
    )
