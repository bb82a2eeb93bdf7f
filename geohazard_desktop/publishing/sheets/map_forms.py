"""Maps and map sheets as data: the picture with what is laid over it, and everything that stands beside it."""

from dataclasses import dataclass, field
from typing import Literal

from geohazard_desktop.publishing.form_fields import Day, Form, JsonValue, Words, cell
from geohazard_desktop.publishing.sheets.map_overlay import way_shapes

MAP_SHEET = "map_sheet"
Profile = Literal["internal", "public"]
Corner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]
BannerPlace = Literal["bottom-left", "bottom", "bottom-right", "top-left", "top", "top-right"]
Millimetres = tuple[float, float]  # right, down from the upper left corner of the picture

# Sizes in mm of the picture that each template shows without scaling; a map is drawn for its frame.
HOUSEHOLD_BACK_PICTURE: Millimetres = (158.0, 133.0)
SWATCH_PICTURE: Millimetres = (12.0, 6.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapMark(Form):
    """A sign laid over the map at `at`: "home" (我家), "here" (您在这里), "step" (a number in a disc), "end" (shelter).

    `words` stand in the callout or disc; empty words take the template's own (我家, 您在这里).
    """

    kind: Literal["home", "here", "step", "end", "badge"]
    at: Millimetres
    words: Words = None
    number: Words = None  # of a badge: the way's number before its time
    points: float | None = None  # size of a callout's words; None: as the template likes
    box: Millimetres | None = None  # the middle of a callout's box, its tip on the place; None: above it
    foot: Millimetres | None = None  # of a step: its place, where the disc had to stand aside; a line leads there


@dataclass(frozen=True, slots=True, kw_only=True)
class MapWay(Form):
    """A way laid over the map, in walking direction, points in mm.

    "route": thick green with white chevrons and an arrow head, stopping short of the shelter. "door": the straight leg
    from the door to the route, broken, since nobody surveyed it.
    """

    kind: Literal["route", "door"]
    points: tuple[Millimetres, ...]
    width_mm: float = 2.6
    stop_short_mm: float = 3.7
    red: bool = False  # as warning signs have them

    def to_json(self) -> dict[str, JsonValue]:
        """The line cut at the shelter's edge, with the places of its chevrons and of its head."""
        return {"kind": self.kind, "width": self.width_mm, "red": self.red} | way_shapes(
            self.points, self.width_mm, self.stop_short_mm if self.kind == "route" else 0.0, arrows=self.kind == "route"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MapName(Form):
    """A name on the map that the page sets as its own text: `at` is the start of its baseline, `size` in points. Along
    a line it is turned by `turn` degrees clockwise about `at`, with `tracking` ems between its characters."""

    at: Millimetres
    size: float
    song: bool
    bold: bool
    colour: str
    words: str
    turn: float = 0.0
    tracking: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class GridLine(Form):
    """One line of the 方里网: `axis` "east" stands upright at `at` mm from the left, "north" lies at `at` mm from the
    top. `prefix` is the small part of the label (363), `number` the large (78)."""

    axis: Literal["east", "north"]
    at: float
    number: str
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GraticuleMark(Form):
    """A tick of the 经纬网 on the frame's side, `at` mm from its left or upper end; ticks between have no label."""

    side: Literal["top", "bottom", "left", "right"]
    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFrame(Form):
    """A map picture in its frame. `picture` is the name of an SVG among the pictures given to typeset().

    The template draws scale bar and north arrow itself from `denominator`, `bar_metres` (on the ground; None: as the
    template likes) and `north_degrees` (true north, clockwise from up) in the corner `furniture`; with `north_words`
    (真北偏东 0°50′) it shows both norths. `alt` is what a screen reader says in place of the map. `over` is a second
    picture of the same size that lies over the ways: point symbols and names, which a thick way must not hide; those
    of its names that are not in the picture, only their halos, are `names`.
    """

    picture: str
    denominator: float
    alt: str
    north_degrees: float = 0.0
    furniture: Corner = "bottom-left"
    ways: tuple[MapWay, ...] = ()
    over: str | None = None
    names: tuple[MapName, ...] = ()
    marks: tuple[MapMark, ...] = ()
    grid: tuple[GridLine, ...] = ()
    graticule: tuple[GraticuleMark, ...] = ()
    bar_metres: float | None = None
    scale: float | None = None  # of the paper, where the template itself is enlarged: what 1∶N says
    north_words: str | None = None
    _json: list[dict[str, JsonValue]] = field(default_factory=list, init=False, repr=False, compare=False)

    def to_json(self) -> dict[str, JsonValue]:
        """Made once: the form around it gets its number and date later, and a map is most of a card's JSON."""
        if not self._json:
            self._json.append(Form.to_json(self))
        return self._json[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnlargedMap(Form):
    """A part of the sheet's map once more, larger, in a corner of it. `box`, `frame` (what it shows) and `tag_box` (the
    words at the frame) are left, top, right, bottom in mm of the design from the picture's upper left corner; `scale`
    is what 1∶N says (None: a public sheet has its bar alone)."""

    picture: str
    tag: str
    name: Words
    denominator: float
    bar_metres: float
    box: tuple[float, float, float, float]
    frame: tuple[float, float, float, float]
    tag_box: tuple[float, float, float, float]
    scale: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendItem(Form):
    """One line of the 图例: the swatch's picture (SWATCH_PICTURE large), its words, and small words below."""

    label: Words
    picture: str | None = None
    note: Words = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendGroup(Form):
    """撤离与警示, 易发程度分区, 隐患点 …"""

    title: str
    items: tuple[LegendItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRoute(Form):
    """One row of 撤离路线与安置点. `minutes`: 常人, 老人, 慢行, whole minutes, walking alone; None prints as a line.
    `counted`: from where metres and minutes count, where the sheet says 您在这里 (从这里, 从起点).
    `ask`: what is told in place of the minutes where nobody may be sent along it unasked."""

    number: Words = None
    zone_name: Words = None
    zone_id: Words = None
    start: Words = None
    shelter: Words = None
    metres: int | None = None
    minutes: tuple[int | None, int | None, int | None] = (None, None, None)
    capacity: int | str | None = None
    draft: bool = False  # the zone is only 拟划
    counted: Words = None
    ask: Words = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine(Form):
    """One line of 说明: 坐标系, 投影, 高程, 界线, 专题, 工作文件改到 … `passing`: it says when and how the sheet was
    made, not what it shows, and makes no other sheet of it."""

    label: str
    words: Words
    passing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSignal(Form):
    """One signal of several, and the zones that have it; None prints as a line to write on."""

    words: Words = None
    zones: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFacts(Form):
    """The panel 危险区情况. What nobody filled in prints as a line to write on; `disaster_grade`, `monitor`, `keepers`
    stand there only where something is known."""

    hazard_type: Words = field(default=None, metadata=cell("灾害类型"))
    state: Words = field(default=None, metadata=cell("状态"))  # 已划定（示政发〔2026〕1号）
    households: Words = field(default=None, metadata=cell("区内住户"))  # 4 户 12 人
    must_move: Words = field(default=None, metadata=cell("需转移人数"))
    danger_grade: Words = field(default=None, metadata=cell("险情等级", quiet=True))  # 小型（Ⅳ级）; judged
    potential_loss: Words = field(default=None, metadata=cell("潜在损失"))
    disaster_grade: Words = field(
        default=None, metadata=cell("灾情等级", quiet=True)
    )  # of the last report that has one
    area: Words = field(default=None, metadata=cell("面积", quiet=True))
    patrol_person: Words = field(default=None, metadata=cell("巡查责任人", personal=True))
    patrol_phone: Words = field(default=None, metadata=cell("巡查责任人电话", personal=True))
    monitor: Words = field(default=None, metadata=cell("监测人", personal=True, quiet=True))
    monitor_phone: Words = field(default=None, metadata=cell("监测人电话", personal=True, quiet=True))
    # 示例广场：周示例 139 0000 0003; whoever keeps a shelter that a route of the zone leads to
    keepers: Words = field(default=None, metadata=cell("安置点负责人", personal=True, quiet=True))
    reason: Words = field(default=None, metadata=cell("划定理由"))
    signs: Words = field(default=None, metadata=cell("前兆迹象"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PointFacts(Form):
    """The panel 隐患点情况, said as 预案表 and work card say it. What nobody filled in prints as a line to write on."""

    unified_code: Words = field(default=None, metadata=cell("统一编号"))
    state: Words = field(default=None, metadata=cell("状态"))  # 销号（2025-10-20，险情已消除）
    hazard_type: Words = field(default=None, metadata=cell("灾害类型"))
    scale: Words = field(default=None, metadata=cell("规模"))  # 中型（面积 12.80 公顷）
    danger_grade: Words = field(default=None, metadata=cell("险情等级", quiet=True))  # by its zone
    stability: Words = field(default=None, metadata=cell("稳定性"))  # 欠稳定，缓慢发展
    threat: Words = field(default=None, metadata=cell("威胁"))  # 14 户 50 人、277 万元
    causes: Words = field(default=None, metadata=cell("诱发因素"))
    lead: Words = field(default=None, metadata=cell("监测负责人", personal=True))
    lead_phone: Words = field(default=None, metadata=cell("监测负责人电话", personal=True))
    monitor: Words = field(default=None, metadata=cell("监测人", personal=True))
    monitor_phone: Words = field(default=None, metadata=cell("监测人电话", personal=True))
    objects: Words = field(default=None, metadata=cell("威胁对象"))
    methods: Words = field(default=None, metadata=cell("监测方法"))
    cycle: Words = field(default=None, metadata=cell("监测周期"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPlace(Form):
    """One row of 危险区、隐患点: a zone, or a point."""

    number: Words = field(default=None, metadata=cell("编号", quiet=True))
    name: Words = field(default=None, metadata=cell("名称", quiet=True))
    kind: Words = field(default=None, metadata=cell("灾害类型", quiet=True))
    grade: Words = field(default=None, metadata=cell("险情等级", quiet=True))
    people: Words = field(default=None, metadata=cell("须转移、受威胁", quiet=True))  # 14 户 50 人; 见 SL-W-0001
    state: Words = field(default=None, metadata=cell("状态", quiet=True))
    draft: bool = False  # the zone is only 拟划


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Form):
    """危险区、隐患点 of what the sheet is of, as many rows as find room. `none`: what of both nobody
    registered, said where no route is."""

    title: Words = None
    rows: tuple[ListedPlace, ...] = field(default=(), metadata=cell("危险区、隐患点", quiet=True))
    none: Words = None
    note: Words = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSheet(Form):
    """警示图 in the profile "internal" or "public", laid out for its paper.

    The public sheet leaves out grid, notes on coordinates, capacity table and persons whatever is given; the caller
    gives it a map without personal data. `review_number` empty on a public sheet prints 待批　未批准不得张贴.
    `drawn_by` and `checked_by` are personal and never on the public sheet.
    """

    layout: Form | None = None  # a sheet_papers.SheetLayout
    profile: Profile = "internal"
    single: bool = False  # public: of one danger zone; its map needs no legend
    title: Words = field(default=None, metadata=cell("图名"))  # 乌达区地质灾害警示图
    mongolian: Words = field(default=None, metadata=cell("蒙古文图名", quiet=True))  # as typed by the office
    # 内蒙古自治区乌海市乌达区; on the public sheet the 街道
    place: Words = field(default=None, metadata=cell("行政区", quiet=True))
    season: Words = field(default=None, metadata=cell("重点防范期", quiet=True))  # 6 月 1 日—10 月 31 日
    map: MapFrame | None = field(default=None, metadata=cell("地图"))
    subject_number: Words = field(default=None, metadata=cell("编号", quiet=True))  # small, behind the name
    inset: str | None = None  # name of a picture, as large as the layout says
    inset_title: Words = field(default=None, metadata=cell("位置图", quiet=True))
    inset_corner: Corner = "top-left"
    enlarged: tuple[EnlargedMap, ...] = field(default=(), metadata=cell("放大图", quiet=True))
    routes: tuple[SheetRoute, ...] = field(default=(), metadata=cell("撤离路线"))
    no_routes: Words = field(default=None, metadata=cell("没有路线的说明", quiet=True))
    closed_ways: Words = field(default=None, metadata=cell("停用的安置点", quiet=True))
    # what of the subject is not on the map, what on the map is a neighbour's
    reach: tuple[str, ...] = field(default=(), metadata=cell("图外和邻近", quiet=True))
    speed_note: Words = field(default=None, metadata=cell("步行速度说明", quiet=True))
    warning_signal: Words = field(default=None, metadata=cell("撤离信号"))
    # for a template that has no room for `signals`, or is an office's own and older than they: whose is another one
    signal_note: Words = field(default=None, metadata=cell("信号说明", quiet=True))
    # where the zones in sight have several: all of them, in place of the two above
    signals: tuple[SheetSignal, ...] = field(default=(), metadata=cell("各区的撤离信号", quiet=True))
    signs: Words = field(default=None, metadata=cell("前兆迹象", quiet=True))  # public: of one zone or point
    duty_phone: Words = field(default=None, metadata=cell("值班电话"))
    duty_office: Words = field(default=None, metadata=cell("值班单位", quiet=True))
    duty_note: Words = field(default=None, metadata=cell("报告事项", quiet=True))
    # public: 不回头取东西 …, four at most
    donts: tuple[str, ...] = field(default=(), metadata=cell("不要做的事", quiet=True))
    # internal, of one danger zone: who lives there, who watches; personal
    facts: ZoneFacts | None = field(default=None, metadata=cell("危险区情况", personal=True, quiet=True))
    # internal, of one hazard point: what the register holds of it, who watches; personal
    point: PointFacts | None = field(default=None, metadata=cell("隐患点情况", personal=True, quiet=True))
    # internal, of a 街道 or key area, and of the district on a wall
    listed: Listed | None = field(default=None, metadata=cell("危险区、隐患点", quiet=True))
    legend: tuple[LegendGroup, ...] = field(default=(), metadata=cell("图例"))
    notes: tuple[NoteLine, ...] = field(default=(), metadata=cell("说明", quiet=True))
    disclaimer: Words = field(default=None, metadata=cell("声明", quiet=True))
    # 图签
    maker: Words = field(default=None, metadata=cell("编制单位"))
    sheet_number: Words = field(default=None, metadata=cell("图号", quiet=True))
    version: int | str | None = field(default=None, metadata=cell("版次", quiet=True))
    drawn_by: Words = field(default=None, metadata=cell("制图", personal=True, quiet=True))
    checked_by: Words = field(default=None, metadata=cell("审核", personal=True, quiet=True))
    compiled_on: Day = field(default=None, metadata=cell("编制日期"))
    check_code: Words = field(default=None, metadata=cell("核对码", quiet=True))
    review_number: Words = field(default=None, metadata=cell("审图号", quiet=True))
    schematic: bool = False
    drafts: tuple[str, ...] = field(default=())
    drafts_place: BannerPlace = "bottom"  # internal: where on the map the drafts are named

    def data(self) -> dict[str, JsonValue]:
        """What typeset(MAP_SHEET, …) takes."""
        return {"sheets": [self.to_json()]}
