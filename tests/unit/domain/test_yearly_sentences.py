"""Sentences of the yearly plan: each with its source, those of one district in no other's plan."""

from geohazard_desktop.domain.yearly_sentences import approval, contents, contents_source, sentences, stretches, trend

HERE, ELSEWHERE = "150304", "990101"


def test_the_contents_are_the_five_of_the_regulation():
    assert contents() == (
        "主要灾害点的分布",
        "地质灾害的威胁对象、范围",
        "重点防范期",
        "地质灾害防治措施",
        "地质灾害的监测、预防责任人",
    )
    assert contents_source().words == "条例第十八条"
    assert not approval().source.verified  # nobody held it beside the regulation's own words


def test_what_one_districts_plan_says_is_in_no_other_plan():
    assert len(stretches(HERE)) == 4
    assert len(sentences("key_area", HERE)) == 6
    assert trend(HERE) is not None
    assert stretches(ELSEWHERE) == sentences("key_area", ELSEWHERE) == []
    assert trend(ELSEWHERE) is None
    assert [one.words for one in sentences("basis", ELSEWHERE)] == ["《地质灾害防治条例》（国务院令第 394 号）"]
    assert "乌" not in "".join(one.words for key in ("measure", "support") for one in sentences(key, ELSEWHERE))


def test_each_sentence_names_its_source_and_says_whether_it_is_sure():
    found = [one for key in ("basis", "key_area", "measure", "support") for one in sentences(key, HERE)]
    assert all(one.source.words for one in found)
    assert {one.source.verified for one in found if "本程序" in one.source.words} == {False}
    assert all(one.source.verified for one in found if "本程序" not in one.source.words)
