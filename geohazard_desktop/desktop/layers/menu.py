"""The context menu of a layer in the tree: what is offered, in which words. What is done is asked of the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.icons import icon

PAPER = "paper:"  # before the use for which a reference layer is ticked
Row = tuple[str, str, str]  # what is asked for, its words, its icon


@dataclass(frozen=True, slots=True)
class Offer:
    """What a layer is, as far as its menu depends on it."""

    spatial: bool
    visible: bool
    faulty: bool = False
    reference: bool = False
    paper: str = ""
    choices: tuple[str, Sequence[tuple[str, str]]] = ("", ())


def fill_menu(menu: QMenu, offer: Offer, ask: Callable[[str], object]) -> None:
    """Put the rows for a layer into `menu`; `ask` is called with the key of the one that is chosen."""
    looking = _looking(offer)
    for rows in (looking, _showing(offer), _working(offer), [("properties", _("图层属性……"), "info")]):
        for key, words, name in rows:
            menu.addAction(icon(name), words).triggered.connect(lambda _on=False, key=key: ask(key))
            if key == "source":
                _papers(menu, offer.paper, ask)
        title, choices = offer.choices
        if rows is looking and choices:
            below = menu.addMenu(icon("filter"), title)
            for key, words in choices:
                below.addAction(words).triggered.connect(lambda _on=False, key=key: ask(key))
        if rows:
            menu.addSeparator()


def _looking(offer: Offer) -> list[Row]:
    rows: list[Row] = [("table", _("登记表"), "table")]
    if offer.spatial:
        rows = [("zoom", _("缩放到图层"), "zoom-layer"), *rows]
        if not offer.reference:
            rows.append(("select", _("选中全部"), "select"))
        if offer.faulty:
            rows.append(("faults", _("选中图形有错的要素"), "sign-warning"))
    return rows


def _showing(offer: Offer) -> list[Row]:
    if not offer.spatial:
        return []
    rows = [
        ("hide", _("收起这一层") if offer.visible else _("显示这一层"), "eye"),
        ("only", _("只显示这一层"), "layers"),
        ("all", _("全部显示"), "layers"),
    ]
    return rows if offer.reference else [*rows, ("lock", _("锁定或解锁"), "latched")]


def _working(offer: Offer) -> list[Row]:
    export = ("export", _("导出……"), "export")
    if offer.reference:
        return [
            ("source", _("名称和来源……"), "pencil"),
            ("style", _("样式……"), "style"),
            export,
            ("remove", _("移除这个参考图层"), "delete"),
        ]
    named = ("rename", _("改名……　F2"), "label-move")
    bring = ("import", _("导入到这一层……"), "import")
    if not offer.spatial:
        return [bring, export]
    return [("draw", _("在这一层上画"), "pencil"), bring, export, ("style", _("样式……"), "style"), named]


def _papers(menu: QMenu, now: str, ask: Callable[[str], object]) -> None:
    below = menu.addMenu(icon("print"), _("印在图上"))
    group = QActionGroup(below)
    for use, words in (
        ("", _("不印")),
        ("internal", _("只印在内部图上")),
        ("public", _("内部图、公开图和网页都印")),
    ):
        action = below.addAction(words)
        action.setCheckable(True)
        action.setChecked(use == now)
        group.addAction(action)
        action.triggered.connect(lambda _on=False, use=use: ask(PAPER + use))
