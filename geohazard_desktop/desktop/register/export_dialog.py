"""What is exported of a register: which rows, which columns, for whom, as what file."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.radio_row import chosen_key, radio_row
from geohazard_desktop.desktop.register.columns import RegisterColumn
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.words import grouped
from geohazard_desktop.exchange.register_export import Kind, Profile

ALL, SHOWN, CHOSEN = "all", "shown", "chosen"


class ExportDialog(QDialog):
    """After `exec`: `scope` (all, shown, chosen), `every_column`, `profile`, `kind`."""

    def __init__(
        self,
        title: str,
        counts: dict[str, int],
        shown: Sequence[RegisterColumn],
        every: Sequence[RegisterColumn],
        *,
        personal_layer: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("导出登记表"))
        self.setMinimumWidth(theme().px(560))
        self._counts, self._shown, self._every = counts, shown, every
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().px(22), theme().px(18), theme().px(22), theme().px(16))
        column.setSpacing(theme().px(12))
        column.addWidget(label(_("导出“{title}”登记表").format(title=title), "title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(14))
        grid.setVerticalSpacing(theme().px(10))
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self.rows = radio_row(self, grid, 0, _("哪些行"), self._scopes())
        self.columns = radio_row(
            self,
            grid,
            1,
            _("哪些列"),
            [
                ("shown", _("表里显示的 {count} 列").format(count=len(shown)), True),
                ("every", _("全部 {count} 列").format(count=len(every)), True),
            ],
        )
        self.profiles = radio_row(
            self, grid, 2, _("给谁用"), [("internal", _("内部"), True), ("public", _("公开"), not personal_layer)]
        )
        self.files = QComboBox()
        for words, kind in (
            (_("Excel 工作簿（xlsx）"), "xlsx"),
            (_("CSV，UTF-8（新版 Excel、WPS 直接打开）"), "csv"),
            (_("CSV，GB18030（只认国标编码的旧程序）"), "csv-gb18030"),
        ):
            self.files.addItem(words, kind)
        grid.addWidget(label(_("什么文件"), "label"), 3, 0)
        grid.addWidget(self.files, 3, 1)
        self.note = label("", "note", wrap=True)
        self.note.setMinimumHeight(theme().px(44))
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("取消"), self.reject))
        self.take = button("", self.accept, primary=True)
        self.take.setDefault(True)
        row.addWidget(self.take)
        column.addLayout(row)
        for group in (self.rows, self.columns, self.profiles):
            group.buttonToggled.connect(lambda *_on: self._tell())
        self._personal_layer = personal_layer
        self._tell()

    def _scopes(self) -> list[tuple[str, str, bool]]:
        counts = self._counts
        found = [(ALL, _("全部 {count} 行").format(count=grouped(counts[ALL])), True)]
        if counts[SHOWN] != counts[ALL]:
            found.insert(0, (SHOWN, _("筛选出的 {count} 行").format(count=grouped(counts[SHOWN])), counts[SHOWN] > 0))
        words = (
            _("选中的 {count} 行").format(count=grouped(counts[CHOSEN])) if counts[CHOSEN] else _("选中的（没有选）")
        )
        return [*found, (CHOSEN, words, counts[CHOSEN] > 0)]

    @property
    def scope(self) -> str:
        return chosen_key(self.rows)

    @property
    def every_column(self) -> bool:
        return chosen_key(self.columns) == "every"

    @property
    def profile(self) -> Profile:
        return "public" if chosen_key(self.profiles) == "public" else "internal"

    @property
    def kind(self) -> Kind:
        found: Kind = self.files.currentData()
        return found

    def _tell(self) -> None:
        """Which personal columns go along or stay here."""
        wanted = self._every if self.every_column else self._shown
        personal = "、".join(one.title for one in wanted if one.personal)
        if self._personal_layer:
            told = _("这一层整层都是个人信息，只能内部用，请按规定保管和传递。")
        elif not personal:
            told = _("这些列里没有个人信息。")
        elif self.profile == "public":
            told = _("公开的表里没有这些列：{titles}。").format(titles=personal)
        else:
            told = _("含个人信息：{titles}。请按规定保管和传递。").format(titles=personal)
        self.note.setText(told)
        self.take.setText(_("导出这 {count} 行……").format(count=grouped(self._counts[self.scope])))
