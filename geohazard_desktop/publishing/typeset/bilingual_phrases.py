"""Which Chinese phrases of this workspace's paper may have a Mongolian beside them, and lists of them to give away.

The phrases are made by the same functions that print them, so that none can be typed that no paper asks for.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from geohazard_desktop.analysis.zone_states import ZONES, zone_states
from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.lifecycle import is_official, lifted
from geohazard_desktop.domain.sign_words import all_sign_words
from geohazard_desktop.publishing.cards.help_words import FIRST_LINES
from geohazard_desktop.publishing.paper_subjects import paper_subjects
from geohazard_desktop.publishing.papers.zone_notice import notice_title, zone_short_name
from geohazard_desktop.publishing.sheets.subjects import partial_title, sheet_title, street_title
from geohazard_desktop.workspace.edits.bilingual import mongolian_texts, phrase_key
from geohazard_desktop.workspace.edits.labels import SHEETS
from geohazard_desktop.workspace.edits.sheet_extent import extent_of
from geohazard_desktop.workspace.workspace import Workspace

GROUPS: Mapping[str, str] = {
    "sign": _("警示牌"),
    "sticker": _("门贴"),
    "sheet": _("警示图的图名"),
    "notice": _("公告的标题"),
    "former": _("已经用不上的"),
}
_SHEETS = ("subdistrict", ZONES, "key_area", "hazard_point")


@dataclass(frozen=True, slots=True)
class Phrase:
    """`chinese` as it is printed; `key` is what its text is kept by."""

    group: str
    chinese: str

    @property
    def key(self) -> str:
        return phrase_key(self.chinese)


def phrases_of(ws: Workspace) -> list[Phrase]:
    """Group by group as in GROUPS, each phrase once; last those that have a text and that nothing prints any more."""
    found: dict[str, Phrase] = {}
    for group, chinese in _phrases(ws):
        found.setdefault(phrase_key(chinese), Phrase(group, chinese))
    left = [Phrase("former", one) for one in mongolian_texts(ws) if one not in found]
    order = list(GROUPS)
    return [*sorted(found.values(), key=lambda one: order.index(one.group)), *left]


def _phrases(ws: Workspace) -> Iterator[tuple[str, str]]:
    for words in all_sign_words():
        yield "sign", words.phrase
        yield "sign", words.second
    yield from (("sticker", one) for one in FIRST_LINES)
    framed = _framed(ws)
    whole = sheet_title("", ws.setting("district.name"))
    yield from _titles([whole], ("", "") in framed)
    states = zone_states(ws)
    for layer in _SHEETS:
        if layer not in ws.definitions:
            continue
        for feature in paper_subjects(ws, layer, shapes=False):
            name = feature.text("name") or feature.text("id")
            if not name:
                continue
            gone = layer == ZONES and states.get(feature.uid) == lifted()
            if not gone:
                titles = [sheet_title(layer, name), *([street_title(name)] if layer == ZONES else [])]
                yield from _titles(titles, (layer, feature.uid) in framed)
            if layer == ZONES:
                short = zone_short_name(feature)
                if not gone:
                    yield "notice", "".join(notice_title("delimit", short))
                if gone or is_official(states.get(feature.uid, "")):
                    yield "notice", "".join(notice_title("lift", short))


def _framed(ws: Workspace) -> set[tuple[str, str]]:
    """Layer and uid of the subjects whose sheet had its extent chosen by hand: such a sheet may be a part."""
    rows = ws.table(SHEETS) if SHEETS in ws.definitions else ()
    return {(one.text("subject_layer"), one.text("subject_uid")) for one in rows if extent_of(one) is not None}


def _titles(titles: Iterable[str], framed: bool) -> Iterator[tuple[str, str]]:
    for one in titles:
        yield "sheet", one
        if framed:
            yield "sheet", partial_title(one)


def list_text(phrases: Iterable[Phrase], texts: Mapping[str, str]) -> str:
    """A table of two columns, Chinese and Mongolian, for the clipboard: Excel and WPS take it as cells."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow([_("汉文"), _("蒙古文")])
    writer.writerows([one.chinese, texts.get(one.key, "")] for one in phrases)
    return out.getvalue()


def read_list(text: str, phrases: Iterable[Phrase]) -> tuple[dict[str, str], list[str]]:
    """What a table of two columns from Excel says: Mongolian by key, and the Chinese that is no phrase of ours.

    Rows without a second column say nothing.
    """
    known = {one.key for one in phrases}
    found: dict[str, str] = {}
    others: list[str] = []
    for row in csv.reader(io.StringIO(text), delimiter="\t"):
        cells = [one.strip() for one in row]
        if len(cells) < 2 or not cells[0] or not cells[1]:
            continue
        key = phrase_key(cells[0])
        if key in known:
            found[key] = cells[1]
        elif key != _("汉文"):
            others.append(cells[0])
    return found, others
