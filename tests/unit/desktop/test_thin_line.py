"""What simplifying a notice's table would leave is said before anything is printed."""

from types import SimpleNamespace

from put_in import added
from shapely import Point

from geohazard_desktop.desktop.papers.thin_line import ThinLine
from geohazard_desktop.publishing.products import PRODUCTS


def test_the_longest_border_is_told_with_what_each_tolerance_leaves_of_it(application, workspace):
    zone = added(workspace, "danger_zone", Point(36_400_000, 4_370_000).buffer(300, quad_segs=43), id="SL-W-0001")
    line, product = ThinLine(SimpleNamespace(workspace=workspace)), PRODUCTS["zone_notice"]
    line.tell(product, {"table": True, "thin": "0"}, [zone.uid])
    assert line.words.text().startswith("SL-W-0001 有 172 个拐点；容差 2 米列 32 个，与原边界最多差 1.")
    assert len(line.words.toolTip().splitlines()) == 5
    line.tell(product, {"table": True, "thin": "5"}, [zone.uid])
    assert "容差 5 米列 27 个" in line.words.text()
    for values, chosen in (({"table": False, "thin": "5"}, [zone.uid]), ({"table": True, "thin": "5"}, [])):
        line.tell(product, values, chosen)
        assert line.isHidden()
    line.tell(PRODUCTS["signs"], {}, [zone.uid])
    assert line.isHidden()
