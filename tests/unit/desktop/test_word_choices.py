"""Which choice is meant by words that are none: what was answered stays answered, and nothing unseen is applied."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from geohazard_desktop.desktop.imports.word_choices import WordChooser
from geohazard_desktop.exchange.word_questions import WordQuestion

CHOICES = ("正常", "缓行", "需搀扶", "卧床")


def asked(*words: str, count: int = 2) -> list[WordQuestion]:
    return [WordQuestion("行动能力", word, count, CHOICES, "需搀扶") for word in words]


@pytest.fixture
def chooser(application):
    """In a window that is not shown: by itself it would be one, and take the keys from those of later tests."""
    holder = QWidget()
    made = WordChooser()
    made.setParent(holder)
    yield made
    holder.deleteLater()


def test_an_answer_stays_while_its_word_is_asked_about_and_goes_with_it(chooser):
    told = []
    chooser.chosen.connect(told.append)
    chooser.show_questions(asked("轮椅", "残疾"), {})
    box = chooser.boxes["轮椅"]
    box.setCurrentIndex(box.findData("卧床"))
    box.activated.emit(box.currentIndex())
    assert told == [{"轮椅": "卧床"}]
    chooser.show_questions(asked("轮椅", "残疾", count=3), {"轮椅": "卧床"})  # of another part of the list
    assert chooser.boxes["轮椅"].currentData() == "卧床"
    assert told == [{"轮椅": "卧床"}], "nothing else is meant now"
    chooser.show_questions(asked("残疾"), {"轮椅": "卧床"})
    assert told[-1] == {}, "what no box says is not applied"
    chooser.show_questions(asked("轮椅", "残疾"), {"残疾": "卧床"})  # another table of the file, answered before
    assert [chooser.boxes[one].currentData() for one in ("轮椅", "残疾")] == ["", "卧床"]


def test_answers_outlast_a_table_that_is_not_ticked_for_a_while(chooser):
    told = []
    chooser.chosen.connect(told.append)
    chooser.show_questions(asked("轮椅"), {"轮椅": "卧床"})
    chooser.show_questions([], {"轮椅": "卧床"})
    assert told == []
    chooser.show_questions(asked("轮椅"), {"轮椅": "卧床"})
    assert chooser.boxes["轮椅"].currentData() == "卧床"


def test_words_beyond_the_rows_are_counted(chooser):
    chooser.show_questions(asked(*(f"写法{number}" for number in range(15))), {})
    last = chooser._column.itemAt(chooser._column.count() - 1).widget()
    assert last.text() == "另有 3 种写法没有列出，导入以后空着。"


def test_what_a_remark_says_is_asked_about_apart_with_an_example(chooser):
    remark = WordQuestion(
        "在家情况", "夜班", 3, ("白天没人", "夜里没人"), "夜里没人", "备注", ("夜班，晚上没人", "<b>夜班</b>")
    )
    chooser.show_questions([*asked("夜班"), remark], {remark.key: "夜里没人"})
    texts = [one.text() for one in chooser.findChildren(QLabel)]
    assert "“备注”里写着这些，选了就登记成“在家情况”，不选的只留在备注里" in texts
    assert "“夜班”（3 行，如“夜班，晚上没人”）是" in texts
    assert "&lt;b&gt;夜班" in chooser.boxes[remark.key].parentWidget().toolTip()
    assert chooser.boxes[remark.key].currentData() == "夜里没人"
    assert not chooser.boxes["夜班"].currentData()  # the same word in 行动能力 is another question
