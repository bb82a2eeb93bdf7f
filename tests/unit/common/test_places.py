"""The program's own files are found, and a missing one is a sentence."""

import pytest

from geohazard_desktop.common import places
from geohazard_desktop.common.errors import ResourceMissing


@pytest.fixture
def forget():
    places._root_of.cache_clear()
    yield
    places._root_of.cache_clear()


def test_the_checkout_holds_layers_and_resources():
    assert places.layer_file("danger_zone.toml").is_file()
    assert places.resource("districts").is_dir()


def test_a_missing_file_is_named():
    with pytest.raises(ResourceMissing) as refused:
        places.resource("templates", "没有这个.typ")
    assert "没有这个.typ" in refused.value.sentence
    assert refused.value.remedy


def test_an_office_may_keep_its_own(forget, monkeypatch, tmp_path):
    (tmp_path / "own.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("GEOHAZARD_LAYERS", str(tmp_path))
    assert places.layer_file("own.toml") == tmp_path / "own.toml"


def test_a_frozen_program_finds_them_below_its_own_folder(forget, monkeypatch, tmp_path):
    (tmp_path / "resources" / "symbols").mkdir(parents=True)
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert places.resource("symbols") == tmp_path / "resources" / "symbols"
