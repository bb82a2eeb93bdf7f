"""Menu 出图: a row for each product."""

from collections.abc import Sequence

from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.command import Command
from geohazard_desktop.publishing.products import PRODUCTS

COMMANDS: Sequence[Command] = tuple(
    Command(
        f"publish.{one.key}",
        _("{title}…").format(title=one.title),
        "publish",
        one.icon,
        one.shortcut,
        "workspace",
        one.note,
        {"publish": 1},
        caption=one.caption,
        family=f"publish.{one.group}",
    )
    for one in PRODUCTS.values()
)

# Entries that open a new section of the menu: the first of each group.
SECTIONS = tuple({one.group: f"publish.{one.key}" for one in reversed(list(PRODUCTS.values()))}.values())
