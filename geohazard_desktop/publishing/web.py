"""The web page: one HTML file with everything inside, for a phone or a meeting room without a network.

folium writes the page; Leaflet comes from an installed package and is written into the file. No tile server is named:
the page's ground is the workspace's own layers.
"""

import base64
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geohazard_desktop.cartography.style import Rule, Style
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.places import resource
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing import web_style
from geohazard_desktop.publishing.files import write_whole
from geohazard_desktop.publishing.marks import marks_of
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

CGCS2000 = 4490  # within centimetres of the WGS 84 that web maps speak of
SIMPLIFIED_TO_METRES = 0.3
NETWORK_NAMES = re.compile(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//""")


@dataclass(frozen=True, slots=True)
class _Part:
    """The features of one layer that one rule draws."""

    definition: LayerDefinition
    rule: Rule
    features: list[Feature]


def publish_web(ws: Workspace, out: Path, *, profile: str = "internal") -> PublishReport:
    """Write the page to `out`, whole or not at all.

    `profile` "public" leaves out every personal layer and field. Raises ExportRefused when the folder can't be
    written or the page would still name an address.
    """
    report = PublishReport()
    public = profile == "public"
    parts = list(_parts(ws, public=public))
    if not any(part.features for part in parts):
        raise ExportRefused(
            _("工作文件 {name} 里还没有可以上图的要素。").format(name=ws.path.name), _("请先导入或绘制图层。")
        )
    page = _page(ws, parts, public=public)
    found = NETWORK_NAMES.search(page)
    if found:
        raise ExportRefused(
            _("网页里还有联网地址（{place}），没有写出。").format(place=page[found.start() : found.start() + 60]),
            _("请把这句话告诉程序的维护人员。"),
        )
    write_whole(out, page.encode("utf-8"))
    report.files.append(out)
    report.notes.append(
        _("{layers} 个图层，{features} 个要素，{size:.1f} MB，不联网也能看。").format(
            layers=len({part.definition.table for part in parts if part.features}),
            features=sum(len(part.features) for part in parts),
            size=out.stat().st_size / 1e6,
        )
    )
    return report


def _parts(ws: Workspace, *, public: bool) -> Iterator[_Part]:
    """Layers in painting order, each split by the rule that draws it; features that no rule draws are left out."""
    styles = {
        table: Style.parse(ws.style(table), table)
        for table, definition in ws.definitions.items()
        if definition.geometry != "none" and not definition.helper and not (public and definition.personal)
    }
    for table, style in sorted(styles.items(), key=lambda pair: pair[1].draw_order):
        features = [one for one in ws.table(table) if one.geometry is not None]
        drawn: dict[int, _Part] = {}
        for feature in features:
            rule = style.rule_for(feature.values)
            if rule is not None:
                drawn.setdefault(id(rule), _Part(ws.definition(table), rule, [])).features.append(feature)
        yield from sorted(drawn.values(), key=lambda part: style.rules.index(part.rule))


def _page(ws: Workspace, parts: list[_Part], *, public: bool) -> str:
    import folium

    to_degrees = Transformer.from_crs(ws.epsg, CGCS2000, always_xy=True)
    area = _bounds(ws, to_degrees)
    page = folium.Map(
        location=[(area[1] + area[3]) / 2, (area[0] + area[2]) / 2],
        tiles=None,
        control_scale=False,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0.25,
    )
    page.default_js = []
    page.default_css = []
    page.fit_bounds([[area[1], area[0]], [area[3], area[2]]])
    groups: dict[str, Any] = {}
    patterns: list[str] = []
    for part in parts:
        table = part.definition.table
        if table not in groups:
            groups[table] = folium.FeatureGroup(html.escape(part.definition.title)).add_to(page)
        look = web_style.look_of(part.rule, table)
        patterns += look.patterns
        label = Style.parse(ws.style(table), table).label
        collection = {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": shapely.geometry.mapping(shape),
                    "properties": {
                        "card": _card(ws, part.definition, feature, public=public),
                        "label": html.escape(label.text_of(feature.values)) if label else "",
                    },
                }
                for feature, shape in zip(part.features, _in_degrees(part.features, to_degrees), strict=True)
            ],
        }
        for stroke in look.strokes:
            folium.GeoJson(
                collection,
                style_function=lambda _feature, stroke=stroke: stroke,
                marker=folium.Marker(icon=folium.DivIcon(**look.icon)) if look.icon else None,
                popup=folium.GeoJsonPopup(["card"], labels=False, max_width=320)
                if stroke is look.strokes[-1]
                else None,
                tooltip=(
                    folium.GeoJsonTooltip(["label"], labels=False) if label and stroke is look.strokes[-1] else None
                ),
                smooth_factor=0.5,
            ).add_to(groups[table])
    folium.LayerControl(collapsed=True).add_to(page)
    return _whole(ws, page, parts, patterns, public=public)


def _bounds(ws: Workspace, to_degrees: Transformer) -> tuple[float, float, float, float]:
    extent = ws.extent()
    assert extent is not None  # there are features
    return to_degrees.transform_bounds(*extent)


