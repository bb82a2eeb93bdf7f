"""Which findings the list shows, and in which groups: plain reckoning, no widgets."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.common.texts import _

GROUPS = (("rule", _("按规则")), ("layer", _("按图层")), ("street", _("按街道")), ("", _("不分组，错误在前")))
HOUSEHOLDS = "household"
_NO_STREET = _("不在街道范围内")


def title_of(rule: str) -> str:
    """What people call a rule. The rules are loaded when the first is named: the window is there before."""
    from geohazard_desktop.checks.run import title_of as titled

    return titled(rule)


@dataclass(frozen=True, slots=True)
class Sift:
    """`kind` is a severity, "" for all, "aside" for what was set aside; `rule`, `layer` and `street` keep one each, ""
    for all."""

    kind: str = ""
    rule: str = ""
    layer: str = ""
    street: str = ""
    group: str = "rule"

    def with_(self, **values: str) -> "Sift":
        """The same with other values; a value that is there already is taken off."""
        return replace(
            self,
            **{
                name: "" if name in ("rule", "layer", "street") and getattr(self, name) == value else value
                for name, value in values.items()
            },
        )

    def takes(self, finding: Finding) -> bool:
        return (
            self.kind in ("", "aside", finding.severity)
            and self.rule in ("", finding.rule)
            and self.layer in ("", finding.layer)
            and self.street in ("", finding.street or _NO_STREET)
        )

    def grouped(self, findings: Sequence[Finding], titles: Mapping[str, str]) -> list[tuple[str, list[Finding]]]:
        """(heading, findings) in the order of the worst; one group without a heading where there is no grouping."""
        groups: dict[str, list[Finding]] = {}
        headings: dict[str, str] = {}  # each asked for once, not for every finding
        for one in findings:
            if self.takes(one):
                value = str(getattr(one, self.group)) if self.group else ""
                if value not in headings:
                    headings[value] = self._heading(value, titles)
                groups.setdefault(headings[value], []).append(one)
        return list(groups.items())

    def _heading(self, value: str, titles: Mapping[str, str]) -> str:
        if self.group == "rule":
            return title_of(value)
        if self.group == "layer":
            return titles.get(value, value)
        return (value or _NO_STREET) if self.group == "street" else ""

    def choices(self, findings: Sequence[Finding], name: str, titles: Mapping[str, str]) -> list[tuple[str, str, int]]:
        """What can be chosen for `name`: (value, words, how many findings), most first."""
        counts: dict[str, int] = {}
        for one in findings:
            value = one.street or _NO_STREET if name == "street" else getattr(one, name)
            counts[value] = counts.get(value, 0) + 1
        words = {"rule": title_of, "layer": lambda layer: titles.get(layer, layer), "street": str}[name]
        found = [(value, str(words(value)), count) for value, count in counts.items()]  # type: ignore[operator]
        return sorted(found, key=lambda one: -one[2])

    def words(self, titles: Mapping[str, str]) -> str:
        """What is filtered, for the button that takes it off; "" for nothing."""
        said = [title_of(self.rule) if self.rule else "", titles.get(self.layer, self.layer), self.street]
        chosen = [one for one in said if one]
        return _("只看{what}").format(what="，".join(chosen)) if chosen else ""


def by_layer(findings: Sequence[Finding]) -> dict[str, tuple[str, str]]:
    """What the layer tree marks: severity and words, by layer."""
    counts: dict[str, dict[str, int]] = {}
    for (layer, severity), count in Counter(map(attrgetter("layer", "severity"), findings)).items():
        if severity != "info":
            counts.setdefault(layer, {})[severity] = count
    return {
        layer: (
            "error" if "error" in told else "warning",
            _("检查：{errors} 个错误，{warnings} 个提醒").format(
                errors=told.get("error", 0), warnings=told.get("warning", 0)
            ),
        )
        for layer, told in counts.items()
    }


def features_of(findings: Sequence[Finding], there: Callable[[str], bool]) -> list[tuple[str, str]]:
    """(layer, uid) of the features that findings are about, each once, in their order; `there` says of a layer whether
    the workspace has it. Those that only share a fault are not among them: their own finding names them."""
    return list(dict.fromkeys((one.layer, one.uid) for one in findings if one.uid and there(one.layer)))
