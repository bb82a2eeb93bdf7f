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
    """`numbers` are kinds (手机号), which a sentence does not repeat; `names` are told, to be found in the text."""

    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.numbers or self.names)

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
            self._known[key] = Told(tuple(self._numbers(text)), tuple(self._people.names_in(text)) if named else ())
        return self._known[key]

    def _numbers(self, text: str) -> list[str]:
        if not any(map(str.isdigit, text)):
            return []
        # A digest or uid that the program wrote is nobody's number, though its digits may look like one.
        written = self._made.sub(" ", unicodedata.normalize("NFKC", text))
        plain = re.sub(r"[\s\-－—]", "", written)
        if self._identity.search(plain):
            return [_("身份证号")]
        if self._mobile.search(plain):
            return [_("手机号")]
        return [_("住户或责任人的电话")] if self._people.numbers_in(written) else []
