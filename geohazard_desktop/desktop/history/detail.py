"""What one step changed, or what a deleted feature was: its values before and after, and the ways back."""

from collections.abc import Callable, Sequence

import shapely
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from shapely.geometry.base import BaseGeometry

from geohazard_desktop.analysis.measures import geodesic_area, geodesic_length
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop import words
from geohazard_desktop.desktop.forms.feature_facts import name_of, reading_order
from geohazard_desktop.desktop.parts import FlowLayout, Link, label
from geohazard_desktop.desktop.session import Key, Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.definition import FieldDefinition
from geohazard_desktop.workspace.feature import Delta, Feature, Value

MOST_SHOWN = 30


class HistoryDetail(QFrame):
    """Filled anew for each row that is chosen. `footer` takes the buttons."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("detail")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area, 1)
        foot = QFrame()
        foot.setObjectName("footer")
        self.footer = FlowLayout(foot, spacing=theme().px(6), margin=theme().px(8))
        column.addWidget(foot)
        self.setMinimumHeight(theme().px(140))

    def show_step(
        self, title: str, notes: Sequence[str], deltas: Sequence[Delta], choose: Callable[[Key], None]
    ) -> None:
        body, column = self._page(title, notes)
        for one in deltas[:MOST_SHOWN]:
            self._add_delta(column, one, choose)
        if len(deltas) > MOST_SHOWN:
            words_ = _("这里只列前 {count} 个。").format(count=MOST_SHOWN)
            column.addWidget(label(words_, "note", wrap=True))
        column.addStretch(1)
        self._area.setWidget(body)

    def show_features(self, title: str, notes: Sequence[str], features: Sequence[Feature]) -> None:
        """Deleted features with what they held."""
        body, column = self._page(title, notes)
        for one in features[:MOST_SHOWN]:
            if len(features) > 1:
                column.addWidget(label(self._name(one), "strong", wrap=True))
            self._add_rows(column, [(field, one[field.name], None) for field in self._filled(one)], one=True)
            if one.geometry is not None:
                column.addWidget(label(_("图形　{shape}").format(shape=self._shape(one.geometry)), "note", wrap=True))
        column.addStretch(1)
        self._area.setWidget(body)

    def _page(self, title: str, notes: Sequence[str]) -> tuple[QWidget, QVBoxLayout]:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(theme().px(14), theme().px(10), theme().px(14), theme().px(10))
        column.setSpacing(theme().px(6))
        column.addWidget(label(title, "strong", wrap=True))
        for one in notes:
            column.addWidget(label(one, "note", wrap=True))
        return body, column

    def _name(self, feature: Feature) -> str:
        definition = self._session.workspace.definitions[feature.layer]
        return f"{definition.title}　{name_of(self._session.workspace, feature)}"

    def _filled(self, feature: Feature) -> list[FieldDefinition]:
        fields = reading_order(self._session.workspace.definitions[feature.layer])
        return [one for one in fields if feature[one.name] not in (None, "")]

    def _add_delta(self, column: QVBoxLayout, delta: Delta, choose: Callable[[Key], None]) -> None:
        ws = self._session.workspace
        feature = delta.after or delta.before
        assert feature is not None
        verb = _("新增") if delta.before is None else _("删除") if delta.after is None else _("修改")
        name = f"{verb}　{self._name(feature)}"
        if ws.feature(delta.layer, delta.uid) is not None:
            column.addWidget(Link(name, lambda: choose((delta.layer, delta.uid))))
        else:
            column.addWidget(label(name, "strong", wrap=True))
        rows = [
            (
                field,
                delta.before[field.name] if delta.before else None,
                delta.after[field.name] if delta.after else None,
            )
            for field in reading_order(ws.definitions[delta.layer])
        ]
        self._add_rows(column, [row for row in rows if row[1] != row[2]], one=None in (delta.before, delta.after))
        before, after = (one.geometry if one else None for one in (delta.before, delta.after))
        if before is not None and after is not None and not before.equals_exact(after, 0.0):
            told = _("图形　{before} → {after}").format(before=self._shape(before), after=self._shape(after))
            column.addWidget(label(told, "note", wrap=True))

    def _add_rows(
        self, column: QVBoxLayout, rows: Sequence[tuple[FieldDefinition, Value, Value]], *, one: bool
    ) -> None:
        """A grid of fields: before and after, or (`one`) the side there is."""
        if not rows:
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(8))
        grid.setVerticalSpacing(theme().px(2))
        for place, (field, before, after) in enumerate(rows):
            grid.addWidget(self._cell(field.title, "label"), place, 0)
            if one:
                grid.addWidget(
                    self._cell(self._shown(field, before if before is not None else after), "note"), place, 1
                )
                continue
            old = self._cell(self._shown(field, before), "note")
            font = old.font()
            font.setStrikeOut(before not in (None, ""))
            old.setFont(font)
            grid.addWidget(old, place, 1)
            grid.addWidget(self._cell("→", "small"), place, 2)
            grid.addWidget(self._cell(self._shown(field, after), "note"), place, 3)
            grid.setColumnStretch(3, 3)
        grid.setColumnStretch(1, 3)
        column.addLayout(grid)

    def _cell(self, text: str, role: str) -> QLabel:
        made = label(text, role, wrap=role == "note")
        made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _shown(self, field: FieldDefinition, value: Value) -> str:
        if field.type == "reference" and isinstance(value, str) and value:
            target = self._session.workspace.feature(field.target, value)
            return name_of(self._session.workspace, target) if target else _("（已不在）")
        text = words.shown_as(field.type, value)
        return text if len(text) <= 200 else text[:200] + "…"

    def _shape(self, geometry: BaseGeometry) -> str:
        """Corners, and the area or length: what tells two shapes apart in words."""
        count = int(shapely.get_num_coordinates(geometry))
        epsg = self._session.workspace.epsg
        if geometry.geom_type.endswith("Polygon"):
            count -= sum(1 + len(one.interiors) for one in shapely.get_parts(geometry))
            size = words.area(geodesic_area(geometry, epsg))
        elif geometry.geom_type.endswith("LineString"):
            size = words.length(geodesic_length(geometry, epsg))
        elif geometry.is_empty:
            return _("读不懂")
        else:
            return words.gauss(geometry.centroid.x, geometry.centroid.y)
        return _("{count} 个拐点 {size}").format(count=count, size=size)
