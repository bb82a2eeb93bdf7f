"""How the history names features: layer, number, count. The history is read by everyone, so no personal data."""

from collections.abc import Iterable, Mapping, Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.definition import LayerDefinition
from geohazard_desktop.workspace.feature import Feature

Definitions = Mapping[str, LayerDefinition]


def followed(name: str) -> str:
    """`name` ready for Chinese text to follow: a space after Latin letters and digits (危险区 WD-W-0003 的拐点)."""
    return f"{name} " if name[-1:].isascii() and name[-1:].isalnum() else name


def led(name: str) -> str:
    """`name` ready to follow Chinese text: a space before a count (删除 3 个住户)."""
    return f" {name}" if name[:1].isascii() and name[:1].isalnum() else name


def spaced(sentence: str, names: Iterable[str]) -> str:
    """`sentence` with that space after each of `names` where Chinese text follows it."""
    for name in names:
        if followed(name) != name:
            first, *rest = sentence.split(name)
            sentence = first + "".join(name + (" " if _is_chinese(part) else "") + part for part in rest)
    return sentence


def _is_chinese(text: str) -> bool:
    return "\u4e00" <= text[:1] <= "\u9fff" or text[:1] == "“"


def called(definitions: Definitions, feature: Feature) -> str:
    """One feature in words: 危险区 WD-W-0003; by its name where it has no number and the name is not personal."""
    definition = definitions.get(feature.layer)
    if definition is None:
        return feature.layer
    word = feature.text("id")
    if not word and "name" in definition.by_name and not definition.is_personal("name"):
        word = feature.text("name")
    if word:
        return f"{definition.title} {word}"
    # Layers without a letter never have numbers: their features go by the layer's title.
    return _("未编号的{title}").format(title=definition.title) if definition.letter else definition.title


def called_all(definitions: Definitions, features: Sequence[Feature]) -> str:
    """Several features in words: 3 个住户; 危险区 WD-W-0003; 2 个危险区和 1 个警示标志."""
    if len(features) == 1:
        return called(definitions, features[0])
    counts: dict[str, int] = {}
    for one in features:
        counts[one.layer] = counts.get(one.layer, 0) + 1
    parts = [
        _("{count} 个{title}").format(count=count, title=definitions[layer].title if layer in definitions else layer)
        for layer, count in counts.items()
    ]
    return (_("和 ") if len(parts) < 3 else _("、")).join(parts)


def kind_word(definitions: Definitions, layer: str) -> str:
    """面, 线 or 点: what the layer holds."""
    words = {"polygon": _("面"), "line": _("线"), "point": _("点"), "none": _("记录")}
    return words[definitions[layer].geometry]
