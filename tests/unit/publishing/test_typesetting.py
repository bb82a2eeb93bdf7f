import io
import re

import pikepdf
import pypdfium2
import pytest
import typst

from geohazard_desktop.common.errors import FontMissing, TypesettingFailed
from geohazard_desktop.common.places import resource
from geohazard_desktop.publishing.cards.forms import (
    HOUSEHOLD_CARD,
    LARGE_PRINT,
    WORK_CARD,
    HouseholdBack,
    HouseholdCard,
    Member,
    WalkingTime,
    WayStep,
    WorkCard,
    cards_data,
)
from geohazard_desktop.publishing.form_fields import Emphasised, Issue
from geohazard_desktop.publishing.sheets.map_forms import (
    MAP_SHEET,
    GridLine,
    LegendGroup,
    LegendItem,
    MapFrame,
    MapMark,
    MapSheet,
    MapWay,
    SheetRoute,
)
from geohazard_desktop.publishing.sheets.papers import PAPERS, public_layouts, sheet_layout
from geohazard_desktop.publishing.typeset import fonts_for_paper
from geohazard_desktop.publishing.typeset.fonts_for_paper import CharacterMap, paper_fonts
from geohazard_desktop.publishing.typeset.typesetting import typeset, uncovered_characters

HOSTILE = '#strong[x] $a$ \\u{41} </script><script>alert(1)</script> *b* _i_ `c` @ref "q" // ='
MAP = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 158 133" width="158mm" height="133mm">'
    '<path d="M0 0H60V76H0Z" fill="none" stroke="#D7000F"/>'
    '<text x="9" y="20" font-family="Noto Sans CJK SC" font-size="6">𠮷祥巷 WD-W-0009</text></svg>'
)
ISSUE = Issue(version=2, check_code="K7M4", duty_phone="0000-0000000", schematic=True, drafts=("示例危险区",))


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    document.close()
    return texts


def flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def household(count: int = 4, **values: object) -> HouseholdCard:
    known: dict[str, object] = {
        "zone_name": "示例危险区",
        "zone_id": "WD-W-0008",
        "card_number": "990101040001-B017",
        "head": "李示例",
        "people": count,
        "members": tuple(Member(name=f"成员{n}号", sex="女", age=n) for n in range(1, count + 1)),
        "hazard_scale": "裂缝宽 5 mm",
        "monitor_phone": "139 0000 0001",
        "position_relation": Emphasised("位于塌陷坑东侧约 70 米", ("东侧约 70 米",)),
        "issue": ISSUE,
    }
    return HouseholdCard(**(known | values))


def back() -> HouseholdBack:
    return HouseholdBack(
        headline="听到信号，走 2 号路线到文化广场",
        map=MapFrame(
            picture="map",
            denominator=2500,
            alt="路线图",
            ways=(
                MapWay(kind="door", points=((30, 30), (30, 40))),
                MapWay(kind="route", points=((30, 40), (100, 40), (100, 100))),
            ),
            marks=(MapMark(kind="home", at=(30, 30)), MapMark(kind="step", at=(50, 46), words="1")),
        ),
        steps=(WayStep(words=Emphasised("走 220 米，到卫生室右转", ("卫生室",)), metres=220),),
        door_metres=40,
        route_metres=490,
        total_metres=530,
        times=tuple(WalkingTime(who=who, minutes=n) for who, n in (("常人", 9), ("老人", 12), ("慢行", 18))),
        start_note="不含动身的时间",
        shelter="文化广场",
        shelter_capacity=500,
    )


def set_household(*cards: HouseholdCard, **options: object) -> bytes:
    return typeset(HOUSEHOLD_CARD, cards_data(list(cards)), {"map": MAP}, title="避险明白卡", **options)


