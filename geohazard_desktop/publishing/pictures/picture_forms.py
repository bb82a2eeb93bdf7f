"""A map picture as data: a page that is all map, with what is laid over it, and beside it a column of lists."""

from dataclasses import dataclass

from geohazard_desktop.publishing.form_fields import Form, JsonValue, Words
from geohazard_desktop.publishing.sheets.map_forms import LegendItem, MapFrame, Millimetres

MAP_PICTURE = "map_picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow(Form):
    """`number` stands in the disc that the map shows too; None: no disc."""

    words: str
    number: str | None = None
    note: Words = None
    state: Words = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListGroup(Form):
    title: str
    rows: tuple[ListRow, ...]
    empty: str = ""  # what is said where there are no rows


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPicture(Form):
    """`size` is the page; `map_at` and `map_size` the map on it; `lists` take the column at its right.

    Above the map stands the title, beside or below it the legend: left, top, right, bottom of `legend_box` in
    `legend_columns`; None: no legend. Nothing but the scale bar (in the corner that the map's frame names) lies over
    the map, for a plate would hide what the map warns of. `use` says for whom the picture is, `credits` who made it,
    when, from what. Without `furniture` only the marks are left, over the map.
    """

    size: Millimetres
    margin: float = 0.0
    map_at: Millimetres
    map_size: Millimetres
    map: MapFrame
    title: Words = None
    use: Words = None
    public: bool = False
    schematic: bool = False
    drafts: tuple[str, ...] = ()
    legend: tuple[LegendItem, ...] = ()
    legend_box: tuple[float, float, float, float] | None = None
    legend_columns: int = 1
    credits: Words = None
    lists: tuple[ListGroup, ...] = ()
    figures: tuple[ListRow, ...] = ()  # large numbers above the lists: words is the number, note what it counts
    furniture: bool = True

    def data(self) -> dict[str, JsonValue]:
        """What typeset(MAP_PICTURE, …) takes."""
        return {"picture": self.to_json()}
