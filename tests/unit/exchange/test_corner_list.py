"""Lists of corners as they come: titles are no corners, nothing that is one is lost, shapes stay apart."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.exchange.corner_list import corner_list

RING = [(4375300.1, 36389500.25), (4375280.55, 36389820.4), (4375010.0, 36389870.0), (4374900.75, 36389640.33)]
OTHER = [(north - 2000.0, east) for north, east in RING]


def rows(ring=RING, first=1, mark="\t"):
    return [
        mark.join((f"J{number}", f"{north:.3f}", f"{east:.3f}")) for number, (north, east) in enumerate(ring, first)
    ]


def sizes(lines, **how):
    return [(one.name, len(one.corners)) for one in corner_list(lines, **how).parts]


TITLES = st.sampled_from(
    [
        *("2000国家大地坐标系 3度带 中央经线108°", "CGCS2000 3度带 中央子午线108度", "西安80坐标系，3度带"),
        *("坐标系：2000国家大地坐标系 3度带 36带 中央经线108°", "J48 五虎山 第 36 带", "2026年11月29日", "2026-11-29"),
        *(
            "示例沟泥石流危险区拐点坐标表（共 4 点）",
            "单位：米  精度 0.001",
            "比例尺 1:2000  图幅 J48E011013",
            "点号\tX\tY",
        ),
        *(
            "测量日期 20261129 测量员 某某",
            "示例街道 150304001",
            "北京54 3 108",
            "东经106°40′～106°50′",
            "3 108",
            "第 3 页 共 12 页",
        ),
        *("面积 98765.4 平方米", "边长 12.3，周长 456.7", "中心坐标：X=4375120 Y=36389700"),
    ]
)


@given(st.lists(TITLES, max_size=4), st.sampled_from(["\t", ",", "  "]))
def test_no_title_is_a_corner_and_no_corner_is_lost(titles, mark):
    found = corner_list([*titles, *rows(mark=mark)])
    assert [(one.place.north, one.place.east) for one in found.corners] == RING
    assert len(found.passed) == len(titles)


@given(st.text(alphabet="坐标系带度中央经线测绘表甲沟 :：()（）0123456789.°JXY-", max_size=30), st.integers(0, 4))
def test_a_line_with_any_words_adds_no_corner(words, at):
    lines = rows()
    with suppress(EditRefused):  # what might be half a corner
        found = corner_list([*lines[:at], "说明 " + words, *lines[at:]])
        assert [(one.place.north, one.place.east) for one in found.corners] == RING


@pytest.mark.parametrize(
    "line",
    [
        *(
            "106.7079, 39.4745",
            "106°42′28.6″E 39°28′28.1″N",
            "东经106度42分28.6秒，北纬39度28分28.1秒",
            "106 42 28.6 39 28 28.1",
        ),
        *(
            "5 106 42 28.6 39 28 28.1",
            "J1 106.42286 39.28281",
            "X=4372020.00 Y=36388840.00",
            "4 372 020.00 36 388 840.00",
        ),
        *(
            "4,372,020.00 36,388,840.00",
            "3 39.4745 106.7079",
            "106.7079 39.4745 1100.2",
            "J1：39°28′28.1″，106°42′28.6″",
        ),
        *(
            "高斯 X（北）4372020 Y（东）36388840",
            "1 4372000 388000",
            "界址点1\t4372000.0\t388000.0",
            "1\tJ1\t4372000.1\t36388000.2\t12.5",
        ),
    ],
)
def test_a_corner_in_any_spelling_is_one(line):
    assert len(corner_list([line]).corners) == 1


def test_no_part_of_an_angle_is_dropped():
    lines = ["106°43′12 39°30′00", "106° 43′ 15″ 39° 30′ 0″", "1\t106°\t43′\t15″\t39°\t30′\t3″", "J2 106°43 39°30"]
    found = corner_list(lines)
    east = [106.72, 106 + 43 / 60 + 15 / 3600, 106 + 43 / 60 + 15 / 3600, 106 + 43 / 60]
    assert [one.place.east for one in found.corners] == pytest.approx(east)
    assert [one.place.north for one in found.corners] == pytest.approx([39.5, 39.5, 39.5 + 3 / 3600, 39.5])
    for line in ("106° 43′ 12 39° 30′ 00", "106°43′12″ 39°30′ 12", "106° 43 39° 30", "106°43′70 39°30′00"):
        with pytest.raises(EditRefused, match="第 1 行"):
            corner_list([line])


@pytest.mark.parametrize("line", ["J3\t4375010", "J3\t43750l0\t36389870", "4372000", "J3 4375.01 36389.87"])
def test_half_a_corner_is_refused_with_its_line(line):
    with pytest.raises(EditRefused, match="第 2 行"):
        corner_list([rows()[0], line, *rows()[1:]])


def test_two_pairs_in_a_row_are_refused():
    with pytest.raises(EditRefused, match="两对坐标"):
        corner_list(["J1\t4375300.1\t36389500.2\t4375298.0\t36389410.0"])
    with pytest.raises(EditRefused, match="两套坐标"):
        corner_list(["点号\tX\tY\tX\tY", "J1\t4375300.1\t36389500.2\t4375298.0\t36389410.0"])


def test_lengths_between_the_rows_and_an_area_below_are_passed_over():
    lines = [one for row in rows() for one in (row, "\t120.53")]
    assert sizes([*lines, "面积\t98765.4 ㎡"]) == [("", 4)]


def test_a_heading_says_which_column_is_which():
    lines = [
        "序号\t点号\t横坐标Y\t纵坐标X\t备注",
        "1\tJ1\t36389500.25\t4375300.1\t沟口 3 号",
        "2\tJ2\t36389820.4\t4375280.55\t",
    ]
    found = corner_list(lines)
    assert [(one.number, one.place.north) for one in found.corners] == [("J1", 4375300.1), ("J2", 4375280.55)]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (
            [
                ["危险区名称", "点号", "X", "Y"],
                *[["甲沟", *r.split("\t")] for r in rows()],
                *[["乙沟", *r.split("\t")] for r in rows(OTHER)],
            ],
            ["甲沟", "乙沟"],
        ),
        (["甲沟", *rows(), "", "乙沟", *rows(OTHER)], ["甲沟", "乙沟"]),
        (["一、甲沟危险区拐点坐标表", *rows(), "二、乙沟危险区拐点坐标表", *rows(OTHER)], ["甲沟危险区", "乙沟危险区"]),
        ([*rows(), rows()[0], *rows(OTHER)], ["", ""]),
        ([*rows(), *rows(OTHER)], ["", ""]),
        ([*(r.split("\t", 1)[1] for r in rows()), "", *(r.split("\t", 1)[1] for r in rows(OTHER))], ["", ""]),
    ],
)
def test_several_shapes_in_one_table_stay_apart(lines, names):
    found = corner_list(lines)
    assert [one.name for one in found.parts] == names
    assert [(c.place.north, c.place.east) for c in found.parts[1].corners][:4] == OTHER


def test_an_empty_line_within_numbers_that_run_on_parts_nothing():
    lines = rows()
    assert sizes([*lines[:3], "", lines[3], *rows(OTHER, first=5)]) == [("", 8)]


def test_a_way_may_cross_its_beginning():
    lines = [*rows(), rows()[0].replace("J1", "J5"), *rows(OTHER, first=6)]
    assert sizes(lines, closed=False) == [("", 9)]


def test_the_survey_file_of_the_state():
    lines = [
        "[属性描述]",
        "坐标系=1980西安坐标系",
        "几度分带=3",
        "带号=36",
        "[地块坐标]",
        "5,9.8,1,示例区块,面,J48,,,@",
    ]
    outline = [f"J{at},1,{north},{east}" for at, (north, east) in enumerate([*RING, RING[0]], 1)]
    hole = [f"J{at},2,{4375200 - at % 2 * 20},{36389600 + at * 9}" for at in range(1, 4)]
    found = corner_list(
        [
            *lines,
            *outline,
            *hole,
            "4,1.0,2,另一块,面,J48,,,@",
            *[f"J{at},1,{n},{e}" for at, (n, e) in enumerate(OTHER, 1)],
        ]
    )
    assert [(one.name, [len(ring) for ring in one.rings]) for one in found.parts] == [
        ("示例区块", [5, 3]),
        ("另一块", [4]),
    ]
    assert [one.key for one in found.said.datums] == ["xian80"]
    assert found.said.zone == 36


def test_a_column_that_is_the_same_everywhere_numbers_no_points():
    lines = [f"J{at},1,{north},{east}" for at, (north, east) in enumerate(RING, 1)]
    assert sizes(lines) == [("", 4)]


def test_a_parcel_keeps_all_its_rings_whatever_their_numbers():
    outlines = [
        f"J{at},1,{north},{east}" for ring in (RING, OTHER) for at, (north, east) in enumerate([*ring, ring[0]])
    ]
    head = ["【属性描述】", "坐标系=80国家大地坐标系", "【地块坐标】", "10,2.0,1,示例区块,面,J48,,,@"]
    found = corner_list([*head, *outlines, "4,1.0,2,另一块,面,J48,,,@", *outlines[:4]])
    assert [(one.name, [len(ring) for ring in one.rings]) for one in found.parts] == [
        ("示例区块", [5, 5]),
        ("另一块", [4]),
    ]
    assert [one.key for one in found.said.datums] == ["xian80"]


@pytest.mark.parametrize("mark", ["1#", "1#点", "1号", "1号点"])
def test_a_points_number_names_no_shape(mark):
    lines = [f"{mark.replace('1', str(at))} {north} {east}" for at, (north, east) in enumerate(RING, 1)]
    assert sizes(lines) == [("", 4)]
