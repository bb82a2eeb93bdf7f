"""Styles between layers, windows and offices: copied as text, pasted, written to a file and read from one."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication

from geohazard_desktop.cartography.style import FITTING
from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.common.reasons import reason_of
from geohazard_desktop.common.texts import _
from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.desktop.styles.draft import StyleDraft
from geohazard_desktop.desktop.styles.text import read_style
from geohazard_desktop.workspace.edits.style_text import same_style, style_text
from geohazard_desktop.workspace.edits.style_words import kind_word

_GEOMETRY = {"polygon": _("面"), "line": _("线"), "point": _("点")}
_MOST_BYTES = 2_000_000


def draft_text(draft: StyleDraft) -> str:
    """The style as it stands, an expert's own lines where they still hold."""
    return draft.text if draft.text and same_style(draft.text, draft.mapping) else style_text(draft.mapping)


def copy_style(draft: StyleDraft) -> None:
    """Onto the clipboard, as text: another window, a mail or an editor can take it too."""
    # Not as QMimeData made here: the clipboard outlives Python, and freeing such a one then ends in a crash.
    QGuiApplication.clipboard().setText(draft_text(draft))


def paste_style(draft: StyleDraft) -> None:
    """Take the clipboard's style. Raises DefinitionInvalid where there is none, or where it doesn't fit."""
    text = QGuiApplication.clipboard().text()
    if "[style]" not in text and "[[style.rule]]" not in text:
        raise DefinitionInvalid(_("剪贴板里没有样式。"), _("请先在另一个图层的样式窗口里点“复制样式”。"))
    take_text(draft, text)


def take_text(draft: StyleDraft, text: str) -> None:
    """Take a style text for the draft's layer. Raises DefinitionInvalid and changes nothing."""
    mapping = read_style(text)
    offered = set(FITTING[draft.geometry])
    rules = mapping.get("rule", [])
    kinds = [
        str(symbol.get("kind"))
        for rule in (rules if isinstance(rules, list) else [])
        if isinstance(rule, dict)
        for symbol in rule.get("symbol", [])
        if isinstance(symbol, dict)
    ]
    unfit = list(dict.fromkeys(kind_word(kind) for kind in kinds if kind not in offered))
    if kinds and unfit and not any(kind in offered for kind in kinds):
        raise DefinitionInvalid(
            _("这份样式是给别的图形用的（{kinds}），{title}是{geometry}，画不出来。").format(
                kinds="、".join(unfit), title=draft.definition.title, geometry=_GEOMETRY[draft.geometry]
            ),
            _("请从同样是{geometry}的图层复制。").format(geometry=_GEOMETRY[draft.geometry]),
        )
    draft.replace(mapping, None, text)


def export_style(draft: StyleDraft, path: Path) -> None:
    """Write the style to a file. Raises ExportRefused."""
    head = _("# {title}的样式（{geometry}）").format(title=draft.definition.title, geometry=_GEOMETRY[draft.geometry])
    write_whole(path, f"{head}\n{draft_text(draft)}".encode())


def import_style(draft: StyleDraft, path: Path) -> None:
    """Take the style of a file. Raises DefinitionInvalid naming the file."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise DefinitionInvalid(_("{name} 太大，不是样式文件。").format(name=path.name), _("请换一个文件。"))
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DefinitionInvalid(
            _("{name} 读不出来（{reason}）。").format(name=path.name, reason=reason_of(error)), _("请换一个文件。")
        ) from error
    except UnicodeDecodeError as error:
        raise DefinitionInvalid(
            _("{name} 不是 UTF-8 文本，不是样式文件。").format(name=path.name), _("请选导出的 .toml 样式文件。")
        ) from error
    try:
        take_text(draft, text)
    except DefinitionInvalid as error:
        raise DefinitionInvalid(
            _("{name}：{sentence}").format(name=path.name, sentence=error.sentence), error.remedy
        ) from error
