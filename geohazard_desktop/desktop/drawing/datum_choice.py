"""In which datum pasted coordinates are: a list to choose from, and the question before doubtful ones are stored."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.forms.field_editors import CalmCombo
from geohazard_desktop.desktop.parts import button, label
from geohazard_desktop.desktop.question import asking
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.domain.datums import datums


class DatumChoice(CalmCombo):
    """The datums that are known. `chosen` is called with the key of the one that a person picked."""

    def __init__(self, chosen: Callable[[str], object]) -> None:
        super().__init__()
        self.setAccessibleName(_("坐标系"))
        self.setToolTip(_("这些坐标是哪个坐标系的；标题、表头里写着的已经认出来了。"))
        for key, one in datums().items():
            self.addItem(one.title, key)
        self.setMinimumWidth(theme().px(210))
        self.activated.connect(lambda _index: chosen(self.currentData()))

    def show_datum(self, key: str) -> None:
        self.setCurrentIndex(self.findData(key))


class DoubtfulPaste(QDialog):
    """`exec` is true when the paste is wanted all the same; Enter and Esc both mean no. `datum` is then the one to read
    by. `read` (a datum's key) gives the sentences that speak against it, "" for none, or raises GeohazardError."""

    def __init__(self, parent: QWidget, datum: str, doubts: str, read: Callable[[str], str]) -> None:
        super().__init__(parent)
        self._read = read
        self.datum = datum
        column = asking(self, _("这些坐标照这样放吗？"))
        self.words = label(doubts, wrap=True)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.addWidget(label(_("坐标系"), "label"))
        self.choice = DatumChoice(self._choose)
        self.choice.show_datum(datum)
        row.addWidget(self.choice, 1)
        column.addLayout(row)
        column.addSpacing(theme().px(6))
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.yes = button(_("照这样粘贴"), self.accept)
        self.no = button(_("不粘贴"), self.reject, primary=True)
        for one in (self.yes, self.no):
            one.setAutoDefault(one is self.no)
            foot.addWidget(one)
        self.no.setDefault(True)
        self.no.setFocus()
        column.addLayout(foot)

    def _choose(self, datum: str) -> None:
        self.datum = datum
        try:
            words, possible = self._read(datum), True
        except GeohazardError as error:
            words, possible = str(error), False
        self.words.setText(words or _("按这个坐标系，都在本区范围里。"))
        self.yes.setEnabled(possible)
        self.adjustSize()