def test_front_and_back_say_what_the_card_knows():
    front, behind = pages(set_household(household(back=back())))
    for words in ("李示例", "WD-W-0008", "裂缝宽 5 mm", "139 0000 0001", "位于塌陷坑东侧约 70 米", "成员4号", "K7M4"):
        assert words in front
    for words in (
        "听到信号，走 2 号路线到文化广场",
        "我家",
        "卫生室",
        "共约 530 米",
        "约 40 米（直线）",
        "500",
        "𠮷祥巷",
    ):
        assert words in behind
    assert [n in behind for n in ("9 分钟", "12 分钟", "18 分钟")] == [True] * 3
    assert "不含动身的时间" in behind


def test_marks_stand_on_every_page():
    pdf = set_household(household(13, back=back(), notes="长" * 900))
    texts = pages(pdf)
    assert len(texts) >= 3
    for text in texts:
        assert "拟划" in text
        assert "示意数据" in text
    sure = Issue(version=1)
    assert not any("拟划" in text or "示意" in text for text in pages(set_household(household(issue=sure))))


def test_every_font_is_an_embedded_subset_and_the_pdf_is_tagged():
    with pikepdf.open(io.BytesIO(set_household(household(back=back())))) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert pdf.Root.StructTreeRoot is not None
        assert str(pdf.docinfo["/Title"]) == "避险明白卡"
        names = set()
        for page in pdf.pages:
            for font in page.resources.Font.values():
                below = font.DescendantFonts[0].FontDescriptor
                assert any(key in below for key in ("/FontFile2", "/FontFile3"))
                names.add(str(font.BaseFont))
        assert names
        assert all(re.match(r"/[A-Z]{6}\+", name) for name in names)


def test_a_card_without_values_is_lines_and_labels_only():
    front, behind = pages(set_household(HouseholdCard(back=HouseholdBack())))
    assert "户主姓名" in front
    for invented in ("无", "--", "None", "none", "不详"):
        assert invented not in front
    assert "0" not in re.sub(r"24 小时", "", behind)
    (work,) = pages(typeset(WORK_CARD, cards_data([WorkCard()]), title="工作卡"))
    assert "临灾预报的判据" in work
    assert not re.search(r"\d", work.replace("一式三份", ""))


@pytest.mark.parametrize("field", ["head", "address", "zone_name", "notes", "evacuation_route", "card_number"])
def test_hostile_text_is_printed_as_written(field):
    text = " ".join(pages(set_household(household(**{field: HOSTILE}))))
    assert flat(HOSTILE) in flat(text)


def test_rare_characters_copy_right():
    text = pages(set_household(household(head="李𠮷㐂")))[0]
    assert "李𠮷㐂" in text


@pytest.mark.parametrize("long", ["长" * 120, "x" * 120, "http://" + "a" * 200, "甲乙 " * 60])
def test_long_values_stay_whole_and_inside_the_page(long):
    names = (Member(name=long, sex="男", age=70),)
    pdf = set_household(household(head=long, address=long, members=names, shelter=long, back=back()))
    assert flat(long) in flat("".join(pages(pdf)))
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        width, _height = page.get_size()
        words = page.get_textpage()
        for index in range(words.count_chars()):
            left, bottom, right, top = words.get_charbox(index)
            assert right <= width - 20
            assert left >= 20 or right == left
            assert bottom >= 15 or top == bottom
    document.close()


def test_more_members_than_rows_continue_on_a_further_page():
    texts = pages(set_household(household(40)))
    assert "成员10号" in texts[0]
    assert "成员11号" not in texts[0]
    assert len(texts) == 3
    assert all(f"成员{n}号" in "".join(texts) for n in range(1, 41))
    nine = pages(set_household(household(9)))
    assert len(nine) == 1
    assert "成员9号" in nine[0]


def test_each_card_with_a_back_starts_on_a_right_hand_page():
    texts = pages(set_household(household(12, back=back()), household(2, head="王示例", back=back())))
    assert "王示例" in texts[4]  # front, back, further page, left empty, front
    assert len(texts) == 6


