"""Which of a product's subjects are listed: what the map has selected, what lacks something, how papers stand."""

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QComboBox

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.papers.subject_model import SubjectModel, SubjectRow


class SubjectSift(QComboBox):
    """The choices that the rows of `model` offer; whoever chooses one is told by `currentIndexChanged`."""

    def __init__(self, model: SubjectModel) -> None:
        super().__init__()
        self._model = model
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setAccessibleName(_("只列出"))

    @property
    def kind(self) -> str:
        """What is looked at: all, selected, lacking, whole, state, street or zone."""
        return (self.currentData() or ("all", ""))[0]

    def fill(self, wanted: tuple[str, str] | None) -> None:
        """Offer what the rows have, with `wanted` (a former `currentData()`) chosen where it is still there. Says
        nothing to whoever listens."""
        model = self._model
        self.blockSignals(True)
        self.clear()
        self.addItem(_("全部"), ("all", ""))
        self.addItem(_("图上选中的"), ("selected", ""))
        self.addItem(_("缺资料的"), ("lacking", ""))
        self.addItem(_("资料齐全的"), ("whole", ""))
        for words in sorted(set(model.states.values())):
            self.addItem(words, ("state", words))
        for kind, names in (
            ("street", {one.street: one.street for one in model.rows}),
            ("zone", {one.zone_uid: one.zone for one in model.rows}),  # two may be called alike
        ):
            found = sorted((name, key) for key, name in names.items() if name)
            if found:
                self.insertSeparator(self.count())
            for name, key in found:
                self.addItem(name, (kind, key))
        row = self.findData(wanted) if wanted is not None else 0
        self.setCurrentIndex(max(0, row))
        self.blockSignals(False)

    def keeper(
        self, selected: Callable[[], Collection[str]], of_zone: Callable[[str], Collection[str]]
    ) -> Callable[[SubjectRow], bool]:
        """Whether a row is listed; `selected` are the uids that the map's selection means, `of_zone` those that a zone
        means."""
        model, (kind, name) = self._model, self.currentData() or ("all", "")
        if kind == "selected":
            meant = selected()
            return lambda one: one.uid in meant
        if kind in ("lacking", "whole"):
            lacking = model.lacking
            return lambda one: one.uid in lacking and bool(lacking[one.uid]) == (kind == "lacking")
        if kind == "state":
            return lambda one: model.states.get(one.uid) == name
        if kind == "street":
            return lambda one: one.street == name
        if kind == "zone":
            belonging = of_zone(name)
            return lambda one: one.uid in belonging
        return lambda _one: True
