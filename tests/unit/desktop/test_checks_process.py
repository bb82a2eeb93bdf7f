"""The checks of a large workspace run in a process of their own: the same list, progress, refusals with their code."""

import pytest

from geohazard_desktop.common.errors import NotAWorkspace
from geohazard_desktop.desktop.apart import run_apart
from geohazard_desktop.desktop.checking.process import look_at_file


def test_a_run_apart_finds_what_a_run_here_finds_and_says_how_far_it_is(demo_path):
    told: list[tuple[int, int, str]] = []
    apart = look_at_file(demo_path, lambda *words: told.append(words), apart=True)
    here = look_at_file(demo_path, lambda *_words: None, apart=False)
    assert [one.sentence for one in apart[0]] == [one.sentence for one in here[0]]
    assert apart[0]
    assert apart[1] == here[1]
    assert max(done for done, _total, _words in told) > 0


def test_a_run_is_ended_when_it_is_stopped(demo_path):
    class Stopped(Exception):
        pass

    def stop(*_words: object) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        look_at_file(demo_path, stop, apart=True)


def test_what_is_refused_apart_has_its_code(tmp_path):
    path = tmp_path / "不是.gpkg"
    path.write_bytes(b"no workspace")
    with pytest.raises(Exception, match="不是") as refused:
        run_apart("geohazard_desktop.desktop.checking.process:look_at_all", path, progress=lambda *_words: None)
    assert refused.value.code == NotAWorkspace.code
