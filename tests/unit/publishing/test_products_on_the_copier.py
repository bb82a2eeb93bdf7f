"""Every product of the registry on an office copier set to text, black or white: words can be read, the danger zone's
outline and the arrows of the ways stay black; an A3 also when somebody makes an A4 of it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from copier import Letter, copies, one_bit
from numpy.typing import NDArray
from registry_pages import REGISTRY, first_pages

from geohazard_desktop.publishing.typeset.press import Page
from geohazard_desktop.publishing.typeset.typesetting import typeset

ZONE, ROUTE = "#D7000F", "#1B6E45"
A3_WIDE = 1180.0  # points
HIDDEN, SMALLEST = 2.0, 3.4  # points of ink: below the first only a search finds it, below the second it is 5 pt type
# What each map shows: a sign's arrows are red as its zone.
SHOWS_WAYS = {"map_internal", "map_public", "map_street", "map_zone", "map_point", "map_area", "meeting_sheet",
              "cards_household", "plan_table"}  # fmt: skip
SHOWS_ZONES = SHOWS_WAYS | {"zone_notice", "signs", "signs_zone"}


@pytest.fixture(scope="module")
def pages(_demo_master: Path) -> dict[str, Page]:
    return first_pages(_demo_master)


def lost(letters: list[Letter], black: NDArray[np.bool_]) -> list[str]:
    """Letters that came out as a black or a white block."""
    found = []
    for one in letters:
        left, top, right, bottom = one.box
        share = float(black[top:bottom, left:right].mean()) if right > left and bottom > top else 0.0
        if one.points > SMALLEST and not 0.02 < share < 0.98 and one.text not in "—─-－_|｜.·":
            found.append(f"{one.text} {one.points:.1f} pt at {one.box}")
    return found


@pytest.mark.parametrize("key", REGISTRY)
def test_words_outlines_and_arrows_survive(pages, key):
    made = pages[key]
    pdf = typeset(made.template, made.data, made.pictures, title=made.title)
    for shrunk in (1.0, 0.707):
        for page in copies(pdf, shrunk, most=2):
            if shrunk < 1 and page.copy.shape[1] < A3_WIDE / 72 * 200 * shrunk:
                continue  # an A4 is not made smaller
            black = one_bit(page)
            shown = [one for one in page.letters if one.points > HIDDEN]
            missed = lost(shown, black)
            assert len(missed) <= 0.01 * len(shown), missed[:20]
            titles = [one for one in shown if one.points > 14]
            assert lost(titles, black) == []
            for name, color in (("zone", ZONE), ("way", ROUTE)):
                inked = page.inked(color, 40)
                if inked.sum() > 300:
                    assert black[inked].mean() > 0.95, f"the {name} fades"
    first = copies(pdf, most=2)
    for name, color, here in (("zone", ZONE, SHOWS_ZONES), ("way", ROUTE, SHOWS_WAYS)):
        assert key not in here or sum(page.inked(color, 40).sum() for page in first) > 100, f"no {name} on the map"


def test_a_page_that_fades_is_found_out(pages):
    """The judge itself is judged: the same page in light grey has lost its words."""
    made = pages["cards_work"]
    (page,) = copies(typeset(made.template, made.data, made.pictures, title=made.title), most=1)
    faded = replace(page, copy=np.clip(page.copy, 0.6, 1.0))
    assert len(lost(page.letters, one_bit(page))) == 0
    assert len(lost(page.letters, one_bit(faded))) > 0.9 * sum(one.points > SMALLEST for one in page.letters) > 50
