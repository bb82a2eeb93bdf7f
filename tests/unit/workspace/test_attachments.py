"""Photos lie in the workspace by their digest: once each, there after undo, gone with their feature."""

import pytest
from shapely import Point

from geohazard_desktop.common.errors import WorkspaceReadOnly
from geohazard_desktop.workspace.edits import (
    attach_photos,
    change_photo,
    create_feature,
    delete_features,
    delete_photos,
    photos_of,
)
from geohazard_desktop.workspace.edits.attachments import with_photos
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

PICTURE = b"\xff\xd8 a picture"


@pytest.fixture
def point(workspace) -> Feature:
    edit = create_feature(workspace.definitions, "hazard_point", Point(36_400_000, 4_370_000), {"id": "SL-D-0001"})
    workspace.apply(edit)
    return workspace.feature("hazard_point", edit.deltas[0].uid)


def photos(ws, point) -> list[Feature]:
    return photos_of(ws.table("attachment"), point)


def attach(ws, point, *names: str) -> None:
    rows = [{"file_name": name, "digest": ws.keep_file(PICTURE), "longitude": 106.7} for name in names]
    ws.apply(attach_photos(ws.definitions, point, rows))


def test_several_photos_are_one_step_and_undo_takes_them_back(workspace, point):
    attach(workspace, point, "1.jpg", "2.jpg")
    assert workspace.undo_words() == "给隐患点 SL-D-0001 附 2 张照片"
    assert [one.text("file_name") for one in photos(workspace, point)] == ["1.jpg", "2.jpg"]
    workspace.undo()
    assert photos(workspace, point) == []
    workspace.redo()
    assert workspace.file(photos(workspace, point)[0].text("digest")) == PICTURE


def test_the_same_file_lies_there_once_and_not_in_the_journal(workspace, point):
    attach(workspace, point, "1.jpg", "2.jpg")
    before = workspace.path.stat().st_size
    data = bytes(500_000)
    digest = workspace.keep_file(data)
    assert workspace.keep_file(data) == digest
    workspace.apply(attach_photos(workspace.definitions, point, [{"digest": digest}]))
    row = photos(workspace, point)[-1]
    workspace.apply(change_photo(workspace.definitions, point, row, {"caption": "沟口"}))
    workspace.apply(delete_photos(workspace.definitions, point, [workspace.feature(row.layer, row.uid)]))
    assert workspace.path.stat().st_size < before + 2 * len(data)
    workspace.undo()
    assert photos(workspace, point)[-1].text("caption") == "沟口"
    assert workspace.file(digest) == data


def test_a_file_that_was_damaged_is_not_shown_as_a_photo(workspace):
    digest = workspace.keep_file(PICTURE)
    workspace._sql.execute("UPDATE attachment_file SET bytes = ?", (b"other",))
    assert workspace.file(digest) is None
    assert workspace.file("0" * 64) is None


def test_a_deleted_feature_takes_its_photos_along_and_undo_brings_both_back(workspace, point):
    attach(workspace, point, "1.jpg")
    edit = with_photos(delete_features(workspace.definitions, [point]), workspace.table("attachment"))
    assert edit.words == "删除隐患点 SL-D-0001，连同 1 张照片"
    workspace.apply(edit)
    assert workspace.count("attachment") == 0
    workspace.undo()
    assert len(photos(workspace, point)) == 1


def test_a_read_only_workspace_keeps_no_file(workspace, point):
    attach(workspace, point, "1.jpg")
    with Workspace.open(workspace.path, read_only=True) as shown:
        assert shown.file(photos(shown, point)[0].text("digest")) == PICTURE
        with pytest.raises(WorkspaceReadOnly):
            shown.keep_file(b"another")
