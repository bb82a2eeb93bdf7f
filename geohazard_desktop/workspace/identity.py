"""Who makes a change, and on which installation: histories of several officers merge by these."""

import getpass
from dataclasses import dataclass, replace
from uuid import uuid4

from geohazard_desktop.common.texts import _
from geohazard_desktop.common.user_folders import config_folder


@dataclass(frozen=True, slots=True)
class Identity:
    """`actor` is shown in the history; `origin` is the installation, made once, without personal data."""

    actor: str
    origin: str


_COMMAND_LINE = _("（命令行）")


def at_command_line() -> Identity:
    """The user at the command line: the history says so, or nobody knows in an open window where a step came from."""
    own = this_identity()
    return replace(own, actor=own.actor + _COMMAND_LINE)


def of_the_command_line(actor: str) -> bool:
    return actor.endswith(_COMMAND_LINE)


def this_identity() -> Identity:
    """The signed-in user on this installation; makes the installation's origin at its first use."""
    try:
        actor = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no user database, as in some containers and services
        actor = "本机"
    path = config_folder() / "origin"
    try:
        origin = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        origin = ""
    if not origin:
        origin = uuid4().hex
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(origin, encoding="ascii")
    return Identity(actor, origin)
