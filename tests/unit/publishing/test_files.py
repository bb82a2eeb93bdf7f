"""What leaves the office has a name that Windows, Linux and a stick take, and is as long as they take."""

import pytest

from geohazard_desktop.common.whole_files import write_whole
from geohazard_desktop.publishing.files import LONGEST_NAME, file_name, free_path


@pytest.mark.parametrize("name", ["CON", "nul", "AUX.5", "com1", "LPT¹", "CONOUT$", "nul .甲"])
def test_names_of_devices_are_no_file_names(name):
    assert file_name(name) == f"_{name}"


@pytest.mark.parametrize("name", ["COM", "CONTROL", "A.NUL", "五虎山"])
def test_other_names_stay(name):
    assert file_name(name) == name


@pytest.mark.parametrize("name", ["..", "南沟. .", "a/b\\c:d", "\u202e\u200b", "  ", "甲\n乙\0"])
def test_no_name_ends_in_a_dot_or_leads_elsewhere(name):
    made = file_name(name)
    assert made
    assert made == made.strip(" .")
    assert not set(made) & set('\\/:*?"<>|\n\0\u202e\u200b')


@pytest.mark.parametrize("sign", ["长", "a", "\U00020bb7", "😀", "."])
def test_the_longest_name_fits_and_can_be_written(sign, tmp_path):
    name = file_name(sign * 200)
    assert len(name) <= LONGEST_NAME
    write_whole(tmp_path / f"{name}.pdf", b"x")
    assert (tmp_path / f"{name}.pdf").read_bytes() == b"x"


def test_of_a_long_name_what_it_is_for_stays():
    """Cut at the end, the public sheet would have had the internal one's name and taken its place."""
    names = [file_name("WD-W-0001", "很长的名称" * 30, "A3", use) for use in ("内部", "公开")]
    assert names[0].startswith("WD-W-0001_很长的名称")
    assert [one[-6:] for one in names] == ["_A3_内部", "_A3_公开"]


def test_a_name_that_is_taken_gets_a_number_and_nothing_is_replaced(tmp_path):
    wanted = tmp_path / "意见图_东坡.pdf"
    made = []
    for _time in range(3):
        made.append(free_path(wanted))
        made[-1].touch()
    assert [one.name for one in made] == ["意见图_东坡.pdf", "意见图_东坡_2.pdf", "意见图_东坡_3.pdf"]
