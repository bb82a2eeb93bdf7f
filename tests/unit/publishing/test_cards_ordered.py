"""The command cards does what the products of the window do: entered alike, reported alike."""

from pathlib import Path

import pytest
from notice_village import build, change, only

from geohazard_desktop.cli import run
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.publishing.cards.order import publish_both
from geohazard_desktop.publishing.issues.issue_register import read_register
from geohazard_desktop.publishing.products import PRODUCTS


@pytest.fixture
def village(workspace):
    return build(workspace)


def test_a_route_that_is_no_way_is_told_of_work_cards_too(village, tmp_path: Path, capsys):
    change(village, only(village, "evacuation_route"), passable="车辆")
    run(["cards", str(village.path), "--out", str(tmp_path / "卡"), "--kind", "work"])
    assert "登记为不能步行。" in "".join(capsys.readouterr())
    assert list((tmp_path / "卡").glob("*.pdf"))


def test_both_kinds_are_made_as_the_window_makes_them(village, tmp_path: Path):
    report = publish_both(village, tmp_path / "命令")
    apart = [PRODUCTS[key].publish(village, tmp_path / "窗口", {}) for key in ("cards_work", "cards_household")]
    assert [one.name for one in report.files] == [file.name for one in apart for file in one.files]
    assert report.pages == sum(one.pages for one in apart)
    assert len(report.problems) == len(set(report.problems))
    assert {one.product for one in read_register(village).papers} == {"cards_work", "cards_household"}
    for one in apart:
        for path in one.files:
            assert path.read_bytes() == (tmp_path / "命令" / path.name).read_bytes(), "one paper, whichever way"


def test_a_kind_for_which_there_is_nobody_does_not_stop_the_other(village, workspace, tmp_path: Path):
    change(village, only(village, "household"), moved_out_on="2026-01-01")
    report = publish_both(village, tmp_path / "卡")
    assert report.files
    assert all("工作" in one.name for one in report.files)
    with pytest.raises(ExportRefused):
        publish_both(village, tmp_path / "又", "household")
