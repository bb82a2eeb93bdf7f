"""A key that two commands have does neither."""

from collections import Counter

from geohazard_desktop.common.places import resource
from geohazard_desktop.desktop.commands import COMMANDS


def test_no_key_belongs_to_two_commands():
    counts = Counter(key for one in COMMANDS for key in (one.shortcut, *one.more) if key)
    assert not {key for key, count in counts.items() if count > 1}


def test_every_command_has_the_icon_it_names():
    for one in COMMANDS:
        if one.icon:
            assert resource("icons", f"{one.icon}.svg").is_file(), one.id
