"""What most papers lack, by name, before they are printed: 60 张缺预警信号、监测人，另有 3 项."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.publishing.cards.forms import set_once
from geohazard_desktop.publishing.subject_parts import most_lacked

_TOLD = 3  # fields by name; the others in the tooltip


class LackingLine(QWidget):
    """In sight only where something lacks. `asked` (the key of a setting): what lacks on every paper is written once,
    in the office's settings."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._setting = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        self.words = label("", "reminder", wrap=True)
        column.addWidget(self.words)
        self.fill = button(_("在单位设置里填…"), lambda: self.asked.emit(self._setting), size="small")
        column.addWidget(self.fill, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def tell(self, papers: Iterable[Sequence[str]]) -> None:
        """Say it of `papers`: for each the titles of what it lacks."""
        # A sentence about a single subject is told in its row.
        named = [(title, count) for title, count in most_lacked(papers) if not title.endswith("。")]
        told: dict[int, list[str]] = {}
        for title, count in named[:_TOLD]:
            told.setdefault(count, []).append(title)
        words = _("{count} 张缺{labels}")
        parts = [words.format(count=count, labels="、".join(labels)) for count, labels in told.items()]
        if len(named) > _TOLD:
            parts.append(_("另有 {count} 项").format(count=len(named) - _TOLD))
        self.words.setText("，".join(parts))
        each = [_("{label}：{count} 张").format(label=title, count=count) for title, count in named]
        self.words.setToolTip("\n".join([_("没有登记，印出来是横线："), *each]))
        once = set_once(title for title, _count in named)
        self._setting = next(iter(once.values()), "")
        self.fill.setToolTip(_("单位设置里没有：{titles}。填一次，每张都印。").format(titles="、".join(once)))
        self.fill.setVisible(bool(once))
        self.setVisible(bool(named))
