"""Words of warning signs: every kind of hazard has some, and advice never speaks as law."""

from geohazard_desktop.domain.hazard import hazard_types
from geohazard_desktop.domain.sign_words import sign_words


def test_every_kind_of_hazard_has_a_phrase_that_is_read_from_a_car():
    for one in hazard_types():
        words = sign_words(one.name)
        assert len(words.phrase) == 4, one.name
        assert words.phrase != sign_words("").phrase, one.name


def test_advice_does_not_forbid():
    for name in ("", *(one.name for one in hazard_types())):
        words = sign_words(name)
        assert "禁止" not in words.second + words.advice
