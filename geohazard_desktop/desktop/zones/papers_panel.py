"""发过的纸: in a danger zone's form, which papers of it are out, with their codes, and the way to their list."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.form_sections import FormSection
from geohazard_desktop.desktop.parts import button, emptied, label, line
from geohazard_desktop.desktop.session import Session
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.issues.issue_register import IssuedPaper
from geohazard_desktop.publishing.issues.zone_papers import papers_of_zone
from geohazard_desktop.workspace.edits.card_issues import REGISTER
from geohazard_desktop.workspace.feature import Delta, Feature

_MOST = 6  # papers named; the register has them all


class ZonePapersPanel(FormSection):
    """Its households' cards are counted, its own sheets, notices and signs named."""

    covers = (REGISTER,)

    def __init__(self, session: Session, zone: Feature) -> None:
        super().__init__()
        self._session, self._uid = session, zone.uid
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(4))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refresh)
        self.refresh()

    def follow(self, deltas: Sequence[Delta]) -> None:
        if any(one.layer == REGISTER for one in deltas):
            self._later.start()

    def refresh(self) -> None:
        if self._session.ws is None:
            return
        emptied(self._column)
        papers = [one for one in papers_of_zone(self._session.workspace, self._uid) if one.printed]
        self._column.addWidget(line())
        self._column.addWidget(label(_("发过的纸"), "strong"))
        if not papers:
            self._column.addWidget(label(_("这个区还没有发过图、牌、公告，区里的户也没有发过卡。"), "note", wrap=True))
            return
        self._column.addWidget(label(summary(papers), "note", wrap=True))
        own = [one for one in papers if one.subject_layer != "household"]
        for one in own[-_MOST:][::-1]:
            self._column.addWidget(label(paper_words(one), "small", wrap=True))
        row = QHBoxLayout()
        words = _("看这个区的纸，{count} 张").format(count=len(papers))
        self.all = button(words, lambda: self.asked.emit("publish.zone_papers"), flat=True, size="small")
        row.addWidget(self.all)
        row.addStretch(1)
        self._column.addLayout(row)


def summary(papers: Sequence[IssuedPaper]) -> str:
    """在用 8 张：防灾避险明白卡 5 张、危险区警示图 2 张、警示牌 1 张；各户的卡没签收 3 张。"""
    kinds = Counter(one.kind for one in papers).most_common()
    told = "、".join(_("{kind} {count} 张").format(kind=kind, count=count) for kind, count in kinds)
    words = _("在用 {count} 张：{kinds}").format(count=len(papers), kinds=told)
    unsigned = sum(one.subject_layer == "household" and not one.signed_on for one in papers)
    return words + (_("；各户的卡没签收 {count} 张。").format(count=unsigned) if unsigned else "。")


def paper_words(paper: IssuedPaper) -> str:
    """危险区警示图（A3 横，公开张贴） 第 1 版 46H9-EHYA; of a sign its number too."""
    number = paper.subject_name if paper.subject_layer != "danger_zone" else ""
    version = _("第 {version} 版").format(version=paper.version)
    return " ".join(one for one in (paper.kind_words, number, version, paper.code) if one)