def test_many_cards_of_one_kind_lie_in_one_file():
    cards = [WorkCard(card_number=f"99-{n}", issue=ISSUE) for n in range(25)]
    texts = pages(typeset(WORK_CARD, cards_data(cards), title="工作卡"))
    assert len(texts) == 25
    assert "99-24" in texts[24]


def test_seven_long_steps_are_still_read_by_weak_eyes():
    import dataclasses

    words = "向南走约 120 米，经过公交站、惠民超市，到东街口旁稍向左拐"
    steps = tuple(WayStep(words=words if n % 3 == 0 else f"第{n}段向东走约 90 米") for n in range(7))
    pdf = set_household(household(back=dataclasses.replace(back(), steps=steps, avoid="不走西头。")))
    page = pypdfium2.PdfDocument(pdf)[1].get_textpage()
    at, _count = page.search("第1段").get_next()
    _left, bottom, _right, top = page.get_charbox(at)
    assert top - bottom >= 0.85 * 11  # 第 fills nine tenths of its em
    assert all(step.words in "".join(pages(pdf)).replace("\n", "") for step in steps)


def png(width: int, height: int) -> bytes:
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + b"\xff\0\0" * width for _row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_a_photograph_is_printed_with_its_pixels():
    import dataclasses

    card = household(back=dataclasses.replace(back(), shelter_photo="photo"))
    pdf = typeset(HOUSEHOLD_CARD, cards_data([card]), {"map": MAP, "photo": png(40, 30)}, title="x")
    images = [one for page in pypdfium2.PdfDocument(pdf) for one in page.get_objects(filter=(3,), max_depth=8)]
    assert [one.get_px_size() for one in images] == [(40, 30)]


@pytest.mark.parametrize("content", ["<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0", "text", b"GIF89a", b""])
def test_a_broken_picture_is_named(content):
    with pytest.raises(TypesettingFailed, match="图 map "):
        typeset(HOUSEHOLD_CARD, cards_data([household(back=back())]), {"map": content}, title="x")


def test_a_picture_that_was_not_given_is_named():
    with pytest.raises(TypesettingFailed, match="图 map 没有给出来"):
        typeset(HOUSEHOLD_CARD, cards_data([household(back=back())]), {}, title="x")


def test_an_office_prints_its_logo_from_its_folder(own):
    (own / "logo.png").write_bytes(png(8, 8))
    shipped = resource("templates", "work_card.typ").read_text(encoding="utf-8")
    logo = '  at(15, 9, 10, 10, image("/logo.png", alt: "徽标"))\n  let seal'
    (own / "work_card.typ").write_text(shipped.replace("  let seal", logo, 1), encoding="utf-8")
    pdf = typeset(WORK_CARD, cards_data([WorkCard()]), title="x", folder=own)
    assert [one for page in pypdfium2.PdfDocument(pdf) for one in page.get_objects(filter=(3,), max_depth=8)]


def test_large_print_is_one_page_with_the_same_words():
    cards = [household(back=back(), warning_signal="铜锣急敲"), HouseholdCard(), household(head="长" * 120)]
    full, empty, _long = pages(typeset(LARGE_PRINT, cards_data(cards), {"map": MAP}, title="大字版"))
    for words in ("铜锣急敲", "12 分钟", "走 220 米，到卫生室右转", "0000-0000000", "拟划", "示意数据", "K7M4"):
        assert words in full
    assert "不回头取东西" in full
    assert not re.search(r"\d", empty)


def sheet(**values: object) -> tuple[MapSheet, dict[str, str]]:
    known: dict[str, object] = {
        "title": "示例区地质灾害警示图",
        "map": MapFrame(
            picture="map", denominator=50000, alt="图", grid=(GridLine(axis="east", at=20, number="78", prefix="363"),)
        ),
        "routes": (
            SheetRoute(number="1", zone_name="东山", shelter="广场", metres=1480, minutes=(25, 31, 50), capacity=600),
        ),
        "warning_signal": "铜锣急敲",
        "duty_phone": "0000-0000000",
        "donts": ("不回头取东西",),
        "legend": (LegendGroup(title="撤离与警示", items=(LegendItem(label="危险区", picture="map"),)),),
        "drawn_by": "制图人某",
        "schematic": True,
    }
    given = known | values
    if given.get("profile") == "public":
        given.setdefault("layout", next(public_layouts(PAPERS["A3"], 1, signs=False, drafts="drafts" in given)))
    given.setdefault("layout", sheet_layout(PAPERS["A3"], "internal"))
    return MapSheet(**given), {"map": MAP}


