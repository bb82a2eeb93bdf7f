"""What stands in 本住户注意事项: nothing is lost, and nothing is said twice in the same words."""

from geohazard_desktop.domain.hazard import card_notes
from geohazard_desktop.publishing.cards.notes import household_notes


def test_without_any_words_the_cell_is_left_to_be_written_in():
    assert household_notes("", "", None) is None


def test_words_of_the_hazard_that_stand_in_the_own_notes_are_not_repeated():
    standard = card_notes("泥石流")
    own = f"先叫邻居。{standard.sentences[0]}沟水变浑"
    notes = household_notes(own, "沟水变浑", standard)
    assert notes.text == own + "。" + "".join(standard.sentences[1:])
    assert notes.strong == ("马上避让",)


def test_only_the_same_letters_are_the_same_words_whatever_stands_between_them():
    standard = card_notes("泥石流")
    assert standard.sentences[0] == "上游下雨时，不进河床和沟道。"
    own = "上游下雨时不进河床和沟道"
    assert household_notes(own, "", standard).text == own + "。" + "".join(standard.sentences[1:])
    own = "上游下雨，不进沟道"  # as much as the sentence says? nobody is sure
    assert household_notes(own, "", standard).text == own + "。" + "".join(standard.sentences)
    assert "迹象：一天加宽3.5毫米" in household_notes("一天加宽35毫米", "一天加宽3.5毫米", None).text


def test_signs_follow_the_own_notes():
    assert household_notes("先叫邻居！", "沟水变浑；", None).text == "先叫邻居！迹象：沟水变浑；"
