"""A card in force that is older than a year is told at its household and in the register of issues."""

from datetime import date

import shapely

from geohazard_desktop.publishing.cards.age import old_cards
from geohazard_desktop.workspace.edits import create_feature


def put(ws, layer, geometry=None, **values):
    edit = create_feature(ws.definitions, layer, geometry, values)
    ws.apply(edit)
    return edit.deltas[0].uid


def test_only_the_card_in_force_grows_old(workspace):
    home = put(workspace, "household", shapely.Point(36_400_000, 4_370_000), id="SL-H-0001", head="张示例")

    def issue(version, day, code, step="发放", **more):
        return put(
            workspace,
            "card_issue",
            step=step,
            product="cards_household",
            kind="防灾避险明白卡",
            subject_layer="household",
            subject=home,
            version=version,
            issued_at=f"{day}T09:00:00",
            check_code=code,
            **more,
        )

    first = issue(1, "2024-01-10", "AAAA")
    assert set(old_cards(workspace, "household", date(2025, 3, 1))) == {home}
    assert set(old_cards(workspace, "card_issue", date(2025, 3, 1))) == {first}
    assert old_cards(workspace, "household", date(2025, 1, 9)) == {}
    second = issue(2, "2025-01-10", "BBBB")
    assert old_cards(workspace, "household", date(2025, 3, 1)) == {}
    (told,) = old_cards(workspace, "household", date(2026, 2, 1))[home]
    assert told.sentence.startswith("防灾避险明白卡第 2 版是 2025 年 1 月 10 日发的，满 365 天应核对换发")
    assert "张示例" not in told.sentence
    assert set(old_cards(workspace, "card_issue", date(2026, 2, 1))) == {second}
    issue(2, "2025-02-01", "BBBB", step="作废", reason="示例")
    assert set(old_cards(workspace, "card_issue", date(2026, 2, 1))) == {first}
    assert old_cards(workspace, "road", date(2026, 2, 1)) == {}
