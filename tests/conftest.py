"""What every test stands on: no screen, a home of its own, an invented district."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from geohazard_desktop.domain.district import District, Setting


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("GEOHAZARD_HOME", str(folder))
    return folder


@pytest.fixture
def district() -> District:
    facts = {
        "district.name": "示例区",
        "district.code": "990101",
        "district.prefix": "SL",
        "district.parent": "示例市",
        "district.epsg": 4524,
        "office.name": "示例区自然资源分局",
        "duty.phone": "0000-0000000",
    }
    return District({key: Setting(key, key, value, "测试") for key, value in facts.items()})
