"""What a product is: something that leaves the office, told as data, so that the window's list, the menu, the command
line and batches need no word of their own for it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.typeset.pdf_standards import PDF_STANDARD_WORDS, PDF_STANDARDS

if TYPE_CHECKING:  # menus ask what there is, at every start; what prints is loaded by who prints
    from geohazard_desktop.publishing.issues.issue_order import IssueOrder, Taker
    from geohazard_desktop.publishing.report import PublishReport
    from geohazard_desktop.workspace.workspace import Workspace

Progress = Callable[[int, int, str], None]  # done, of how many, what is under way
OptionValue = str | bool | float
VIEW = "view"  # of an option of kind "ground"
GROUPS: Mapping[str, str] = {
    "maps": _("警示图"),
    "cards": _("明白卡"),
    "notices": _("公告和标牌"),
    "documents": _("表册和文件"),
    "pictures": _("网页和图片"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose about a product. `values` are (value, words) of a choice; limits are those of a number.

    "ground" is a part of the map: "" is the whole district, VIEW what the window shows when it is ordered, else the
    text of a publishing.pictures.ground.Ground.
    """

    key: str
    label: str
    kind: Literal["choice", "switch", "number", "text", "ground"]
    default: OptionValue
    values: tuple[tuple[str, str], ...] = ()
    minimum: float = 0.0
    maximum: float = 1e6
    unit: str = ""
    note: str = ""
    beside: str = ""  # the key of another option: while that stands at its default, this one means nothing

    def checked(self, value: OptionValue) -> OptionValue:
        """`value` as this option takes it; texts of the command line are read. ExportRefused where it does not fit."""
        if self.kind == "choice" and value in [one for one, _words in self.values]:
            return value
        if self.kind == "switch":
            if isinstance(value, bool):
                return value
            if str(value) in ("yes", "no"):
                return value == "yes"
        if self.kind == "number":
            try:
                number = float(value)
            except ValueError:
                number = float("nan")
            if self.minimum <= number <= self.maximum:
                return number
        if self.kind == "text" and isinstance(value, str):
            return value
        if self.kind == "ground" and isinstance(value, str) and _is_ground(value):
            return value
        fitting = {
            "choice": "、".join(one for one, _words in self.values),
            "switch": "yes、no",
            "number": _("{low:g} 到 {high:g} 的数").format(low=self.minimum, high=self.maximum),
            "text": _("文字"),
            "ground": _("空着（全区），或最小东、最小北、最大东、最大北四个数，用逗号隔开"),
        }[self.kind]
        raise ExportRefused(
            _("“{label}”（{key}）不能是“{value}”。").format(label=self.label, key=self.key, value=value),
            _("可以是：{fitting}。").format(fitting=fitting),
        )


PDF_STANDARD = Option(
    "pdf_standard",
    _("PDF 标准"),
    "choice",
    "ua-1",
    tuple(PDF_STANDARD_WORDS.items()),
    note=_("平时用普通的。要交档案馆长期保存时选存档的。"),
)
CHANGED_ONLY = Option(
    "changed_only",
    _("只出内容有变的"),
    "switch",
    False,
    note=_("与上次发的一样的不再出；从没发过的照出。"),
)


def form_ending(form: str) -> str:
    """Of a file in this form: what an option 格式 is called, but for a picture with a world file beside it."""
    return ".png" if form == "world" else f".{form}"


