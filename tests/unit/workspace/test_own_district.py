"""Several districts in one layer: the office's own is told by the settings."""

import pytest
import shapely

from geohazard_desktop.checks.run import check
from geohazard_desktop.publishing.sheets.subjects import district_subject
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid
from geohazard_desktop.workspace.own_district import names_own, own_district_bounds, own_districts

E, N = 36_400_000.0, 4_370_000.0
OWN = shapely.box(E, N, E + 5000, N + 4000)


def put(ws, geometry, **values):
    ws.apply(Edit("画行政区", [inserted(Feature("district", new_uid(), geometry, values))]))


@pytest.mark.parametrize(
    ("code", "name", "own"),
    [
        ("990101", "", True),
        ("990101000000", "别名", True),
        ("", "示例区", True),
        ("990102", "邻区", False),
        ("", "", False),
    ],
)
def test_a_district_is_known_by_code_or_name(code, name, own):
    assert names_own(code, name, "990101", "示例区") is own


def test_sheet_and_start_view_show_the_own_district_alone(workspace):
    own = {"name": workspace.setting("district.name"), "code": workspace.setting("district.code")}
    put(workspace, OWN, **own)
    put(workspace, shapely.box(E + 5000, N, E + 60_000, N + 30_000), name="邻近区", code="990199")
    assert [one["name"] for one in own_districts(workspace)] == [own["name"]]
    assert own_district_bounds(workspace) == pytest.approx(OWN.bounds)
    assert workspace.extent() == pytest.approx(OWN.bounds)
    assert district_subject(workspace, own["name"]).bounds == pytest.approx(OWN.bounds)
    (finding,) = [one for one in check(workspace) if one.rule == "one_district"]
    assert finding.severity == "error"
    assert finding.sentence.startswith("行政区里的一个（邻近区，990199）不是单位设置里的")


def test_where_none_of_several_is_known_all_count_and_the_check_says_so(workspace):
    put(workspace, OWN)
    put(workspace, shapely.box(E + 5000, N, E + 6000, N + 4000))
    assert own_district_bounds(workspace) == pytest.approx((E, N, E + 6000, N + 4000))
    assert len([one for one in check(workspace) if one.rule == "one_district"]) == 2
