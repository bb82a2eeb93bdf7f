"""One card ready to be set, and many of them joined into one document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from geohazard_desktop.analysis.point_facts import Taken
from geohazard_desktop.publishing.cards.forms import HouseholdCard, WorkCard, cards_data
from geohazard_desktop.publishing.form_fields import Issue, JsonValue, holds_forms
from geohazard_desktop.publishing.issues.kept_paper import Paper, inputs_hash
from geohazard_desktop.publishing.paper_pictures import PICTURE_KEYS
from geohazard_desktop.publishing.typeset.printed_names import names_printed
from geohazard_desktop.publishing.typeset.typesetting import typeset
from geohazard_desktop.workspace.feature import Value

# A first key that begins a comment in Typst, which reads the data as its own language too before a template asks for
# them as JSON: in a volume that took a fiftieth of the time.
_UNREAD = "/*"


@dataclass(frozen=True, slots=True)
class Made:
    """One card before it is set: template, form, pictures and title are all that gets onto the paper, so that who keeps
    these four (and the template's files) prints the same bytes again."""

    template: str
    form: WorkCard | HouseholdCard
    images: dict[str, str]
    name: str  # of its file, without ending; nothing personal
    title: str
    problem: str = ""
    note: str = ""
    shows: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # as Paper.shows
    taken: tuple[Taken, ...] = ()  # values that are not the subject's own, for the report
    leads: Mapping[str, Value] = field(
        default_factory=dict
    )  # fields of the register's row: the way and shelter it tells
    # What was asked for once: the form as JSON, and the digest of what the card says.
    _data: list[Mapping[str, Any]] = field(default_factory=list, init=False, repr=False, compare=False)
    _inputs: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def data(self) -> Mapping[str, Any]:
        """The form as JSON, as its template reads it; made once, since register, hash and page all ask for it."""
        if not self._data:
            self._data.append(cards_data([self.form]))
        return self._data[0]

    @property
    def paper(self) -> Paper:
        """The card as the register takes it, before it has a ticket."""
        paper = Paper(self.template, self.data, self.images, self.title, shows=self.shows)
        if not self._inputs:
            self._inputs.append(inputs_hash(paper))
        return replace(paper, inputs=self._inputs[0])

    def with_issue(self, issue: Issue) -> "Made":
        """The card that says which issue it is: the rest of its form is not turned into JSON again."""
        made = replace(self, form=replace(self.form, issue=issue))
        made._data.append({"cards": [{**self.form_data, "issue": issue.to_json()}]})
        return made

    def with_copies(self, copies: int) -> "Made":
        """The same card, printed so many times; how many is nothing that it says."""
        if copies == self.form.copies:
            return self
        made = replace(self, form=replace(self.form, copies=copies))
        made._data.append({"cards": [{**self.form_data, "copies": copies}]})
        made._inputs.extend(self._inputs)
        return made

    def with_images(self, images: dict[str, str]) -> "Made":
        """The same form with other pictures of the same names."""
        made = replace(self, images=images)
        made._data.extend(self._data)
        return made

    @property
    def lacking(self) -> list[str]:
        """Labels of what prints as a line to write on. The large print takes the form of the household card and prints
        less of it: what it does not print it does not lack."""
        return self.form.empty_among(names_printed(self.template, {}))

    @property
    def form_data(self) -> JsonValue:
        """The form alone, to be joined with others."""
        return self.data["cards"][0]

    def pdf(self) -> bytes:
        """The card, set. Raises FontMissing, TypesettingFailed."""
        return typeset(self.template, self.data, self.images, title=self.title)


def joined(cards: Sequence[Made]) -> tuple[dict[str, Any], dict[str, str]]:
    """Data and pictures of cards of one template as one document. Each card names its pictures for itself, so the names
    get the card's place in front; equal pictures stay one."""
    pictures: dict[str, str] = {}
    names: dict[str, str] = {}
    data: list[Any] = []
    for number, card in enumerate(cards):
        renamed = {}
        for name, content in card.images.items():
            renamed[name] = names.setdefault(content, f"{number}-{name}")
            pictures[renamed[name]] = content
        data.append(_renamed(card.form_data, renamed))
    return {_UNREAD: None, "cards": data}, pictures


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        made = {}
        for key, one in value.items():
            if isinstance(one, dict | list):
                made[key] = _renamed(one, names)
            elif key in PICTURE_KEYS and isinstance(one, str):
                made[key] = names.get(one, one)
            else:
                made[key] = one
        return made
    if isinstance(value, list) and holds_forms(value):
        return [_renamed(one, names) for one in value]
    return value