@dataclass(frozen=True, slots=True)
class Product:
    """`make` names the function that publishes, "module:function", which is imported when it is used:

        function(ws, out, *, **fixed, **options[, uids=…][, progress=…]) -> PublishReport

    `out` is the name below the chosen folder, "{district}" in it; without an ending it is a folder. `subjects` is the
    layer whose features it is made for, all or those chosen: the function takes `uids` (None: all). `registers`: it
    writes the issue register, so the workspace is opened for writing; `series` are the options that make a paper of
    its own there (the public sheet of a zone does not replace the internal one).
    `pdf`: pages that are set, so that a standard for them can be chosen (a web page's name tells that it has none).
    `progress`: the function takes one. `joins`: values of an option at which several subjects are one file.
    `told_apart`: what an option's value adds to the product's own file name, so that none replaces another. `public`:
    everybody reads it, whatever its options (see `goes_public`). `caption` is the toolbar's short title, `icon` a file
    of resources/icons without its ending, `shortcut` the keys.
    """

    key: str
    group: str
    title: str
    note: str
    make: str
    out: str
    subjects: str = ""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    progress: bool = False
    registers: bool = False
    series: tuple[str, ...] = ()
    icon: str = ""
    caption: str = ""
    shortcut: str = ""
    joins: Mapping[str, tuple[OptionValue, ...]] = field(default_factory=dict)
    pdf: bool = True
    told_apart: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    public: bool = False

    @property
    def choices(self) -> tuple[Option, ...]:
        """Its own options and those that all of its kind have."""
        further = [CHANGED_ONLY] if self.registers and all(one.key != CHANGED_ONLY.key for one in self.options) else []
        return (*self.options, *further, PDF_STANDARD) if self.sets_pages else self.options

    @property
    def sets_pages(self) -> bool:
        """Whether it makes PDF from templates."""
        return self.pdf and Path(self.out).suffix in ("", ".pdf")

    @property
    def folder(self) -> bool:
        """Whether it makes files in a folder of its own."""
        return not Path(self.out).suffix

    def ending(self, given: Mapping[str, Any]) -> str:
        """Of the file that these options make: ".pdf"; "" where it is a folder."""
        form = next((one for one in self.options if one.key == "form"), None)
        if self.folder or form is None:
            return Path(self.out).suffix
        return form_ending(str(given.get(form.key, form.default)))

    def own_name(self, district: str, given: Mapping[str, Any]) -> str:
        """Of its file or folder where nobody names one; what the options' values add comes before the ending."""
        own = {one.key: one.default for one in self.options}
        name = self.out.format(district=district).removesuffix(Path(self.out).suffix)
        told = [words.get(str(given.get(key, own[key])), "") for key, words in self.told_apart.items()]
        return "".join([name, *told, self.ending(given)])

    def function(self) -> Callable[..., "PublishReport"]:
        """What `make` names; imported here and now."""
        module, _colon, name = self.make.partition(":")
        found: Callable[..., PublishReport] = getattr(import_module(module), name)
        return found

    def chosen(self, given: Mapping[str, OptionValue]) -> dict[str, OptionValue]:
        """All options, those of `given` checked, the others as they are by default."""
        known = {one.key for one in self.choices}
        for key in given:
            if key not in known:
                raise ExportRefused(
                    _("{title}没有“{key}”这一项。").format(title=self.title, key=key),
                    _("可以写：{keys}。").format(keys="、".join(sorted(known)) or _("没有可写的")),
                )
        return {one.key: one.checked(given.get(one.key, one.default)) for one in self.choices}

    def words(self, given: Mapping[str, OptionValue]) -> dict[str, Any]:
        """What the function takes of all options: its own, without those that the press and the register know."""
        own = {one.key for one in self.options}
        return {**self.fixed, **{key: value for key, value in given.items() if key in own}}

    def issue_order(self, given: Mapping[str, OptionValue], *, collect: "Taker | None" = None) -> "IssueOrder":
        """As what its papers are entered, with these options (all of them, as `chosen` gives them)."""
        from geohazard_desktop.publishing.issues.issue_order import IssueOrder

        own = {one.key: one for one in self.options}
        told = []
        for key in self.series:
            option, value = own[key], given[key]
            words = dict(option.values).get(str(value), "")
            told.append(words or (option.label if value is True else _("不{what}").format(what=option.label)))
        series = ":".join([self.key, *(_series_part(given[key]) for key in self.series)])
        options = {key: value for key, value in given.items() if key not in (CHANGED_ONLY.key,)}
        changed_only = bool(given.get(CHANGED_ONLY.key))
        return IssueOrder(series, self.title, "，".join(told), options, changed_only, collect)

    def joint(self, options: Mapping[str, OptionValue]) -> bool:
        """Whether these options put several subjects into one file: `joins` says for which values of which option."""
        given = self.chosen(options)
        return any(given[key] in values for key, values in self.joins.items())

    def goes_public(self, given: Mapping[str, OptionValue]) -> bool:
        """Whether what these options make hangs or leaves where everybody reads it: no person may be named on it."""
        words = {**self.fixed, **self.chosen(given)}
        return self.public or words.get("profile") == "public" or words.get("people") is False

    def publish(
        self,
        ws: "Workspace",
        out: Path,
        options: Mapping[str, OptionValue],
        *,
        uids: Collection[str] | None = None,
        progress: Progress | None = None,
        collect: "Taker | None" = None,
    ) -> "PublishReport":
        """Make it; raises what the function raises, and ExportRefused for an option that does not fit. `collect`: see
        IssueOrder."""
        given = self.chosen(options)
        words = self.words(given)
        standard = str(given.get(PDF_STANDARD.key, PDF_STANDARD.default))
        if self.subjects:
            words["uids"] = uids
        if self.progress:
            words["progress"] = progress
        from geohazard_desktop.publishing.people_heard import Hearing
        from geohazard_desktop.publishing.typeset.font_check import refuse_missing_choice
        from geohazard_desktop.publishing.typeset.fonts_for_paper import paper_fonts
        from geohazard_desktop.publishing.typeset.office_templates import templates_of
        from geohazard_desktop.publishing.typeset.older_templates import OlderTemplates
        from geohazard_desktop.publishing.typeset.press import printing

        templates = templates_of(ws)
        if self.sets_pages and collect is None:
            refuse_missing_choice(paper_fonts(templates.font_folders()), templates)  # before the first of a batch
        issue = self.issue_order(given, collect=collect) if self.registers else None
        hearing = Hearing() if collect is None and self.goes_public(options) else None
        older = OlderTemplates(templates) if templates.files and collect is None else None
        used = None if older is None else older.take
        with printing(templates=templates, standards=PDF_STANDARDS[standard], issue=issue, heard=hearing, used=used):
            made = self.function()(ws, out, **words)
        if older is not None:
            made.problems += older.told()
        if hearing is not None:
            hearing.tell(ws, made)
        if made.files and self.subjects:
            from geohazard_desktop.publishing.doubtful_routes import doubtful_routes

            told = "".join([*made.problems, *made.notes])
            made.tell_all(doubtful_routes(ws, self.subjects, uids, told))
        if templates.files:
            made.notes.append(templates.words())
        return made


def _is_ground(text: str) -> bool:
    from geohazard_desktop.publishing.pictures.ground import Ground

    return not text or Ground.parse(text) is not None


def _series_part(value: OptionValue) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
