"""The web page: one HTML file with everything inside, for a phone or a meeting room without a network.

folium writes the page's frame and Leaflet, which comes from an installed package, moves the map. What is on the map is
painted by our own script from the workspace's styles (web_painter.js), because Leaflet's paths know no hatches,
arrows, ticks or labels. No tile server is named: the page's ground is the workspace's own layers.

The page is closed in itself three times over: folium's addresses are taken out, a page that still names one is not
written, and its Content-Security-Policy lets the browser load nothing and run nothing but the scripts of the page.
"""

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from geohazard_desktop.cartography import fonts
from geohazard_desktop.cartography.legend import LegendEntry
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.publishing.form_fields import texts_in
from geohazard_desktop.publishing.map_layers import MapLayers, about_people
from geohazard_desktop.publishing.marks import marks_of
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.typeset.office_settings import sheet_settings
from geohazard_desktop.publishing.typeset.press import press
from geohazard_desktop.publishing.web import style as web_style
from geohazard_desktop.publishing.web.data import WebData
from geohazard_desktop.publishing.web.ways import ROUTES
from geohazard_desktop.workspace.definition import LayerDefinition, Paper
from geohazard_desktop.workspace.workspace import Workspace

NETWORK_NAMES = re.compile(
    r"""(?:src|href|action|srcset)\s*=\s*\\?["']?\s*(?:(?:https?|wss?|ftp):)?//|url\(\s*["']?(?:https?:)?//"""
    r"""|@import\b|<(?:link|iframe|object|embed|base|form)\b""",
    re.IGNORECASE,
)
_PLACES = re.compile(r"\{\{(\w+)\}\}")


def publish_web(ws: Workspace, out: Path, *, profile: str = "internal") -> PublishReport:
    """Write the page to `out`, whole or not at all.

    `profile` "public" leaves out every personal layer and field, and every layer that the office doesn't put on its
    public sheet. Raises ExportRefused when there is nothing to show, the folder can't be written or the page would
    still name an address.
    """
    fonts.ensure_application()  # the legend's swatches are Qt's work
    page = WebPage(ws, public=profile == "public")
    text = page.text()
    found = NETWORK_NAMES.search(text)
    if found:
        raise ExportRefused(
            _("网页里还有联网地址（{place}），没有写出。").format(place=text[found.start() : found.start() + 60]),
            _("请把这句话告诉程序的维护人员。"),
        )
    ways = (words for _at, words in texts_in(page.data.json["ways"]))
    press().hear([*page.data.json["words"], *page.said(), *ways])
    write_whole(out, text.encode("utf-8"))
    page.report.files.append(out)
    layers = page.data.json["layers"]
    size = _("{layers} 个图层，{features} 个要素，{size:.1f} MB，不联网也能看。")
    features = sum(len(layer["features"]) for layer in layers)
    page.report.notes.insert(
        0, size.format(layers=len(layers), features=features, size=len(text.encode("utf-8")) / 1e6)
    )
    return page.report


