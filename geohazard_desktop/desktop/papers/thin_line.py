"""Below the options of a notice: how long its 拐点坐标表 gets, and what simplifying it would leave of it."""

from collections.abc import Collection

from PySide6.QtWidgets import QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.publishing.papers.thin_option import KEY, TOLERANCES_M, WHOLE
from geohazard_desktop.publishing.product import OptionValue, Product


class ThinLine(QWidget):
    """In sight where a border has more corners than anybody surveys, or simplifying was chosen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.words = label("", "note", wrap=True)
        column.addWidget(self.words)
        self.hide()

    def tell(self, product: Product, values: dict[str, OptionValue], chosen: Collection[str]) -> None:
        """`values` of the product's options, `chosen` the zones that are ticked."""
        told = ""
        if any(one.key == KEY for one in product.options) and values.get("table") and chosen:
            told = self._told(str(values.get(KEY, WHOLE)), chosen)
        self.words.setText(told)
        self.setVisible(bool(told))

    def _told(self, value: str, chosen: Collection[str]) -> str:
        """Of the zone with the most corners, and how many others have too many."""
        from geohazard_desktop.publishing.papers.zone_corners import MANY, corner_count, thinned

        zones = [one for one in self._session.workspace.table("danger_zone") if one.uid in chosen and one.geometry]
        counts = {one.uid: corner_count(one.geometry) for one in zones if one.geometry is not None}
        longest = max(zones, key=lambda one: counts[one.uid], default=None)
        if longest is None or longest.geometry is None or (value == WHOLE and counts[longest.uid] <= MANY):
            return ""
        told = [_("{name} 有 {count} 个拐点").format(name=longest.text("id"), count=counts[longest.uid])]
        every = [(tolerance, thinned(longest.geometry, tolerance)) for tolerance in TOLERANCES_M]
        offers = [
            _("容差 {metres:g} 米{words}").format(metres=tolerance, words=less.words() if less else _("没有可去掉的"))
            for tolerance, less in every
        ]
        self.words.setToolTip("\n".join(offers))
        enough = (place for place, (_metres, less) in enumerate(every) if less is not None and less.left <= MANY)
        told.append(offers[next(enough, -1) if value == WHOLE else TOLERANCES_M.index(float(value))])
        others = sum(count > MANY for count in counts.values()) - (counts[longest.uid] > MANY)
        if others:
            told.append(_("另有 {count} 个危险区也超过 {many} 个").format(count=others, many=MANY))
        return "；".join(told) + "。"
