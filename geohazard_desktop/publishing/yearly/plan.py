"""年度地质灾害防治方案 (条例 art. 18): a draft for Word and the same as PDF, filled from the workspace.

What the workspace does not hold, and what a person has to decide, is a blank 〔请填写：…〕; the report counts them.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from geohazard_desktop.cartography import fonts
from geohazard_desktop.common.errors import ExportRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.publishing.files import file_name
from geohazard_desktop.publishing.form_fields import texts_in
from geohazard_desktop.publishing.pictures.picture import PictureMaker
from geohazard_desktop.publishing.product import Progress
from geohazard_desktop.publishing.report import PublishReport
from geohazard_desktop.publishing.sheets.map_forms import Millimetres, Profile
from geohazard_desktop.publishing.typeset.office_settings import sheet_settings
from geohazard_desktop.publishing.typeset.press import press
from geohazard_desktop.publishing.typeset.typesetting import page_count, uncovered_characters
from geohazard_desktop.publishing.yearly.docx import write_docx
from geohazard_desktop.publishing.yearly.model import Blank, Figure, Run, YearlyPlan, label_words
from geohazard_desktop.publishing.yearly.pdf import data as pdf_data
from geohazard_desktop.publishing.yearly.pdf import set_pdf
from geohazard_desktop.publishing.yearly.sections import PlanSections
from geohazard_desktop.publishing.yearly.tables import PlanTables
from geohazard_desktop.workspace.workspace import Workspace

PICTURE_SIZE: Millimetres = (156.0, 182.0)  # the type area of GB/T 9704, with room for the caption
_GROUND = (
    *("district", "subdistrict", "neighbour", "river", "water", "railway", "road", "haul_road", "settlement", "place"),
)
_HAZARDS = ("susceptibility_zone", "hazard_point", "key_area")
_ZONES = ("danger_zone", "evacuation_route", "shelter", "warning_sign")
# What a figure is called by those of its layers that hold something: a map that names what is not on it misleads.
_CALLED = {
    "susceptibility_zone": _("易发程度分区"),
    "hazard_point": _("隐患点分布"),
    "danger_zone": _("危险区"),
    "evacuation_route": _("撤离路线"),
    "shelter": _("避险安置点"),
}
# Personal in the register of persons, but on any door plate.
_KNOWN_TO_ALL = ("unit", "subdistrict", "post", "roles", "group")
_FEWEST = 2  # characters of a personal word that is looked for; a single one stands in any text


def publish_yearly_plan(
    ws: Workspace,
    folder: Path,
    *,
    profile: str = "internal",
    form: str = "both",
    year: float = 0,
    progress: Progress | None = None,
) -> PublishReport:
    """The plan of `year` (0: of today) into `folder`: `form` "docx", "pdf" or "both", each whole or not at all.

    A "public" plan has no column of persons, no coordinates, no household, and only the layers that the office lets
    onto public maps; a text that holds a personal word all the same gives way to a blank, and the report says so.
    A Word file that is there and was written on is left alone: the new one gets a number.
    Raises ExportRefused where a place can't be written, DefinitionInvalid for settings that can't be read,
    FontMissing, TypesettingFailed.
    """
    fonts.ensure_application()
    step = _Steps(progress, {"both": 5, "pdf": 4, "docx": 4}.get(form, 5))
    step(_("读数据"))
    maker = PlanMaker(ws, "public" if profile == "public" else "internal", year=round(year))
    step(_("画图"))
    plan = maker.plan()
    report = maker.report
    name = file_name(_("年度地质灾害防治方案"), str(maker.year), _("公开稿") if maker.public else _("内部稿"))
    made: dict[str, bytes] = {}
    if form != "docx":
        step(_("排 PDF"))
        made[".pdf"] = set_pdf(plan)
        report.pages = page_count(made[".pdf"])
    if form != "pdf":
        step(_("写 Word 文件"))
        press().hear(text for _where, text in texts_in(pdf_data(plan)[0]))
        made[".docx"] = write_docx(plan, maker.today)
    step(_("存盘"))
    first = name
    if ".docx" in made:
        name = free_name(folder, name, made[".docx"])
    if name != first:
        report.notes.append(
            _("{first}.docx 已经在那里，可能有人改过，没有动它；这一次的叫 {name}。").format(first=first, name=name)
        )
    for ending, content in made.items():  # both are there before the first is written
        write_whole(folder / f"{name}{ending}", content)
        report.files.append(folder / f"{name}{ending}")
    report.problems += uncovered_notes(plan, with_text=form != "docx")
    report.notes += blank_notes(plan)
    step("")
    return report


def free_name(folder: Path, name: str, content: bytes) -> str:
    """`name`, or with a number behind it where a Word file of that name is there and says something else: somebody has
    gone on writing in it."""
    found, number = name, 1
    while (path := folder / f"{found}.docx").exists() and not _same(path, content):
        number += 1
        found = f"{name}（{number}）"
    return found


def _same(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False  # what can't be read is not written over either


def uncovered_notes(plan: YearlyPlan, *, with_text: bool) -> list[str]:
    """What no font of this machine can print: on the maps, and `with_text` in the PDF's text."""
    words, pictures = pdf_data(plan)
    found = uncovered_characters(words if with_text else {}, pictures)
    signs = sorted({one.character for one in found})
    if not signs:
        return []
    told = "、".join(_("“{sign}”（U+{code:04X}）").format(sign=one, code=ord(one)) for one in signs[:5])
    more = _("等 {count} 个字").format(count=len(signs)) if len(signs) > 5 else ""
    return [
        _(
            "这台电脑的字体里没有{told}{more}，PDF 和地图上印成〓，Word 的文字照原样写着。请装上有这些字的字体再出。"
        ).format(told=told, more=more)
    ]


