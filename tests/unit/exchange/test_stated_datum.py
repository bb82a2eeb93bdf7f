"""A list whose title names a datum is never read as another: Xi'an 80 and Beijing 54 are asked about."""

import pytest
import shapely
from look_alikes import EAST, NORTH

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.importer import import_file
from geohazard_desktop.workspace.edits import create_feature


@pytest.fixture
def office(workspace):
    box = shapely.box(EAST - 9000, NORTH - 9000, EAST + 9000, NORTH + 9000)
    workspace.apply(create_feature(workspace.definitions, "district", box, {"name": "示例区"}))
    return workspace


def listed(tmp_path, title, name="点.csv", east=EAST, heading="名称,X,Y"):
    path = tmp_path / name
    path.write_text(f"{title}\n{heading}\n示例点,{NORTH:.3f},{east:.3f}\n", encoding="gbk")
    return path


def come_in(office, path, **how):
    report = import_file(office, path, "shelter", **how)
    (one,) = office.find("shelter", "name", "示例点")
    return report, one


@pytest.mark.parametrize(
    ("title", "name", "code"),
    [("1980西安坐标系", "点.csv", 2360), ("北京54坐标系", "点.csv", 2412), ("安置点", "点西安80.csv", 2360)],
)
def test_an_old_datum_is_refused_until_it_is_said(office, tmp_path, title, name, code):
    path = listed(tmp_path, title, name)
    with pytest.raises(ImportRefused, match=f"没有公开的转换参数.*--crs {code}"):
        import_file(office, path, "shelter")
    assert office.count("shelter") == 0
    report, one = come_in(office, path, epsg=code)
    assert any("不能用来量距离和划界" in each.sentence for each in report.evidence)
    assert "未做参数转换" in one.text("source")


def test_another_system_that_is_said_wins_and_is_told(office, tmp_path):
    report, _one = come_in(office, listed(tmp_path, "1980西安坐标系"), epsg=4524)
    assert any("写着 1980 西安坐标系" in one.sentence and one.doubt for one in report.evidence)


def test_the_title_of_the_own_system_changes_nothing(office, tmp_path):
    _report, one = come_in(office, listed(tmp_path, "2000国家大地坐标系 3度带 中央经线108°"))
    assert shapely.get_coordinates(one.geometry).tolist() == [[EAST, NORTH]]


def test_a_title_that_contradicts_the_numbers_is_told(office, tmp_path):
    report, _one = come_in(office, listed(tmp_path, "2000国家大地坐标系 第35带"))
    assert any("带号却是 36" in one.sentence and one.doubt for one in report.evidence)


def test_the_meridian_places_eastings_without_a_number(office, tmp_path):
    _report, one = come_in(office, listed(tmp_path, "CGCS2000 中央经线108°", east=EAST - 36e6))
    assert shapely.get_coordinates(one.geometry).tolist() == [[pytest.approx(EAST), pytest.approx(NORTH)]]


@pytest.mark.parametrize("title", ["西安80转2000系", "高德地图坐标", "西安80坐标系"])
def test_what_is_unclear_is_asked(office, tmp_path, title):
    with pytest.raises(ImportRefused, match="坐标"):
        import_file(office, listed(tmp_path, title, east=EAST - 36e6), "shelter")


@pytest.mark.parametrize(("title", "name"), [("WGS84 UTM 48N", "UTM 投影"), ("示例市独立坐标系", "地方独立坐标系")])
def test_a_system_without_parameters_is_never_read_as_gauss(office, tmp_path, title, name):
    path = listed(tmp_path, title, east=EAST - 36e6)
    with pytest.raises(ImportRefused, match=f"文字写的是{name}，程序没有换算它的参数"):
        import_file(office, path, "shelter")
    assert office.count("shelter") == 0
    report, _one = come_in(office, path, epsg=4545)
    assert any(name in one.sentence and one.doubt for one in report.evidence)


def test_degrees_below_such_words_are_degrees(office, tmp_path):
    path = tmp_path / "点.csv"
    path.write_text("WGS84 UTM 48N\n名称,经度,纬度\n示例点,106.7079,39.4745\n", encoding="utf-8")
    come_in(office, path)
