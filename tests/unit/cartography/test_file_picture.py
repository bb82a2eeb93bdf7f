"""A layer too large to be read whole looks like one that was: only what is in sight is read, changes are followed."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from shapely import Point, box

from geohazard_desktop.cartography import file_picture
from geohazard_desktop.cartography.file_picture import FilePicture
from geohazard_desktop.cartography.fonts import ensure_application
from geohazard_desktop.cartography.painter import paint_map
from geohazard_desktop.cartography.picture import LayerPicture
from geohazard_desktop.cartography.style import Style
from geohazard_desktop.cartography.view import MapView
from geohazard_desktop.workspace.edits import change_geometry, change_values, create_feature, delete_features
from geohazard_desktop.workspace.feature import Edit, Feature, inserted, new_uid

E, N = 36_400_000.0, 4_370_000.0
LAYER = "susceptibility_zone"
SIDE, STEP = 12, 100.0
RULES = {"中易发区": "#FF0000", "低易发区": "#0000FF"}
STYLE = Style.parse(
    {
        "rule": [
            {
                "label": name,
                "where": {"field": "class", "equals": name},
                "symbol": [
                    {"kind": "fill", "color": colour},
                    {"kind": "stroke", "color": "#000000", "width": 0.4},
                    {"kind": "hatch", "color": "#00AA00", "width": 0.2, "spacing": 2.0, "angle": 45.0},
                ],
            }
            for name, colour in RULES.items()
        ],
        "label": {"text": "{id}"},
    },
    LAYER,
)


def cell(column, row):
    return Point(E + column * STEP + 50, N + row * STEP + 50).buffer(45, quad_segs=24)


@pytest.fixture
def ws(workspace):
    names = list(RULES)
    shapes = [(cell(k % SIDE, k // SIDE), names[k % 2], f"SL-S-{k:04d}") for k in range(SIDE * SIDE)]
    workspace.apply(
        Edit("图斑", [inserted(Feature(LAYER, new_uid(), one, {"class": kind, "id": id})) for one, kind, id in shapes])
    )
    return workspace


@pytest.fixture
def both(ws, monkeypatch):
    monkeypatch.setattr(file_picture, "BLOCK", 7)

    def made():
        return FilePicture(ws.definitions[LAYER], STYLE, ws), LayerPicture(
            ws.definitions[LAYER], STYLE, ws.table(LAYER)
        )

    return made


def view(east=600.0, north=600.0, denominator=10_000.0):
    return MapView((E + east, N + north), denominator, 120.0, 120.0, 96.0)


def painted(picture, at, labels=True):
    ensure_application()
    image = QImage(round(at.width), round(at.height), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    report = paint_map(painter, at, [picture], labels=labels)
    painter.end()
    return np.array(image.constBits(), dtype=np.uint8).reshape(image.height(), -1, 4)[:, :, :3].astype(int), report


@pytest.mark.parametrize(
    "at",
    [view(), view(denominator=40_000.0), view(300, 900, 2_000.0), view(-5_000, 0)],
    ids=["whole", "far", "near", "away"],
)
def test_it_looks_like_the_layer_read_whole(both, at):
    large, small = both()
    (ours, _), (theirs, _) = painted(large, at, labels=False), painted(small, at, labels=False)
    assert np.abs(ours - theirs).mean() < 0.5
    (_, said), (_, meant) = painted(large, at), painted(small, at)
    assert said.counts == meant.counts
    named, meant_named = ({one.text for one in report.labels} for report in (said, meant))
    assert len(named & meant_named) >= 0.9 * len(meant_named)  # shapes are a little coarser here: a name may give way


def test_only_what_is_in_sight_is_read(both, ws, monkeypatch):
    large, _small = both()
    read = []
    rows = ws.rows
    monkeypatch.setattr(ws, "rows", lambda layer, ids, fields: read.append(len(ids)) or rows(layer, ids, fields))
    painted(large, view(300, 300, 1_000.0))
    assert 0 < sum(read) < 12
    read.clear()
    painted(large, view(300, 300, 1_000.0))
    assert not read


def test_moving_on_reads_what_has_come_into_sight(both, ws, monkeypatch):
    large, small = both()
    painted(large, view(300, 300, 2_000.0))
    read = []
    rows = ws.rows
    monkeypatch.setattr(ws, "rows", lambda layer, ids, fields: read.append(len(ids)) or rows(layer, ids, fields))
    there = view(450, 300, 2_000.0)
    (ours, _), (theirs, _) = painted(large, there, labels=False), painted(small, there, labels=False)
    assert np.abs(ours - theirs).mean() < 0.5
    assert 0 < sum(read) < 8


def test_changes_are_followed(both, ws):
    large, _small = both()
    painted(large, view())
    moved, recoloured, gone = list(ws.table(LAYER))[:3]
    steps = [
        change_geometry(ws.definitions, moved, box(E + 1300, N + 10, E + 1390, N + 90)),
        change_values(ws.definitions, [recoloured], {"class": "中易发区"}),
        delete_features(ws.definitions, [gone]),
        create_feature(ws.definitions, LAYER, cell(13, 5), {"class": "中易发区"}),
    ]
    for edit in steps:
        ws.apply(edit)
        large.forget({one.uid for one in edit.deltas})
        whole = LayerPicture(ws.definitions[LAYER], STYLE, ws.table(LAYER))
        (ours, said), (theirs, meant) = painted(large, view(700), labels=False), painted(whole, view(700), labels=False)
        assert said.counts == meant.counts
        assert np.abs(ours - theirs).mean() < 0.5


def test_what_is_out_of_sight_goes_first_when_too_much_is_held(both, monkeypatch):
    monkeypatch.setattr(file_picture, "MOST_HELD", 60)
    large, small = both()
    for east in (200, 500, 800, 1100):
        there = view(east, 600, 3_000.0)
        (ours, _), (theirs, _) = painted(large, there, labels=False), painted(small, there, labels=False)
        assert np.abs(ours - theirs).mean() < 0.5
    assert len(large) <= 60


def test_another_style_reads_nothing_anew_unless_it_asks_for_more(both, ws, monkeypatch):
    large, _small = both()
    painted(large, view())
    read = []
    rows = ws.rows
    monkeypatch.setattr(ws, "rows", lambda layer, ids, fields: read.append(len(ids)) or rows(layer, ids, fields))
    red = Style.parse({"rule": [{"label": "全部", "symbol": [{"kind": "fill", "color": "#FF0000"}]}]}, LAYER)
    _pixels, report = painted(large.restyled(red), view())
    assert report.counts == {(LAYER, 0): SIDE * SIDE}
    assert not read
    named = Style.parse({"rule": [{"label": "全部", "symbol": []}], "label": {"text": "{name}"}}, LAYER)
    painted(large.restyled(named), view())
    assert sum(read) == SIDE * SIDE
