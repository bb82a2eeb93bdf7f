"""没有位置 at the head of a form: what that means, and the button that takes the tool for it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.drawing.placing import PLACE
from geohazard_desktop.desktop.forms.form_sections import FormSection
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.edits.placing import has_place
from geohazard_desktop.workspace.feature import Feature


class PlaceSection(FormSection):
    def __init__(self, *, told: str, may: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        column.addWidget(label(told, "reminder", wrap=True))
        if may:
            row = QHBoxLayout()
            row.addWidget(
                button(_("放到地图上"), lambda: self.asked.emit(PLACE), size="small", icon_name="place", primary=True)
            )
            row.addStretch(1)
            column.addLayout(row)


def place_section(session: Session, feature: Feature) -> FormSection | None:
    """None where the map shows the feature, or its layer has no points."""
    definition = session.workspace.definitions[feature.layer]
    if definition.geometry != "point" or has_place(session.workspace.definitions, feature):
        return None
    told = _("还没有位置：图上看不见。")
    if feature.layer == "household":
        told = _("还没有位置：图上看不见，卡上画不出路线。")
    may = not (session.read_only_reason() or definition.why_fixed)
    return PlaceSection(told=told, may=may)
