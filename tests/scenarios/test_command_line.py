"""The main job without a window: a new workspace, an office's own files, the checks, the paper and the page.

Each command is run as an office runs it, in a process of its own, on a machine without a display.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import geopandas
import pypdfium2
import pytest
from shapely import LineString, Point, Polygon

ROOT = Path(__file__).parents[2]


def run(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environment |= {"PYTHONUTF8": "1"}
    environment.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        cwd=cwd,
        check=False,
        timeout=300,
    )


def done(*words: object) -> str:
    result = run(*words)
    assert result.returncode == 0, result.stderr + result.stdout
    return result.stdout


def text_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("演示") / "演示 工作区.gpkg"
    done("new", path, "--demo")
    return path


def test_without_susceptibility_zones_the_check_tells_no_shares_and_a_layer_goes_by_its_short_name(tmp_path):
    path, streets = tmp_path / "新.gpkg", tmp_path / "街道.geojson"
    done("new", path)
    checked = run("check", path).stdout
    assert "预案" not in checked
    assert "不发育区" not in checked
    shape = [[106.66, 39.49], [106.67, 39.49], [106.67, 39.50], [106.66, 39.49]]
    feature = {
        "type": "Feature",
        "properties": {"name": "示例街道"},
        "geometry": {"type": "Polygon", "coordinates": [shape]},
    }
    streets.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    assert "已导入 1 个到“街道（镇）”" in done("import", path, streets, "--layer", "街道", "--crs", "4490")


def test_the_demo_fills_every_layer(demo):
    layers = json.loads(done("layers", demo, "--json"))
    counts = {one["layer"]: one["features"] for one in layers}
    assert counts["household"] == 60
    assert counts["hazard_point"] >= 12
    assert counts["key_area"] == 6
    # Objections are raised in a meeting; none is invented.
    assert [name for name, count in counts.items() if count == 0] == ["objection", "objection_area"]
    zone = next(one for one in layers if one["layer"] == "danger_zone")
    assert set(zone) == {"layer", "title", "geometry", "features", "area_km2"}
    assert zone["title"] == "危险区"
    assert zone["area_km2"] > 0


def test_the_demo_has_no_errors_and_says_the_shares(demo):
    result = run("check", demo, "--json")
    found = json.loads(result.stdout)
    assert set(found) == {"errors", "warnings", "findings"}
    assert [one["sentence"] for one in found["findings"] if one["severity"] == "error"] == []
    assert result.returncode == 0
    for one in found["findings"]:
        assert set(one) == {"rule", "layer", "id", "severity", "sentence"}
    told = done("check", demo)
    for words in ("中易发区占 22.73 %", "低易发区占 3.12 %", "不发育区占 74.15 %"):
        assert words in told
    assert told.count("相符") == 3


def test_the_warning_map_says_what_it_must(demo, tmp_path):
    done("map", demo, "--out", tmp_path / "警示图.pdf")
    text = text_of(tmp_path / "警示图.pdf")
    for words in ("示意数据", "内部用图", "拟划", "图例", "高斯"):
        assert words in text


def test_the_public_map_is_not_to_be_posted_without_a_number(demo, tmp_path):
    done("map", demo, "--out", tmp_path / "公开.pdf", "--profile", "public")
    text = text_of(tmp_path / "公开.pdf")
    assert re.search(r"待批\s*未批准不得张贴", text)
    assert not re.search(r"1\d\d 0000 \d{4}", text)
    assert "内部用图" not in text


def test_a_card_for_each_point_and_each_household(demo, tmp_path):
    done("cards", demo, "--out", tmp_path)
    layers = {one["layer"]: one["features"] for one in json.loads(done("layers", demo, "--json"))}
    cards = sorted(tmp_path.rglob("*.pdf"))
    texts = {card: text_of(card) for card in cards}
    work = [text for text in texts.values() if "防灾工作明白卡" in text]
    household = [text for text in texts.values() if "防灾避险明白卡" in text]
    assert sum(text.count("崩塌、滑坡、泥石流等地质灾害防灾工作明白卡") for text in work) >= layers["hazard_point"]
    assert len(household) == layers["household"]
    assert all("示意" in text for text in texts.values())
    # A card that was printed is registered, whichever way: its code can be asked for later.
    assert all(re.search(r"核对码\s*[0-9A-Z]{4}-[0-9A-Z]{4}", text) for text in [*work, *household])


def test_a_product_for_a_number_that_is_not_there_is_refused(demo, tmp_path):
    for words in (("zone_notice", "WD-W-9999"), ("map_internal", "WD-W-0001")):
        result = run("publish", demo, words[0], "--out", tmp_path / "x.pdf", "--only", words[1])
        assert result.returncode == 2
        assert "编号" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_one_street_is_ordered_by_its_name_and_everything_in_chinese(demo, tmp_path):
    done(
        "publish",
        demo,
        "街道警示图",
        "--out",
        tmp_path,
        "--only",
        "五虎山街道",
        "--set",
        "纸张=A4",
        "--set",
        "用途=公开",
    )
    (pdf,) = tmp_path.iterdir()
    assert pdf.name == "150304003_五虎山街道_A4 竖_公开.pdf"
    refused = run("publish", demo, "map_street", "--out", tmp_path, "--only", "五虎山")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "最接近的是：150304003 五虎山街道" in refused.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe that nobody reads is told otherwise there")
def test_whoever_reads_no_further_is_told_of_no_fault():
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, ROOT / "main.py", "publish", "--list"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (2, "没有谁再读输出的内容，已停下。\n")


def test_what_can_be_ordered_is_listed_without_a_workspace(tmp_path):
    listed, helped = done("publish", "--list"), done("publish", "--help")
    assert "map_street　街道警示图（--out 写文件夹，可以写 --only）" in listed
    assert "纸张（paper）：A3 横（A3）、A4 横（A4L）" in listed
    assert listed.strip() in helped


def test_the_page_names_no_address(demo, tmp_path):
    done("web", demo, "--out", tmp_path / "地图.html")
    page = (tmp_path / "地图.html").read_text(encoding="utf-8")
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""", page)
    assert not re.findall(r"url\(\s*['\"]?(?:https?:)?//", page)
    assert "leafletjs.com" not in page.split("<body>")[1]
    assert "示意数据" in page


