"""Before anything is printed: which fonts and which characters this machine lacks for the workspace at hand.

Every card and sheet refuses by itself what it can't print; this says it beforehand, for the whole workspace at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from geohazard_desktop.common.errors import FontMissing
from geohazard_desktop.common.signs import prints
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.typeset.fonts_for_paper import PaperFonts, paper_fonts
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates, templates_of
from geohazard_desktop.workspace.edits.templates import is_template_row
from geohazard_desktop.workspace.workspace import Workspace

# Registers that are printed although they are no layers of the map, and the office's own words.
_PRINTED_TOO = ("household_member", "setting", "person")
_BLOCK = 2000
_TOLD = 4
INSTALL = _(
    "请安装有这些字的字体（生僻汉字可装 SimSun-ExtB 或遍黑体 Plangothic，蒙古文可装 Noto Sans Mongolian，"
    "表情符号可装 Noto Emoji），或改掉这些字。"
)


@dataclass(frozen=True, slots=True)
class FontFault:
    """A complete sentence, and what to do. `stops`: nothing at all can be printed."""

    sentence: str
    remedy: str
    stops: bool = False


def font_faults(ws: Workspace) -> list[FontFault]:
    """What the fonts of this machine lack for this workspace; nothing where all of it can be printed.

    Reads every text of what is printed, block by block. Raises TypesettingFailed for templates that can't be read.
    """
    office = templates_of(ws)
    try:
        fonts = paper_fonts(office.font_folders())
        refuse_missing_choice(fonts, office)
    except FontMissing as error:
        return [FontFault(error.sentence, error.remedy, stops=True)]
    found: dict[str, str] = {}
    for character, where in _uncovered(ws, fonts):
        found.setdefault(character, where)
    if not found:
        return []
    told = "、".join(
        _("“{character}”（U+{code:04X}，{where}）").format(character=one, code=ord(one), where=where)
        for one, where in list(found.items())[:_TOLD]
    )
    more = _("等 {count} 个字").format(count=len(found)) if len(found) > _TOLD else ""
    return [
        FontFault(
            _("这台电脑的字体里没有{told}{more}，印到它们的图和卡会留下不出。").format(told=told, more=more), INSTALL
        )
    ]


def refuse_missing_choice(fonts: PaperFonts, office: OfficeTemplates) -> None:
    """Raises FontMissing where the office's settings choose a font that this machine lacks."""
    look = office.settings().get("look", {})
    for key in ("hei", "song"):
        if look.get(key):
            fonts.refuse_missing(str(look[key]))


def _uncovered(ws: Workspace, fonts: PaperFonts) -> Iterator[tuple[str, str]]:
    """Characters without a glyph, and where each stands: layer, number of the feature, field."""
    for definition in ws.definitions.values():
        if definition.helper and definition.table not in _PRINTED_TOO:
            continue
        texts = [one.name for one in definition.fields if one.type == "text"]
        if not texts:
            continue
        wanted = list(dict.fromkeys([*texts, *(("key",) if definition.table == "setting" else ())]))
        for block in ws.blocks(definition.table, wanted, _BLOCK):
            for name in texts:
                column = [
                    one for one in block.columns.get(name, ()) if isinstance(one, str)
                ]  # an older file may lack it
                lacking = {one for one in set().union(*column) if not fonts.covers(one) and prints(one)}
                for character in lacking:
                    for feature in block:
                        if character in feature.text(name) and not is_template_row(feature.text("key")):
                            title = definition.by_name[name].title
                            yield (
                                character,
                                _("{layer} {id} 的{field}").format(
                                    layer=definition.title,
                                    id=feature.text("id") or feature.text("name"),
                                    field=title,
                                ),
                            )
                            break
