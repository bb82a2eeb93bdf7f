"""Colours of styles and templates on a printing press: never more ink than paper takes."""

import re

from geohazard_desktop.common.places import layer_file, resource

MOST = 300.0  # percent of the four inks together, the usual limit for coated paper
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")


def ink(colour: str) -> float:
    """Percent of cyan, magenta, yellow and black together, by the plain conversion without a profile."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    black = 1 - max(red, green, blue)
    if black == 1:
        return 100.0
    return 100 * (black + sum((1 - one - black) / (1 - black) for one in (red, green, blue)))


def test_no_colour_takes_more_ink_than_paper_holds():
    texts = [one.read_text(encoding="utf-8") for one in layer_file("").glob("*.toml")]
    home = resource("templates")
    texts += [one.read_text(encoding="utf-8") for one in [*home.rglob("*.typ"), home / "settings.toml"]]
    colours = {found.upper() for text in texts for found in _COLOUR.findall(text)}
    assert len(colours) > 20
    assert {one: ink(one) for one in colours if ink(one) > MOST} == {}
    assert ink("#5A1F00") == max(ink("#5A1F00"), 230.0)  # the glyph of a hazard point, as reckoned for the rules
