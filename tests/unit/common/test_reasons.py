"""Why the system refused a file is said in Chinese, whatever the machine speaks."""

import errno
import re

import pytest

from geohazard_desktop.common.reasons import reason_of


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ENOENT, errno.EISDIR, errno.EIO])
def test_a_known_reason_has_no_english_word(number):
    assert not re.search(r"[A-Za-z]", reason_of(OSError(number, "No such thing")))


def test_an_unknown_reason_is_told_by_its_code():
    assert reason_of(OSError(errno.EPIPE, "Broken pipe")) == "系统不让，代号 EPIPE"
    assert reason_of(OSError("just words")) == "系统不让，代号 0"


def on_windows(number: int, path: str = "D:\\图\\警示图.pdf", *, also: int = errno.EACCES) -> OSError:
    """An error as Python makes it on Windows, where many of the system's numbers become one errno."""
    error = OSError(also, "The process cannot access the file", path)
    error.winerror = number
    return error


@pytest.mark.parametrize("number", [32, 33, 1224])
def test_a_file_that_another_program_has_open_is_said_on_windows(number):
    assert reason_of(on_windows(number)) == "文件正被其他程序打开"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (5, "没有权限，或文件正被其他程序打开"),  # what moving over an open file gives
        (19, "写保护"),
        (21, "移动盘"),
        (64, "网络盘断开了"),
        (112, "磁盘满了"),
        (206, "路径太长"),
        (225, "杀毒软件"),
    ],
)
def test_windows_own_numbers_say_more_than_one_errno(number, words):
    assert words in reason_of(on_windows(number))
    assert not re.search(r"[A-Za-z]", reason_of(on_windows(number)).replace("Windows", ""))


def test_a_path_that_is_too_long_for_windows_is_not_called_missing():
    long = "D:\\" + "很深的文件夹\\" * 40 + "图.pdf"
    assert "路径太长" in reason_of(on_windows(3, long, also=errno.ENOENT))
    assert reason_of(on_windows(3, also=errno.ENOENT)) == "文件夹或文件不在"