def set_sheet(**values: object) -> list[str]:
    form, pictures = sheet(**values)
    return pages(typeset(MAP_SHEET, form.data(), pictures, title="警示图"))


def test_internal_sheet_has_what_the_law_and_the_meeting_want():
    (text,) = set_sheet(drafts=("东山",))
    for words in (
        "内部用图",
        "示意数据",
        "拟划",
        "1480",
        "25",
        "31",
        "50",
        "600",
        "铜锣急敲",
        "0000-0000000",
        "78",
        "50 000",
    ):
        assert words in text
    assert "制图人某" in text


def test_public_sheet_without_number_says_so_and_shows_no_person():
    (text,) = set_sheet(profile="public")
    assert flat(text).count("未批准不得张贴") >= 2
    assert "待批" in text
    assert "制图人某" not in text
    assert "363" not in text
    (text,) = set_sheet(profile="public", review_number="示S（2026）001号", drafts=("东山",))
    assert "示S（2026）001号" in text
    assert "待批" not in text
    assert "拟划" in text


@pytest.mark.parametrize("profile", ["internal", "public"])
def test_many_routes_and_symbols_continue_and_nothing_is_lost(profile):
    routes = tuple(SheetRoute(number=str(n), zone_name=f"第{n}区", shelter=f"{n}号广场") for n in range(1, 61))
    items = tuple(LegendItem(label=f"符号{n}") for n in range(24))
    texts = set_sheet(profile=profile, routes=routes, legend=(LegendGroup(title="组", items=items),))
    assert len(texts) == 2
    whole = "".join(texts)
    assert all(f"{n}号广场" in whole for n in range(1, 61))
    assert all(f"符号{n}" in texts[0] for n in range(24))


def test_the_same_inputs_give_the_same_bytes():
    assert set_household(household(back=back())) == set_household(household(back=back()))


def test_archive_and_accessibility_standards_hold():
    from datetime import date

    assert set_household(household(back=back()), standards=("a-2a", "ua-1"), dated=date(2026, 1, 2))
    with pytest.raises(TypesettingFailed, match="日期"):
        set_household(household(), standards=("a-2b",))


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "模板"
    folder.mkdir()
    return folder


def test_an_office_overrides_one_file_and_keeps_the_rest(own):
    settings = resource("templates", "settings.toml").read_text(encoding="utf-8")
    (own / "settings.toml").write_text(settings.replace("一式三份：", "一式四份："), encoding="utf-8")
    assert "一式四份" in pages(set_household(household(), folder=own))[0]
    assert "一式三份" in pages(set_household(household()))[0]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("#let 甲 = 1\n\n第三行 #nothing(1)\n", "第 3 行第 6 列", "nothing"),
        ("#let a = (1\n", "第 1 行第 10 列", "配对"),
        ('#set text(font: "没有的字体")\n字', "第 1 行第 17 列", "没有字体"),
        ('#import "@preview/x:0.1.0": y\n', "第 1 行第 9 列", "不联网"),
        ('#json("/data.json").nothing', "第 1 行", "没有"),
        ('#read("/../../etc/passwd")', "第 1 行", "文件"),
    ],
)
def test_a_broken_template_prints_nothing_and_says_where(own, text, place, words):
    (own / "household_card.typ").write_text(text, encoding="utf-8")
    with pytest.raises(TypesettingFailed) as caught:
        set_household(household(), folder=own)
    assert "household_card.typ" in caught.value.sentence
    assert place in caught.value.sentence
    assert words in caught.value.sentence
    assert caught.value.remedy