class WebPage:
    """One page in the making."""

    def __init__(self, ws: Workspace, *, public: bool) -> None:
        self.ws = ws
        self.public = public
        self.report = PublishReport()
        self.settings = ws.settings()
        use: Paper = "public" if self.public else "internal"
        self.layers = MapLayers(ws, self._chosen, lifted_too=False, references=use, objections=not public)
        extent = ws.extent()
        if extent is None or not any((one.usable & (one.rules >= 0)).any() for one in self.layers.pictures):
            raise ExportRefused(
                _("工作文件 {name} 里还没有可以上图的要素。").format(name=ws.path.name), _("请先导入或绘制图层。")
            )
        self.data = WebData(ws, self.layers, extent, public=public)
        self.legend = web_style.legend(self.data.pictures)
        self._tell()

    def _chosen(self, definition: LayerDefinition) -> bool:
        if not self.public:
            return True
        listed = definition.reference or definition.table in sheet_settings().public_layers
        return not about_people(definition) and listed

    def _tell(self) -> None:
        self.report.problems += [*self.layers.style_faults, *self.data.icons.problems]
        lost = {one.layer: one.faulty + self.data.beyond.get(one.layer, 0) for one in self.layers.pictures}
        self.report.problems += [
            _("{title}有 {count} 个要素没有可用的图形，没有上图。").format(
                title=one.definition.title, count=lost[one.layer]
            )
            for one in self.layers.pictures
            if lost[one.layer]
        ]
        if self.data.cards.withheld:
            self.report.notes.append(
                _("{count} 处文字里写有手机号，公开网页上没有显示。").format(count=self.data.cards.withheld)
            )
        self.report.tell_all(self.layers.doubtful.told(self.layers.features(ROUTES), _("网页")))
        if self.public and not self.settings.get("review.number"):
            self.report.notes.append(_("没有审图号，网页上已写明“待批　未批准不得张贴、不得传播”。"))

    # -- what stands around the map --------------------------------------------------------------------------------

    def text(self) -> str:
        """The whole page."""
        title = _("{district}地质灾害防治图").format(district=self.settings.get("district.name", ""))
        parts = {
            "title": _escaped(title),
            "notes": "".join(f'<b class="{kind}">{_escaped(words)}</b>' for kind, words in self._notes()),
            "layers": "".join(self._layer_rows()),
            "call": _call(self.settings.get("duty.phone", ""), self.settings.get("duty.office", "")),
            "maker": _escaped("　".join(self._maker())),
            "data": _script_json(self.data.json),
            "panel_word": _escaped(_("图层和图例")),
            "close_word": _escaped(_("关闭")),
            "no_script": _escaped(_("请允许本网页运行脚本，再打开一次。")),
            "painter": _template("web_painter.js") + _template("web_names.js"),
            "script": _template("web_here.js") + _template("web.js").replace('"use strict";', "", 1),
            "find_word": _escaped(_("找名称、编号、拼音首字母")),
            "here_word": _escaped(_("我在这里")),
            "look": _template("web.css"),
        }
        parts["leaflet_script"], parts["leaflet_style"] = _leaflet()
        head, _cut, body = _template("web.html").partition("<!-- body -->")
        return _closed(_framed(self._folium(), _filled(head, parts), _filled(body, parts)))

    def said(self) -> list[str]:
        """What stands around the map in the office's own words."""
        duty = [self.settings.get(key, "") for key in ("duty.phone", "duty.office", "district.name")]
        return [*duty, *(words for _kind, words in self._notes()), *self._maker()]

    def _notes(self) -> list[tuple[str, str]]:
        """What the page must say of itself, the gravest first."""
        number = self.settings.get("review.number", "")
        if not self.public:
            found = [("use", _("内部用图，不得外传"))]
        elif number:
            found = [("use", _("审图号：{number}").format(number=number))]
        else:
            found = [("use", _("审图号：待批　未批准不得张贴、不得传播"))]
        shown = (one for picture in self.data.pictures for one in picture.table)
        found += [("mark", sentence) for sentence in marks_of(self.ws, shown, self.layers.states).sentences]
        return found

    def _maker(self) -> list[str]:
        history = self.ws.history(1)
        day = _("工作文件改到 {day}").format(day=history[0].made_at.date().isoformat()) if history else ""
        return [one for one in (self.settings.get("office.name", ""), day, sheet_settings().disclaimer) if one]

    def _layer_rows(self) -> Iterator[str]:
        """The list of layers, which is the legend too: a switch for each layer, its classes below."""
        numbers = {one.layer: number for number, one in enumerate(self.data.pictures)}
        styles = {one.layer: one.style for one in self.data.pictures}
        drawn = [
            (entry, web_style.swatch(entry, number, styles[entry.layer].rules[entry.rule]))
            for number, entry in enumerate(self.legend)
        ]
        by_layer = [(layer, list(found)) for layer, found in groupby(drawn, key=lambda one: one[0].layer)]
        for group, layers in groupby(by_layer, key=lambda one: self.ws.definition(one[0]).group):
            yield f"<h3>{_escaped(group)}</h3>"
            for layer, entries in layers:
                plain = len(styles[layer].rules) == 1
                yield _layer_row(numbers[layer], self.ws.definition(layer).title, entries, plain=plain)

    # -- the map ---------------------------------------------------------------------------------------------------

    def _folium(self) -> str:
        import folium
        from folium.template import Template

        (south, west), (north, east) = self.data.json["bounds"]
        made = folium.Map(
            location=[(south + north) / 2, (west + east) / 2],
            tiles=None,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.1,  # the district fills the screen, whatever its shape
        )
        made.default_js = []
        made.default_css = []
        element: Any = folium.MacroElement
        painter = element()  # hands folium's map to our script
        painter._template = Template(
            "{% macro script(this, kwargs) %}showWorkspace({{ this._parent.get_name() }});{% endmacro %}"
        )
        painter.add_to(made)
        text: str = made.get_root().render()
        return text


