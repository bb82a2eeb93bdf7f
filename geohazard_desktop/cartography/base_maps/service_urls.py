"""Addresses of tile services: what a template may hold, the ready-made ones of 天地图, and those that are refused
because their pictures are shifted."""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from geohazard_desktop.cartography.base_maps.keys import PLACE, without_key
from geohazard_desktop.cartography.base_maps.spec import BaseMap, BaseMapUnusable, Matrix
from geohazard_desktop.common.texts import _

_TIANDITU_CREDIT = "天地图（国家地理信息公共服务平台）"
_TIANDITU = (
    "https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}"
    "&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={{key}}"
)
_TIANDITU_DEEPEST = {"img": 18, "cia": 18, "vec": 18, "cva": 18, "ter": 14, "cta": 14}

# Services whose pictures are in GCJ-02 or BD-09: 300 to 600 m off everything that is surveyed.
_SHIFTED = {
    "autonavi.com": "高德",
    "amap.com": "高德",
    "gtimg.com": "腾讯",
    "qq.com": "腾讯",
    "bdimg.com": "百度",
    "bdstatic.com": "百度",
    "baidu.com": "百度",
    "google.cn": "谷歌中国",
}
# Other spellings of the same places, as WMTS descriptions and other programs write them.
_SPELLINGS = {"TileMatrix": "z", "TileCol": "x", "TileRow": "y", "level": "z", "col": "x", "row": "y", "-y": "y"}


@dataclass(frozen=True, slots=True)
class Preset:
    """A ready-made service: the picture, and its names as a base map of their own above it."""

    title: str
    layer: str
    names: str

    def base_maps(self, *, with_names: bool) -> list[BaseMap]:
        wanted = [(self.layer, self.title)]
        if with_names:
            wanted.append((self.names, _("{title}注记").format(title=self.title)))
        return [
            BaseMap(
                id="",
                title=title,
                kind="service",
                source=_TIANDITU.format(layer=layer),
                printed=False,
                attribution=_TIANDITU_CREDIT,
                min_zoom=1,
                max_zoom=_TIANDITU_DEEPEST[layer],
            )
            for layer, title in wanted
        ]


PRESETS = (
    Preset("天地图影像", "img", "cia"),
    Preset("天地图矢量", "vec", "cva"),
    Preset("天地图地形", "ter", "cta"),
)


def service_of(address: str) -> tuple[BaseMap, str]:
    """A service from what somebody typed or pasted, and the key that was in it. Raises BaseMapUnusable."""
    template, key = without_key(address.strip())
    tms = "{-y}" in template
    for spelling, ours in _SPELLINGS.items():
        template = re.sub(re.escape("{" + spelling + "}"), "{" + ours + "}", template, flags=re.IGNORECASE)
    parts = urlsplit(template)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise BaseMapUnusable(
            _("这不是网址：要以 http:// 或 https:// 开头。"),
            _("例：https://example.com/tiles/{z}/{x}/{y}.png"),
        )
    host = host_of(template)
    shifted = next((name for family, name in _SHIFTED.items() if _belongs(host, family)), None)
    if shifted:
        raise BaseMapUnusable(
            _("{name}的地图是加偏的（GCJ-02 或 BD-09），和测量数据错开几百米，不能作底图。").format(name=shifted),
            _("请用天地图，它是 CGCS2000 坐标。"),
        )
    lacking = [f"{{{one}}}" for one in "zxy" if f"{{{one}}}" not in template]
    if lacking:
        raise BaseMapUnusable(
            _("网址里没有 {places}，程序不知道取哪一块。").format(places="、".join(lacking)),
            _("请把级别、列、行写成 {z}、{x}、{y}。"),
        )
    made = BaseMap("", host, "service", template, printed=False, tms=tms, matrix=_matrix_of(template))
    if _belongs(host, "tianditu.gov.cn"):
        made = replace(made, title=_("天地图"), attribution=_TIANDITU_CREDIT, min_zoom=1)
    return made, key


def tile_url(one: BaseMap, zoom: int, column: int, row: int) -> str:
    """The address of a tile; it holds the key and must not be shown or logged. `row` is counted from the north."""
    rows = 2**zoom if one.matrix == "w" else 2 ** max(zoom - 1, 0)
    places = {
        "z": str(zoom),
        "x": str(column),
        "y": str(rows - 1 - row if one.tms else row),
        # Servers of a service share the load; the same tile always comes from the same one.
        "s": _server(one.source, column + row),
        "key": quote(one.key, safe=""),
    }
    return re.sub(r"\{(z|x|y|s|key)\}", lambda hit: places[hit.group(1)], one.source)


def host_of(template: str) -> str:
    """The service's host as it is shown in sentences."""
    return (urlsplit(template.replace("{s}", "0").replace(PLACE, "")).hostname or template)[:60]


def needs_key(template: str) -> bool:
    return PLACE in template


def _server(template: str, number: int) -> str:
    return str(number % 8) if _belongs(host_of(template), "tianditu.gov.cn") else "abc"[number % 3]


def _belongs(host: str, family: str) -> bool:
    return host == family or host.endswith("." + family)


def _matrix_of(template: str) -> Matrix:
    """天地图 names its set of longitude and latitude `c`."""
    return "c" if re.search(r"_c/wmts|TILEMATRIXSET=c(&|$)", template, flags=re.IGNORECASE) else "w"
