"""What a text that is printed in public tells of people: their numbers and names, in the words of a finding."""

import re
import unicodedata
from dataclasses import dataclass

from geohazard_desktop.analysis.parameters import parameter_text
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.named_people import NamedPeople

RULE = "personal_data"  # of resources/rules/checks.toml, which holds the patterns


@dataclass(frozen=True, slots=True)
class Told:
    """`numbers` are kinds (手机号), which a sentence does not repeat; `names` are told, to be found in the text.
    `digits` are the numbers themselves, by which it is known again wherever it is printed; never told."""

    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    digits: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.numbers or self.names)

    @property
    def found(self) -> tuple[str, ...]:
        """What stands in the text: names and numbers."""
        return (*self.names, *self.digits)

    @property
    def what(self) -> str:
        """人名“王示例”、手机号."""
        named = [_("人名{names}").format(names="、".join(_("“{one}”").format(one=one) for one in self.names))]
        return "、".join([*(named if self.names else []), *self.numbers])

    @property
    def remedy(self) -> str:
        if not self.names:
            return _("请移到专门的栏目")
        return _("请改成不带人名的说法（如“3 号楼门口”）")


class Listener:
    """Listens to the texts of one run: patterns read once, each different text judged once."""

    def __init__(self, people: NamedPeople) -> None:
        self._people = people
        self._mobile = re.compile(parameter_text(RULE, "mobile"), re.ASCII)
        self._identity = re.compile(parameter_text(RULE, "identity"), re.ASCII)
        self._made = re.compile(parameter_text(RULE, "made"), re.ASCII)
        self._known: dict[tuple[str, bool], Told] = {}

    def told(self, text: str, *, named: bool) -> Told:
        """What `text` tells; `named`: of names too."""
        key = (text, named)
        if key not in self._known:
            kind, digits = self._numbers(text)
            names = tuple(self._people.names_in(text)) if named else ()
            self._known[key] = Told((kind,) if kind else (), names, digits)
        return self._known[key]

    def _numbers(self, text: str) -> tuple[str, tuple[str, ...]]:
        """The kind of number that a text tells, and those of that kind; "" for none."""
        if not any(map(str.isdigit, text)):
            return "", ()
        # A digest or uid that the program wrote is nobody's number, though its digits may look like one.
        written = self._made.sub(" ", unicodedata.normalize("NFKC", text))
        plain = re.sub(r"[\s\-－—]", "", written)
        for kind, pattern in ((_("身份证号"), self._identity), (_("手机号"), self._mobile)):
            if found := [one.group() for one in pattern.finditer(plain)]:
                return kind, tuple(dict.fromkeys(found))
        found = [re.sub(r"\D", "", one) for one in self._people.numbers_in(written)]
        return (_("住户或责任人的电话") if found else ""), tuple(dict.fromkeys(found))