def _in_degrees(features: list[Feature], to_degrees: Transformer) -> NDArray[np.object_]:
    """Shapes in degrees, to 0.1 m; detail finer than a phone can show is left out."""
    shapes = np.array([one.geometry for one in features], dtype=object)
    if len(shapes) and shapely.get_dimensions(shapes[0]) > 0:
        shapes = shapely.simplify(shapes, SIMPLIFIED_TO_METRES)

    def transformed(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.round(np.column_stack(to_degrees.transform(coordinates[:, 0], coordinates[:, 1])), 6)

    return np.asarray(shapely.transform(shapes, transformed), dtype=object)


def _card(ws: Workspace, definition: LayerDefinition, feature: Feature, *, public: bool) -> str:
    """What a tap shows: the filled fields, escaped here because Leaflet sets them as HTML."""
    rows = []
    for one in definition.fields:
        value = feature[one.name]
        if value is None or value == "" or (public and definition.is_personal(one.name)):
            continue
        if one.type == "boolean":
            shown = _("是") if value else _("否")
        elif one.type == "reference":
            target = ws.feature(one.target, str(value))
            if target is None or (public and definition.is_personal(one.name)):
                continue
            shown = " ".join(part for part in (target.text("name"), target.text("id")) if part)
        else:
            shown = f"{value:g}" if isinstance(value, float) else str(value)
        shown = f"{shown} {one.unit}" if one.unit else shown
        rows.append(f"<tr><th>{html.escape(one.title)}</th><td>{html.escape(shown)}</td></tr>")
    title = feature.text("name") if not (public and definition.is_personal("name")) else ""
    head = html.escape(" · ".join(part for part in (definition.title, title) if part))
    return f"<div class='card'><h3>{head}</h3><table>{''.join(rows)}</table></div>"


def _whole(ws: Workspace, page: Any, parts: list[_Part], patterns: list[str], *, public: bool) -> str:
    """folium's page with Leaflet, our own look, the legend and the marks written into it."""
    text: str = page.get_root().render()
    text = re.sub(r"\s*<(?:script src|link rel)=[^>]*(?:></script>|>)", "", text)
    text = text.replace("<html>", '<html lang="zh-CN">', 1)
    text = re.sub(r'<meta name="viewport"[^>]*>', '<meta name="viewport" content="width=device-width">', text)
    settings = ws.settings()
    title = _("{district}地质灾害防治图").format(district=settings.get("district.name", ""))
    marks = marks_of(ws, (feature for part in parts for feature in part.features))
    notes = [*marks.sentences]
    number = settings.get("review.number", "")
    if not public:
        notes.append(_("内部用图，不得外传"))
    elif number:
        notes.append(_("审图号：{number}").format(number=number))
    else:
        notes.append(_("审图号：待批　未批准不得张贴、不得传播"))
    legend = "".join(
        f"<li>{web_style.swatch(part.rule, part.definition)}<span>{html.escape(part.rule.label or part.definition.title)}"
        "</span></li>"
        for part in reversed(parts)
        if part.features
    )
    duty = settings.get("duty.phone", "")
    call = _("值班电话 {phone}").format(phone=duty) if duty else ""
    template = resource("templates", "web.html").read_text(encoding="utf-8")
    head, _cut, body = template.partition("<!-- body -->")
    leaflet_js, leaflet_css = _leaflet()
    head = head.replace("/* leaflet.css */", leaflet_css).replace("{title}", html.escape(title))
    body = (
        body.replace("{title}", html.escape(title))
        .replace("{notes}", "".join(f"<b>{html.escape(note)}</b>" for note in notes))
        .replace("{legend}", legend)
        .replace("{call}", html.escape(call))
        .replace("{patterns}", "".join(dict.fromkeys(patterns)))
        .replace("{layers_word}", html.escape(_("图层")))
        .replace("{legend_word}", html.escape(_("图例")))
    )
    name = page.get_name()
    # The name of the map's variable is folium's; scale and zoom buttons are ours, with Chinese titles.
    controls = (
        "<script>"
        f"L.control.zoom({{zoomInTitle:'{_('放大')}',zoomOutTitle:'{_('缩小')}',position:'bottomright'}}).addTo({name});"
        f"L.control.scale({{imperial:false,position:'bottomleft'}}).addTo({name});"
        "</script>"
    )
    text = text.replace("</head>", f"{head}<script>{leaflet_js}</script></head>", 1)
    text = text.replace("</body>", f"{body}</body>", 1)
    return text.replace("</html>", f"{controls}</html>")


def _leaflet() -> tuple[str, str]:
    """Leaflet's script and style sheet, pictures inside, without its addresses."""
    from xstatic.pkg import leaflet

    folder = Path(leaflet.BASE_DIR)
    script = (folder / "leaflet.js").read_text(encoding="utf-8")
    # The attribution prefix is switched off, but its link still stands in the source.
    script = re.sub(r"https?://leafletjs\.com", "#", script)
    script = re.sub(r"//# sourceMappingURL=.*", "", script)
    style = (folder / "leaflet.css").read_text(encoding="utf-8")

    def inside(found: re.Match[str]) -> str:
        name = found.group(1).strip("'\"")
        if name.startswith("#"):
            return found.group(0)
        data = base64.b64encode((folder / name).read_bytes()).decode("ascii")
        return f"url(data:image/png;base64,{data})"

    return script, re.sub(r"url\(([^)]*)\)", inside, style)
