"""A drawing from CAD: its layers are chosen from, closed polylines are areas, texts name them; DWG says what to do."""

from pathlib import Path

import pytest
from shapely import Polygon

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.contents import layers_inside
from geohazard_desktop.exchange.importer import import_file
from geohazard_desktop.exchange.source import open_source

E, N = 36_400_000.0, 4_370_000.0


def polyline(layer: str, places: list[tuple[float, float]], *, closed: bool) -> list[str]:
    pairs = ["0", "LWPOLYLINE", "5", f"{hash((layer, places[0])) % 0xFFFF + 256:X}", "100", "AcDbEntity", "8", layer]
    pairs += ["100", "AcDbPolyline", "90", str(len(places)), "70", "1" if closed else "0"]
    for east, north in places:
        pairs += ["10", f"{east:.3f}", "20", f"{north:.3f}"]
    return pairs


def text(layer: str, place: tuple[float, float], words: str) -> list[str]:
    pairs = ["0", "TEXT", "5", f"{hash(words) % 0xFFFF + 256:X}", "100", "AcDbEntity", "8", layer, "100", "AcDbText"]
    return [*pairs, "10", f"{place[0]:.3f}", "20", f"{place[1]:.3f}", "40", "10.0", "1", words, "100", "AcDbText"]


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    """As a Chinese CAD of 2004 writes it: GBK, said in the header."""
    square = [(E + 100, N + 100), (E + 400, N + 100), (E + 400, N + 400), (E + 100, N + 400)]
    lines = ["0", "SECTION", "2", "HEADER", "9", "$ACADVER", "1", "AC1015", "9", "$DWGCODEPAGE", "3", "ANSI_936"]
    lines += ["0", "ENDSEC", "0", "SECTION", "2", "ENTITIES"]
    lines += polyline("危险区", square, closed=True)
    lines += text("注记", (E + 200, N + 200), "示例沟")
    lines += polyline("道路", [(E + 0, N + 0), (E + 500, N + 50)], closed=False)
    lines += ["0", "ENDSEC", "0", "EOF"]
    path = tmp_path / "示例.dxf"
    path.write_bytes(("\n".join(lines) + "\n").encode("gbk"))
    return path


@pytest.mark.parametrize(
    ("said", "codec"),
    [(b"", "gbk"), (b"ANSI_1252", "gbk"), (b"ANSI_936", "gbk"), (b"", "utf-8")],
)
def test_the_bytes_say_in_which_encoding_an_old_drawing_is(drawing: Path, said: bytes, codec: str):
    page = b"9\n$DWGCODEPAGE\n3\nANSI_936\n"
    raw = drawing.read_bytes().replace(page, page.replace(b"ANSI_936", said) if said else b"")
    drawing.write_bytes(raw.decode("gbk").encode(codec))
    assert layers_inside(drawing) == ["危险区", "注记", "道路"]
    table = open_source(drawing, layer="危险区")
    assert table.columns["文字"] == ["示例沟"]
    assert table.encoding == codec.upper()
    assert any(one.subject == "encoding" for one in table.evidence)


def test_an_encoding_that_is_said_holds_for_a_drawing_too(drawing: Path):
    assert open_source(drawing, layer="危险区", encoding="GBK").columns["文字"] == ["示例沟"]
    with pytest.raises(ImportRefused, match="坏字"):
        open_source(drawing, layer="危险区", encoding="UTF-8")


def test_the_layers_of_the_drawing_are_chosen_from(drawing: Path):
    assert layers_inside(drawing) == ["危险区", "注记", "道路"]
    with pytest.raises(ImportRefused, match="3 个CAD 图层"):
        open_source(drawing)


def test_closed_polylines_are_areas_named_by_the_text_in_them(drawing: Path):
    table = open_source(drawing, layer="危险区")
    assert len(table) == 1
    assert isinstance(table.geometries[0], Polygon)
    assert table.geometries[0].area == 90_000
    assert table.columns["文字"] == ["示例沟"]
    assert table.crs is None
    told = "".join(one.sentence for one in table.evidence)
    assert "1 条闭合的多段线当作面" in told
    assert "DXF 不写坐标系" in told


def test_an_open_polyline_stays_a_line_and_a_text_alone_a_point(drawing: Path):
    assert open_source(drawing, layer="道路").geometries[0].geom_type == "LineString"
    notes = open_source(drawing, layer="注记")
    assert notes.geometries[0].geom_type == "Point"
    assert notes.columns["文字"] == ["示例沟"]


def test_a_drawing_comes_into_a_layer_in_one_step(drawing: Path, workspace):
    report = import_file(
        workspace,
        drawing,
        "danger_zone",
        source_layer="危险区",
        epsg=workspace.epsg,
        mapping={"name": "文字"},
        constants={"hazard_type": "泥石流"},
    )
    assert report.imported == 1
    (zone,) = workspace.table("danger_zone")
    assert zone["name"] == "示例沟"
    workspace.undo()
    assert workspace.count("danger_zone") == 0


def test_a_dwg_says_to_save_it_as_dxf(tmp_path: Path):
    path = tmp_path / "总图.dwg"
    path.write_bytes(b"AC1032" + bytes(100))
    with pytest.raises(ImportRefused, match="另存为”DXF"):
        open_source(path)


def test_a_broken_drawing_is_refused_by_name(tmp_path: Path):
    path = tmp_path / "坏.dxf"
    path.write_bytes(b"this is no drawing")
    assert layers_inside(path) == []
    with pytest.raises(ImportRefused, match=r"坏\.dxf"):
        open_source(path)