def _layer_row(number: int, title: str, entries: Sequence[tuple[LegendEntry, str]], *, plain: bool) -> str:
    """A layer's switch with its swatch, or with a line below for each of its classes.

    `plain`: its style has no classes, so that the only label names the layer.
    """
    count = sum(entry.count for entry, _svg in entries)
    alone = entries[0][1] if len(entries) == 1 and (plain or title in entries[0][0].label) else ""
    words = entries[0][0].label if alone else title
    classes = "".join(f"<li>{svg}<span>{_escaped(entry.label)}</span></li>" for entry, svg in entries)
    return (
        f'<div class="layer" data-layer="{number}"><label><input type="checkbox" checked>{alone}'
        f'<span>{_escaped(words)}<small class="hint">{_escaped(_("放大后显示"))}</small></span>'
        f"<small>{count}</small></label>{'' if alone else f'<ul>{classes}</ul>'}</div>"
    )


def _template(name: str) -> str:
    return press().templates.text(name)


def _escaped(text: str) -> str:
    """Text for HTML. A slash is escaped too, so that no value can look like an address or end a script."""
    return html.escape(text).replace("/", "&#47;").replace("`", "&#96;")


def _script_json(data: Any) -> str:
    """JSON that can stand in a script element whatever the values hold, and in which no value looks like an address."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&/`\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _filled(template: str, parts: Mapping[str, str]) -> str:
    """The template with its {{names}} filled in one go: what a value holds is never read as a name again."""
    return _PLACES.sub(lambda found: parts[found.group(1)], template)


def _call(phone: str, office: str) -> str:
    if not phone:
        return ""
    dialled = re.sub(r"[^0-9+]", "", phone)
    by = f"<small>{_escaped(office)}</small>" if office else ""
    return f'<a href="tel:{dialled}">{by}{_escaped(_("值班电话 {phone}").format(phone=phone))}</a>'


def _framed(page: str, head: str, body: str) -> str:
    """folium's page with ours around its map."""
    page = re.sub(r"\s*<(?:script src|link rel)=[^>]*(?:></script>|>)", "", page)
    page = re.sub(r'<meta name="viewport"[^>]*>', '<meta name="viewport" content="width=device-width">', page)
    page = page.replace("<html>", '<html lang="zh-CN">', 1)
    before, head_end, after = page.partition("</head>")
    frame, body_end, scripts = after.partition("</body>")
    # folium puts its script behind </body>; a browser takes it in as the body's last part.
    return f"{before}{head}{head_end}{frame}{body}{body_end}{scripts}"


def _closed(page: str) -> str:
    """The page with a policy that names its scripts by their sums: a foreign one doesn't run, nothing is loaded."""
    page = page.replace("\r\n", "\n")  # as the browser reads it, and counts
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    sums = sorted({base64.b64encode(hashlib.sha256(one.encode("utf-8")).digest()).decode("ascii") for one in scripts})
    allowed = " ".join(f"'sha256-{one}'" for one in sums)
    policy = f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:"
    return page.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">', 1)


def _leaflet() -> tuple[str, str]:
    """Leaflet's script and style sheet without addresses; pictures of controls that the page hasn't are left out."""
    from xstatic.pkg import leaflet

    folder = Path(leaflet.BASE_DIR)
    script = (folder / "leaflet.js").read_text(encoding="utf-8")
    # The page has no attribution control; the control's own text (a link and a flag) goes all the same.
    script = re.sub(r"""prefix:'<a href="https:.*?Leaflet</a>"\}""", 'prefix:""}', script, count=1)
    script = re.sub(r"https?://leafletjs\.com", "", script)
    script = re.sub(r"//# sourceMappingURL=.*", "", script)
    style = (folder / "leaflet.css").read_text(encoding="utf-8")
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    return script, re.sub(r"(?m)^.*url\(.*$\n?", "", style)
