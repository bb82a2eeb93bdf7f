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
