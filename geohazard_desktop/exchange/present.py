"""What is already in the workspace: the same feature is not imported twice, a number is not given twice."""

from collections.abc import Sequence

import numpy as np
import shapely

from geohazard_desktop.common.texts import _
from geohazard_desktop.exchange.report import Problem
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import Feature, Value
from geohazard_desktop.workspace.workspace import Workspace

_CENTIMETRES = 2  # decimals of a metre to which two shapes are the same one
_Token = tuple[bytes | None, tuple[tuple[str, Value], ...]]


class Present:
    """Compares features to be imported with those the layer has."""

    def __init__(
        self,
        ws: Workspace,
        definition: LayerDefinition,
        features: list[Feature | None],
        earlier: Sequence[Feature] = (),
    ) -> None:
        """`earlier` come in with the features, from another table of the file."""
        self._definition = definition
        self._features = features
        self._existing = [*ws.table(definition.table), *(one for one in earlier if one.layer == definition.table)]
        self._earlier = {one.uid for one in earlier}
        self.twins: dict[int, str] = {}  # source row → uid of the feature that is there already

    def sorted_out(self, names: Sequence[str], file: str, problems: list[Problem]) -> list[Feature | None]:
        """The features, None where one is there already; taken numbers are taken away (a new one is given later)."""
        found = list(self._features)
        same = self._already_there()
        used = {one.text("id") for one in self._existing} - {""}
        for row, feature in enumerate(found):
            if feature is None:
                continue
            if same[row]:
                self.twins[row] = same[row]
                words = _("{file} {name}：工作文件里已经有一样的了，没有再导入。无须处理。")
                if same[row] in self._earlier:
                    words = _("{file} {name}：这个文件的另一张表里有一样的，只导入一次。无须处理。")
                problems.append(Problem(names[row], words.format(file=file, name=names[row]), "skipped", row))
                found[row] = None
                continue
            number = feature.text("id")
            if number and number in used:
                found[row] = feature.with_values(id=None)
                again = _("已改编新号") if self._definition.letter else _("编号空着")
                words = _("{file} {name}：编号 {number} 已经用过了，{again}。请核对是不是同一个。")
                sentence = words.format(file=file, name=names[row], number=number, again=again)
                problems.append(Problem(names[row], sentence, "repaired", row))
            used.add(number)
        return found

    def _already_there(self) -> list[str]:
        """For each feature the uid of its like in the workspace, "" where there is none."""
        fields: dict[str, None] = {}
        for one in self._features:
            if one is not None:
                fields = dict.fromkeys(name for name in one.values if name != "source")
                break
        if not self._existing or not fields:
            return [""] * len(self._features)
        # An empty number was filled when the earlier import ran: it says nothing about being the same.
        tokens = self._tokens(self._existing, list(fields))
        known = {token: one.uid for one, both in zip(self._existing, tokens, strict=True) for token in both}
        return [known.get(both[0], "") if both else "" for both in self._tokens(self._features, list(fields))]

    def _tokens(self, features: Sequence[Feature | None], names: list[str]) -> list[list[_Token]]:
        """For each feature what it is compared by: rounded shape and values, with its number and without."""
        shapes = np.array([None if one is None else one.geometry for one in features], dtype=object)
        rounded = shapely.transform(shapes, lambda points: np.round(points, _CENTIMETRES))
        blobs = shapely.to_wkb(shapely.normalize(rounded))
        defaults = {one.name: one.default for one in self._definition.fields}
        found: list[list[_Token]] = []
        for one, blob in zip(features, blobs, strict=True):
            if one is None:
                found.append([])
                continue
            filled = {name: defaults.get(name) if one[name] in (None, "") else one[name] for name in names}
            values = [(name, value) for name, value in filled.items() if value is not None]
            unnumbered = [(name, value) for name, value in values if name != "id"]
            tokens: list[_Token] = [(blob, tuple(values)), (blob, tuple(unnumbered))]
            found.append(tokens)
        return found