# -- an office's own files, a district of its own --------------------------------------------------------------------


@pytest.fixture
def office(tmp_path) -> Path:
    """Small look-alikes of what offices send: GBK Shapefile, GeoJSON, Excel headings of their own."""
    folder = tmp_path / "单位 数据"
    folder.mkdir()
    east, north = 36_400_000.0, 4_370_000.0
    ring = [(0, 0), (9000, 500), (9500, 8000), (4000, 9500), (-500, 7000)]
    border = Polygon([(east + x, north + y) for x, y in ring])
    geopandas.GeoDataFrame({"名称": ["示例区"]}, geometry=[border], crs=4524).to_file(
        folder / "行政区.shp", encoding="GBK"
    )
    halves = [
        border.intersection(
            Polygon(
                [(east + a, north - 1e4), (east + b, north - 1e4), (east + b, north + 2e4), (east + a, north + 2e4)]
            )
        )
        for a, b in ((-1e4, 4000), (4000, 2e4))
    ]
    geopandas.GeoDataFrame({"易发性": ["中易发区", "低易发区"]}, geometry=halves, crs=4524).to_crs(4326).to_file(
        folder / "易发区.geojson"
    )
    geopandas.GeoDataFrame(
        {"名称": ["示例河"]}, geometry=[LineString([(east, north + 100), (east + 9000, north + 8000)])], crs=4524
    ).to_file(folder / "河.gpkg", layer="河流")
    return folder


def test_an_offices_own_files_go_all_the_way(office, tmp_path):
    work = tmp_path / "本局.gpkg"
    done("new", work)
    for file, layer in (("行政区.shp", "district"), ("易发区.geojson", "susceptibility_zone"), ("河.gpkg", "river")):
        name = "行政区" if layer == "district" else layer  # a layer may be called by its title too
        report = json.loads(done("import", work, office / file, "--layer", name, "--json"))
        assert set(report) == {"imported", "repaired", "skipped", "encoding", "crs", "evidence", "problems"}
        assert report["imported"] == (2 if layer == "susceptibility_zone" else 1)
        assert report["skipped"] == 0
    layers = {one["layer"]: one for one in json.loads(done("layers", work, "--json"))}
    assert layers["susceptibility_zone"]["area_km2"] == pytest.approx(layers["district"]["area_km2"], rel=1e-4)
    done("map", work, "--out", tmp_path / "图.pdf")
    assert "示意数据" not in text_of(tmp_path / "图.pdf")
    done("web", work, "--out", tmp_path / "图.html")


def test_the_tables_of_a_file_come_in_together(tmp_path):
    work, file = tmp_path / "本局.gpkg", tmp_path / "外业.gpkg"
    done("new", work)
    east, north = 36_390_000.0, 4_374_800.0
    way = {"名称": ["示例路"], "安置点": ["示例学校"]}
    line = LineString([(east, north), (east + 90, north)])
    geopandas.GeoDataFrame(way, geometry=[line], crs=4524).to_file(file, layer="撤离路线")
    frame = geopandas.GeoDataFrame({"名称": ["示例学校"]}, geometry=[Point(east + 90, north)], crs=4524)
    frame.to_file(file, layer="安置点")
    said = done("import", work, file, "--all")
    assert "“撤离路线”：\n已导入 1 个到“撤离路线”" in said
    assert "“安置点”：\n已导入 1 个到“避险安置点”" in said
    again = run("import", work, file, "--all", "--map", "name=名称")
    assert again.returncode == 2
    assert "--map 只管一张表" in again.stderr
    assert "--layer --all 要写一个" in run("import", work, file).stderr


def test_points_without_a_coordinate_system_are_refused(tmp_path):
    work, file = tmp_path / "本局.gpkg", tmp_path / "点.shp"
    done("new", work)
    geopandas.GeoDataFrame({"a": [1]}, geometry=[Point(400_000, 4_370_000)]).to_file(file)
    before = work.read_bytes()
    result = run("import", work, file, "--layer", "place")
    assert result.returncode == 2
    assert "点.shp" in result.stderr
    assert "坐标系" in result.stderr
    assert "Traceback" not in result.stderr
    assert work.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["layers", "没有.gpkg"], "没有.gpkg"),
        (["map", "没有.gpkg"], "缺少"),
        (["cards", "没有.gpkg", "--out", "x", "--kind", "旅游"], "旅游"),
        (["飞"], "飞"),
    ],
)
def test_what_can_not_be_done_is_one_chinese_sentence(words, says, tmp_path):
    result = run(*words, cwd=tmp_path)
    assert result.returncode == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert not re.search(r"[A-Za-z]{4,} [a-z]{2,} [a-z]+", result.stderr)
    assert list(tmp_path.iterdir()) == []


def test_help_is_chinese():
    text = done("--help")
    for command in ("new", "import", "layers", "check", "map", "cards", "web"):
        assert command in text
    assert "usage" not in text
    assert "show this" not in text