class _Steps:
    """Tells how far it is."""

    def __init__(self, progress: Progress | None, count: int) -> None:
        self._progress, self._count, self._done = progress, count, 0

    def __call__(self, words: str) -> None:
        if self._progress is not None:
            self._progress(self._done if words else self._count, self._count, words)
        self._done += 1


class PlanMaker:
    """Makes the plan; reads the workspace once. What is to be said about it is in `report`."""

    def __init__(self, ws: Workspace, profile: Profile, *, year: int = 0, today: date | None = None) -> None:
        self.ws, self.public = ws, profile == "public"
        self.today = today or press().date() or date.today()
        self.year = year or self.today.year
        self.report = PublishReport()
        self.tables = PlanTables(ws, public=self.public, today=self.today)

    def plan(self) -> YearlyPlan:
        settings = self.tables.settings
        district = settings.get("district.name", "")
        figures = self._figures()
        sections = PlanSections(self.tables, self.year, figures)
        used = [*self.tables.points, *self.tables.zones, *self.tables.routes, *self.tables.shelters]
        issue = self.tables.list.facts.issue([*used, *self.tables.key_areas, *self.tables.persons])
        shown = [one.picture for one in figures.values()]
        plain = _("{district} {year} 年度地质灾害防治方案").format(district=district, year=self.year).strip()
        office = settings.get("office.name", "")
        plan = YearlyPlan(
            title=(plain,) if district else (Blank(_("行政区名称")), plain),
            plain_title=plain,
            profile="public" if self.public else "internal",
            mark=_("草稿　公开稿") if self.public else _("草稿　内部稿　含个人信息，不得外传"),
            maker=(office,) if office else (Blank(_("编制单位")),),
            day=(Blank(_("印发日期")),),
            cover=(
                (_("密级"), (Blank(_("密级和保密期限，没有就删去本行")),)),
                (_("文号"), (Blank(_("文号")),)),
            ),
            parts=sections.parts(),
            schematic=issue.schematic or any(one.schematic for one in shown),
            drafts=tuple(dict.fromkeys(name for one in shown for name in one.drafts)),
        )
        self.report.problems += self.tables.problems
        return self._without_persons(plan) if self.public else plan

    # -- figures ----------------------------------------------------------------------------------------------------

    def _figures(self) -> dict[str, Figure]:
        """Maps of what the chapters speak of, each only where there is something to draw."""
        public_layers = sheet_settings().public_layers
        wanted = {"hazards": (_("重点防控区分布"), "", _HAZARDS), "zones": (_("警示标志分布"), _("分布"), _ZONES)}
        found: dict[str, Figure] = {}
        for key, (else_called, ending, layers) in wanted.items():
            there = [one for one in layers if one in self.ws.definitions and self.ws.count(one)]
            there = [one for one in there if not self.public or one in public_layers]
            if not there:
                continue
            *first, last = [_CALLED[one] for one in there if one in _CALLED] or [""]
            caption = (_("和") if first else "").join(["、".join(first), last + ending]) if last else else_called
            maker = PictureMaker(
                self.ws,
                "public" if self.public else "internal",
                PICTURE_SIZE,
                title=_("{district}{caption}图").format(
                    district=self.tables.settings.get("district.name", ""), caption=caption
                ),
                layers=(*there, *_GROUND),
            )
            try:
                picture = maker.form()
            except ExportRefused as error:
                self.report.problems.append(
                    _("方案里没有“{caption}”图：{reason}").format(caption=caption, reason=error)
                )
                continue
            found[key] = Figure(f"figure.{key}", caption, picture, maker.images)
            for one in maker.report.problems:
                if one not in self.report.problems:
                    self.report.problems.append(one)
            told = [_("{caption}图：{words}").format(caption=caption, words=one) for one in maker.report.notes]
            self.report.notes += told
        return found

    # -- persons ----------------------------------------------------------------------------------------------------

    def _without_persons(self, plan: YearlyPlan) -> YearlyPlan:
        """The plan with every text that holds a personal word replaced by a blank: somebody may have written a name
        into a remark."""
        words = personal_words(self.ws)
        held: list[str] = []

        def change(run: str) -> Run:
            found = next((one for one in words if one in run), None)
            if found is None:
                return run
            held.append(run)
            return Blank(_("原文含个人信息，公开稿没有印"))

        plan = plan.changed(change)
        if held:
            self.report.problems.append(
                _("有 {count} 处文字里写着个人信息，公开稿上留空了。请在登记里把姓名、电话移到它们自己的栏。").format(
                    count=len(held)
                )
            )
        return plan


