"""谁往这里撤离: in a shelter's form, who is sent there along which route, whether there is room, and who they are."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from geohazard_desktop.analysis.counted_today import counts_today
from geohazard_desktop.analysis.shelter_load import RouteLoad, ShelterLoad, shelter_load
from geohazard_desktop.analysis.way_words import route_name
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.form_sections import FormSection
from geohazard_desktop.desktop.parts import Link, button, emptied, label, line
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.workspace.edits.wording import followed, led
from geohazard_desktop.workspace.feature import Delta, Feature

_READ = frozenset(("household", "evacuation_route", "shelter", "danger_zone", "zone_event", "river_corridor", "river"))


class ShelterSection(FormSection):
    def __init__(self, session: Session, shelter: Feature) -> None:
        super().__init__()
        self._session, self._uid = session, shelter.uid
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(4))
        self._later = QTimer(self)  # a step of many features is followed once
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refresh)
        self.refresh()

    def follow(self, deltas: Sequence[Delta]) -> None:
        if any(one.layer in _READ for one in deltas):
            self._later.start()

    def refresh(self) -> None:
        shelter = None if self._session.ws is None else self._session.workspace.feature("shelter", self._uid)
        if shelter is None:
            return
        emptied(self._column)
        load = shelter_load(self._session.workspace, shelter)
        self._column.addWidget(line())
        self._column.addWidget(label(_("谁往这里撤离"), "strong"))
        open_now = counts_today(shelter)
        self._column.addWidget(label(sent_words(load, open_now=open_now), "note", wrap=True))
        too_many = too_many_words(load)
        if too_many:
            self._column.addWidget(label(too_many, "reminder", wrap=True))
        if len(load.routes) > 1:
            for one in load.routes:
                self._column.addWidget(Link(self._route_words(one), lambda homes=one.homes: self._choose(homes)))
        if load.homes:
            self._offer(load.homes)
        if load.kept_away:
            words = kept_away_words(len(load.kept_away), open_now=open_now)
            self._column.addWidget(label(words, "reminder", wrap=True))
            self._offer(load.kept_away)

    def _route_words(self, load: RouteLoad) -> str:
        zone = "" if load.zone is None else load.zone.text("name") or load.zone.text("id")
        who = load.sent.words() if load.homes else _("没有住户走")
        return "　".join(one for one in (route_name(load.route), zone, who) if one)

    def _offer(self, homes: Sequence[Feature]) -> None:
        row = QHBoxLayout()
        words = _("选中这 {count} 户").format(count=len(homes))
        row.addWidget(button(words, lambda: self._choose(homes), size="small"))
        row.addStretch(1)
        self._column.addLayout(row)

    def _choose(self, homes: Sequence[Feature]) -> None:
        """They are selected and in sight: the form then changes their route together."""
        if homes:
            self.chosen.emit([(one.layer, one.uid) for one in homes])


def sent_words(load: ShelterLoad, *, open_now: bool) -> str:
    """路线叫 11 户 43 人来这里，可容 60 人，还空 17 人的位置。"""
    if not open_now:
        return _("已经停用，没有纸叫人来这里。")
    if not load.routes:
        return _("没有撤离路线通往这里，没有纸叫人来。")
    if not load.homes:
        names = "、".join(route_name(one.route) for one in load.routes)
        return _("{names}通往这里，还没有住户走。").format(names=followed(names)) + _room_words(load)
    words = _("路线叫 {sent}来这里。").format(sent=followed(load.sent.words()))
    return words + _room_words(load)


def _room_words(load: ShelterLoad) -> str:
    if load.places is None:
        return _("可容人数没有登记，看不出够不够。")
    words = _("可容 {places} 人").format(places=load.places)
    spare = load.places - load.sent.people
    if load.homes and spare >= 0:
        words += _("，照填了的人数还空 {spare} 个位置").format(spare=spare)
    return words + _("。")


def too_many_words(load: ShelterLoad) -> str:
    """多出 3 人，坐不下。…; "" where there is room, or nobody knows."""
    if not load.too_many:
        return ""
    words = _("多出{many} 人，坐不下。请选中一部分住户，给他们改选到别的安置点的路线，再重印他们的卡。")
    return words.format(many=led(str(load.too_many)))


def kept_away_words(count: int, *, open_now: bool) -> str:
    """Why households whose route leads here are not counted."""
    if not open_now:
        return _("还有 {count} 户指定的路线通往这里，他们的卡上路线空着。请给他们另选路线，再重印。").format(
            count=count
        )
    words = _("另有 {count} 户指定的路线也通往这里，但这条路不能照着走（停用、断开，或要穿过危险区），没有算在内。")
    return words.format(count=count)


def shelter_section(session: Session, shelter: Feature) -> FormSection | None:
    """None where the office has no layers of households and routes."""
    return ShelterSection(session, shelter) if session.workspace.definitions.keys() >= _NEEDED else None


_NEEDED = {"household", "evacuation_route"}
