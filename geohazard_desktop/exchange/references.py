"""References as people write them (统一编号, 编号, name, a head's name) → the uid they mean."""

from collections.abc import Iterable

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.units import plain
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

# Fields that people name a feature by; what a layer does not have is passed over.
NAMING = ("id", "unified_code", "field_code", "number", "name", "head")


class References:
    """Looks up features of the workspace, and of the import itself, by what people call them."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._index: dict[str, dict[str, set[str]]] = {}

    def add(self, features: Iterable[Feature]) -> None:
        """Features of this import, which others in it may refer to."""
        for one in features:
            self._note(self._names_of(one.layer), one)

    def find(self, layer: str, word: str) -> tuple[str | None, str]:
        """(uid, "") or (None, why not, as a clause without full stop)."""
        found = self._names_of(layer).get(_key(word), set())
        title = self._ws.definition(layer).title
        if len(found) == 1:
            return next(iter(found)), ""
        if found:
            words = _("有 {count} 个{title}叫“{word}”，不知道是哪一个")
            return None, words.format(count=len(found), title=title, word=word)
        return None, _("没有叫“{word}”的{title}").format(word=word, title=title)

    def _names_of(self, layer: str) -> dict[str, set[str]]:
        if layer not in self._index:
            self._index[layer] = {}
            for one in self._ws.table(layer):
                self._note(self._index[layer], one)
        return self._index[layer]

    @staticmethod
    def _note(index: dict[str, set[str]], feature: Feature) -> None:
        for word in (feature.uid, *(feature.text(name) for name in NAMING)):
            if word:
                index.setdefault(_key(word), set()).add(feature.uid)


def _key(word: str) -> str:
    return plain(word).lower().replace(" ", "")