def personal_words(ws: Workspace) -> frozenset[str]:
    """Every name, telephone and address of a person in the workspace, but for words that are printed on any map."""
    found: set[str] = set()
    public = {value for key, value in ws.settings().items() if key.startswith(("district.", "office.", "duty."))}
    for table, definition in ws.definitions.items():
        names = [
            one.name
            for one in definition.fields
            if one.type == "text" and not one.values and definition.is_personal(one.name)
        ]
        columns = ws.attributes(table).columns if names or definition.geometry != "none" else {}
        for name in names:
            if name not in _KNOWN_TO_ALL:
                found |= {str(value).strip() for value in columns.get(name, ()) if value}
        if not definition.is_personal("name"):
            public |= {str(value) for value in columns.get("name", ()) if value}
    return frozenset(one for one in found - public if len(one) >= _FEWEST)


def blank_notes(plan: YearlyPlan) -> list[str]:
    """How many blanks are left, and in which columns data lack."""
    texts, cells = plan.blanks(), plan.table_blanks()
    if not texts and not cells:
        return [_("方案里没有要填写的空。")]
    told = [
        _("还有 {count} 处要填写：正文 {texts} 处，表里 {cells} 处。在 Word 里查找“〔请填写”，逐处补上。").format(
            count=len(texts) + sum(cells.values()), texts=len(texts), cells=sum(cells.values())
        )
    ]
    if cells:
        told.append(_("表里缺的：{told}。").format(told="；".join(_lacking(plan, cells))))
    return told


def _lacking(plan: YearlyPlan, cells: Mapping[tuple[str, str], int]) -> list[str]:
    labels = plan.labels()
    found = []
    for one in plan.tables:
        columns = [
            _("{column} {count}").format(column=column, count=count)
            for (key, column), count in cells.items()
            if key == one.key
        ]
        if columns:
            found.append(f"{label_words(labels[one.key])} " + "、".join(columns))
    return found
