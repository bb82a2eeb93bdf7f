"""What was ordered of a workspace stays of that workspace, also where another is open when it comes."""

from pathlib import Path
from unittest.mock import MagicMock

import pytest

from geohazard_desktop.desktop.papers import results_handlers
from geohazard_desktop.desktop.papers.publisher import Order, Result
from geohazard_desktop.desktop.papers.results_handlers import ResultHandlers
from geohazard_desktop.publishing.products import PRODUCTS

KIND = next(iter(PRODUCTS))
OWN, OTHER = Path("本局.gpkg"), Path("外局.gpkg")


@pytest.fixture
def window(monkeypatch) -> MagicMock:
    monkeypatch.setattr(results_handlers, "BatchDesk", MagicMock())
    made = MagicMock()
    made.handlers.pictures.ordered.side_effect = lambda order: order
    made.session.ws = made.session.workspace
    made.session.workspace.path = made.publisher.workspace = OWN
    made.publisher.busy = True
    return made


def result_of(order: Order) -> Result:
    return Result(order, [], [], [], 0, 0.0)


def test_a_sheet_that_waits_to_be_issued_is_issued_in_its_own_workspace(window, tmp_path):
    desk = ResultHandlers(window, MagicMock())
    under_way, sheet = (Order(KIND, "警示图", tmp_path / one) for one in ("甲.pdf", "乙.pdf"))
    desk.issue(sheet)
    window.session.workspace.path = OTHER
    window.publisher.busy = False
    desk.published(result_of(under_way))
    window.publisher.start.assert_called_once_with(sheet, OWN)


def test_a_sheet_of_a_workspace_that_was_left_is_not_changed_by_hand_in_another(window, tmp_path):
    desk = ResultHandlers(window, MagicMock())
    sheet = Order(KIND, "警示图", tmp_path / "甲.pdf")
    desk.published(result_of(sheet))
    window.preview.hands.remember.assert_called_once()
    window.session.workspace.path = OTHER
    desk.published(result_of(sheet))
    window.preview.hands.remember.assert_called_once()


def test_a_page_that_is_only_looked_at_ends_with_its_workspace(window, tmp_path):
    desk = ResultHandlers(window, MagicMock())
    leave = window.session.closing.connect.call_args.args[0]
    window.publisher.busy = False
    desk.batches.unissued.side_effect = lambda order: order
    page = Order(KIND, "警示图", tmp_path / "甲.pdf")
    desk.reset(page)
    window.publisher.busy, window.publisher.order = True, page
    desk.reset(page)  # wanted once more meanwhile
    leave()
    window.publisher.stop.assert_called_once()
    window.publisher.busy = False
    desk.not_published(page)
    window.publisher.start.assert_called_once_with(page, OWN)
