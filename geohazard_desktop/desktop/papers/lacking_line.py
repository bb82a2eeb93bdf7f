"""What most papers lack, by name, before they are printed: 60 张缺预警信号、监测人，另有 3 项."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QLabel

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import label
from geohazard_desktop.publishing.subject_parts import most_lacked

_TOLD = 3  # fields by name; the others in the tooltip


def lacking_line() -> QLabel:
    """The line, empty."""
    return label("", "reminder", wrap=True)


def tell_lacking(line: QLabel, papers: Iterable[Sequence[str]]) -> None:
    """Say it of `papers`: for each the titles of what it lacks."""
    # A sentence about a single subject is told in its row.
    named = [(title, count) for title, count in most_lacked(papers) if not title.endswith("。")]
    told: dict[int, list[str]] = {}
    for title, count in named[:_TOLD]:
        told.setdefault(count, []).append(title)
    parts = [_("{count} 张缺{labels}").format(count=count, labels="、".join(labels)) for count, labels in told.items()]
    if len(named) > _TOLD:
        parts.append(_("另有 {count} 项").format(count=len(named) - _TOLD))
    line.setText("，".join(parts))
    each = [_("{label}：{count} 张").format(label=title, count=count) for title, count in named]
    line.setToolTip("\n".join([_("没有登记，印出来是横线："), *each]))
    line.setVisible(bool(named))