def test_a_broken_part_is_named_by_its_own_name(own):
    (own / "parts").mkdir()
    (own / "parts" / "marks.typ").write_text("#let = 3", encoding="utf-8")
    with pytest.raises(TypesettingFailed, match=r"parts/marks\.typ"):
        set_household(household(), folder=own)


def test_an_unknown_template_is_refused():
    with pytest.raises(TypesettingFailed, match=r"没有名为 nothing\.typ 的模板"):
        typeset("nothing", {}, title="x")


def test_a_character_without_a_font_is_named_before_printing():
    # U+E000 is private use: no Chinese font that we name prints it.
    card = household(head="李\ue000")
    assert [(one.character, one.where) for one in uncovered_characters(cards_data([card]))] == [
        ("\ue000", "cards.0.head")
    ]
    with pytest.raises(FontMissing, match=r"U\+E000"):
        set_household(card)
    assert "李〓" in pages(set_household(card, missing="mark"))[0]


def test_control_codes_and_half_surrogates_print_nothing():
    assert "李示例" in pages(set_household(household(head="李\x07示\ud800例\x00")))[0]


def test_characters_in_pictures_are_looked_at_too():
    found = list(uncovered_characters({}, {"map": MAP.replace("祥", "\ue001")}))
    assert [(one.character, one.where) for one in found] == [("\ue001", "map")]
    pictures = {"map": MAP.replace("祥", "\ue001").encode()}
    with pytest.raises(FontMissing, match="E001"):
        typeset(HOUSEHOLD_CARD, cards_data([household(back=back())]), pictures, title="x")
    pdf = typeset(HOUSEHOLD_CARD, cards_data([household(back=back())]), pictures, title="x", missing="mark")
    assert "𠮷〓巷" in pages(pdf)[1]


def test_without_a_chinese_font_the_font_to_install_is_named(monkeypatch):
    monkeypatch.setattr(fonts_for_paper, "SONG", ("No Such Serif", "Nor This"))
    paper_fonts.cache_clear()
    try:
        with pytest.raises(FontMissing, match="No Such Serif"):
            set_household(household())
    finally:
        monkeypatch.undo()
        paper_fonts.cache_clear()


def test_fonts_know_their_characters():
    fonts = paper_fonts()
    assert all(fonts.covers(one) for one in "李A1，《㐂𠮷\u200d\ufe0f ")
    assert not fonts.covers("\ue000")


def test_character_map_reads_segments_with_gaps():
    # A format 4 table: 0x41..0x43 by glyph array, of which 0x42 is lacking, and 0x61..0x62 by delta.
    import struct

    ends, starts = (0x43, 0x62, 0xFFFF), (0x41, 0x61, 0xFFFF)
    body = struct.pack(">HHHH", 6, 0, 0, 0)
    body += struct.pack(">3H", *ends) + b"\0\0" + struct.pack(">3H", *starts)
    body += struct.pack(">3H", 0, 0, 1) + struct.pack(">3H", 6, 0, 0) + struct.pack(">3H", 5, 0, 7)
    table = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(">HHH", 4, 6 + len(body), 0) + body
    found = CharacterMap._parse(table)
    assert [found.covers(code) for code in (0x40, 0x41, 0x42, 0x43, 0x44, 0x61, 0x62, 0xFFFF)] == [
        False, True, False, True, False, True, True, False,
    ]  # fmt: skip


def test_pictures_are_not_read_as_pages(monkeypatch):
    """Typst reads every file as its own language first, which took a tenth of the time of a map."""
    given = {}
    real = typst.compile_with_warnings

    def looked_at(files, **options):
        given.update(files)
        return real(files, **options)

    monkeypatch.setattr(typst, "compile_with_warnings", looked_at)
    typeset(HOUSEHOLD_CARD, cards_data([household(back=back())]), {"map": MAP}, title="卡")
    assert given["pictures/0.svg"].startswith(b"<!--/*")
