"""您在这里: a place that the officer chose, kept with its sheet."""

import pytest

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.workspace.edits.labels import SHEETS, new_sheet
from geohazard_desktop.workspace.edits.sheet_here import here_of, no_here, set_here


def test_the_place_is_stored_moved_taken_away_and_brought_back(workspace):
    row = new_sheet("A3", "public", "东坡 A3 警示图（公开）", ("danger_zone", "1" * 32))
    workspace.apply(set_here(workspace.definitions, row, (36_400_000.123, 4_370_000.0)))
    (stored,) = workspace.table(SHEETS)
    assert here_of(stored) == (36_400_000.12, 4_370_000.0)
    assert "您在这里" in workspace.undo_words()
    moved = set_here(workspace.definitions, stored, (36_400_010.0, 4_370_000.0), sheets=[stored])
    workspace.apply(moved)
    (stored,) = workspace.table(SHEETS)
    assert not set_here(workspace.definitions, stored, (36_400_010.0, 4_370_000.0), sheets=[stored]).deltas
    workspace.apply(no_here(workspace.definitions, stored))
    (stored,) = workspace.table(SHEETS)
    assert here_of(stored) is None
    workspace.undo()
    (stored,) = workspace.table(SHEETS)
    assert here_of(stored) == (36_400_010.0, 4_370_000.0)


def test_what_was_never_put_cannot_be_taken_away(workspace):
    with pytest.raises(EditRefused, match="您在这里"):
        no_here(workspace.definitions, None)
