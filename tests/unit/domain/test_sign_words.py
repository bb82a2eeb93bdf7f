"""Words of warning signs: every kind of hazard has some, and advice never speaks as law."""

from geohazard_desktop.domain.hazard import hazard_types
from geohazard_desktop.domain.sign_words import sign_words


def test_every_kind_of_hazard_has_a_phrase_that_is_read_from_a_car():
    for one in hazard_types():
        words = sign_words(one.name)
        assert 4 <= len(words.phrase) <= 5, one.name
        assert words.phrase != sign_words("").phrase, one.name


def test_advice_does_not_forbid():
    for name in ("", *(one.name for one in hazard_types())):
        words = sign_words(name)
        assert "禁止" not in words.second + words.advice


def test_no_sign_sends_anybody_up_where_its_map_leads_to_shelters_nobody_asked_the_height_of():
    for kind, phrase in (("泥石流", "泥石流危险"), ("山洪泥石流", "山洪危险")):
        words = sign_words(kind)
        assert words.phrase == phrase
        assert "高处" not in words.second + words.advice
        assert "速离沟道" in words.second
        assert "不顺沟跑" in words.advice
