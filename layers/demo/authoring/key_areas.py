"""The six key control areas that the plan names (1.5)."""

# ruff: noqa: E501 - tables of data keep a row on a line

from shapely import get_parts, unary_union
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from authoring.build_sites import Built
from authoring.curves import thin
from authoring.ground import NAMED_RIVERS, Ground, ribbon
from authoring.lines import Lines
from authoring.output import Drawing

SOURCE = "应急预案 1.5 点名，范围为示意"


def add_key_areas(drawing: Drawing, lines: Lines, ground: Ground, sites: dict[str, Built]) -> None:
    """One feature a group, as the plan counts them."""
    heaps = list(ground.heaps.values())
    streams = [ribbon(lines.gullies[name], 150, 510 + i, taper=1000) for i, name in enumerate(NAMED_RIVERS)]
    w3, w7 = sites["W3"], sites["W7"]
    rows: tuple[tuple[str, str, str, BaseGeometry], ...] = (
        ("河沟、工矿废弃物堆放场地和桥梁", "河道沟谷", "泥石流、山洪泥石流", unary_union([*streams, *[one.buffer(90) for one in heaps]])),
        ("黄河沿岸", "黄河沿岸", "崩塌、滑坡", ground.river_buffer.buffer(300).difference(lines.water)),
        ("运煤大通道两侧", "运煤大通道两侧", "滑坡、泥石流",
         unary_union([ribbon(line, 130, 530 + i, 0.2) for i, line in enumerate(lines.haul.values())])),
        ("三矿塌陷区和地裂缝区", "采空塌陷地裂缝", "地面塌陷、地裂缝",
         unary_union([one.buffer(260) for one in ground.subsidence.values()]).buffer(120).buffer(-120)),
        ("渣堆地裂缝附近的临时建筑和工棚", "渣堆地裂缝工棚", "不稳定斜坡、滑坡、地裂缝",
         unary_union([w7.zone.buffer(95), ground.heaps["苏海图矿渣堆"].buffer(70), ground.heaps["五虎山矿渣堆"].buffer(110)])),
        ("乌尔特河山洪泥石流威胁区", "山洪泥石流威胁区", "山洪泥石流",
         unary_union([w3.zone.buffer(120), *[one.buffer(70) for _use, one in w3.halls]]).buffer(90).buffer(-90)),
    )  # fmt: skip
    for number, (name, kind, hazards, shape) in enumerate(rows, 1):
        inside = thin(shape, 2.5).intersection(lines.district)
        parts = MultiPolygon([one for one in get_parts(inside) if one.geom_type == "Polygon" and one.area > 9000])
        values = {
            "name": name,
            "kind": kind,
            "hazard_types": hazards,
            "basis": f"突发性地质灾害应急预案 1.5 第 {number} 项",
        }
        drawing.add("key_area", f"重点{number}", parts, SOURCE, **values)
