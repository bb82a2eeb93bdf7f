"""What every test stands on: no screen, a home of its own, an invented district, workspaces to work in."""

import gc
import hashlib
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path

import pytest
from fresh import fresh_workspace
from hypothesis import settings
from PySide6.QtWidgets import QApplication

from geohazard_desktop.cartography.new_workspace import new_workspace
from geohazard_desktop.common.scratch import scratch
from geohazard_desktop.desktop.cycle_collector import CycleCollector
from geohazard_desktop.domain.district import District, Setting, read_district
from geohazard_desktop.workspace import connection
from geohazard_desktop.workspace.workspace import Workspace

_MOST_BYTES = 400
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if sys.platform == "win32":  # the offscreen platform finds no fonts there by itself
    os.environ.setdefault("QT_QPA_FONTDIR", str(Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "Fonts"))
# pytest's own folders stay where it puts them, so that those of a failed test can be looked into. All else that tests
# and the processes they start put down for moments goes with the run: workers lie in the folder of who started them,
# and what a run leaves that is killed is swept away at the end of the next one.
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
for _name in ("TMPDIR", "TEMP", "TMP"):
    os.environ[_name] = str(scratch())
# Fixtures wider than one test start before `home` below: they must not write into the user's own folders either.
os.environ["GEOHAZARD_HOME"] = str(scratch() / "home")
# Nobody pulls the plug on a test: what is written need not reach the disk itself before it goes on. A killed process
# loses nothing by that, and waiting for the disk took as long as all the work. Processes that tests start do wait.
connection.SYNCHRONOUS = "OFF"
os.fsync = lambda _file: None
os.environ["OGR_SQLITE_SYNCHRONOUS"] = "OFF"
# No deadline: a busy machine is slow, not wrong. Where a submission is judged, the same examples come each time.
# `--hypothesis-profile thorough` looks longer than every run can.
settings.register_profile("geohazard", deadline=None, max_examples=40, derandomize=bool(os.environ.get("CI")))
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("geohazard")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """The tests that are read stay: looking through them again and again for cycles is a seventh of the reading."""
    gc.disable()
    result = yield
    gc.freeze()
    return result


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Two files that differ are told by size and digest: where a submission is judged pytest prints each byte, and the
    names of the tests that failed are lost among them."""
    brief = _brief(left), _brief(right)
    return None if brief == (left, right) else [f"{brief[0]!r} {op} {brief[1]!r}"]


def _brief(value: object) -> object:
    if isinstance(value, bytes) and len(value) > _MOST_BYTES:
        return f"<{len(value)} bytes {hashlib.sha256(value).hexdigest()[:12]}>"
    if isinstance(value, dict):
        return {key: _brief(one) for key, one in value.items()}
    return type(value)(map(_brief, value)) if type(value) in (list, tuple, set) else value


@pytest.fixture(scope="session", autouse=True)
def application() -> QApplication:
    """One for all tests: what only measures text would else make an application that can show no window."""
    return QApplication.instance() or QApplication(["tests"])


@pytest.fixture(scope="session")
def _cycle_collector(application: QApplication) -> CycleCollector:
    return CycleCollector(application)


@pytest.fixture(autouse=True)
def cycles_looked_for(_cycle_collector: CycleCollector) -> Iterator[None]:
    """As in the program: where events are handled, and once a test for those that handle none."""
    yield
    _cycle_collector.look()


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Numbered here: pytest looks through all folders beside it for each that it numbers, thousands at the end."""
    homes = tmp_path_factory.mktemp("homes")
    return (homes / str(number) for number in count(1))


@pytest.fixture(autouse=True)
def home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """This test's own settings, documents and logs."""
    folder = next(_homes)
    folder.mkdir()
    monkeypatch.setenv("GEOHAZARD_HOME", str(folder))
    return folder


class _Errors(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def no_unexpected_error(request: pytest.FixtureRequest) -> Iterator[None]:
    """A logged error nobody expected fails the test; `@pytest.mark.logs_errors` says that it is expected."""
    handler = _Errors()
    root = logging.getLogger()
    root.addHandler(handler)
    yield
    root.removeHandler(handler)
    if handler.records and request.node.get_closest_marker("logs_errors") is None:
        formatter = logging.Formatter("%(levelname)s %(name)s: %(message)s")
        pytest.fail("unexpected error in the log:\n" + "\n".join(map(formatter.format, handler.records)), pytrace=False)


@pytest.fixture
def district() -> District:
    """An invented district: a second one must work by its settings and data alone."""
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


@pytest.fixture
def workspace(tmp_path: Path, district: District) -> Iterator[Workspace]:
    """An empty workspace of the invented district, open for writing."""
    with fresh_workspace(tmp_path / "示例 工作区.gpkg", district) as made:
        yield made


@pytest.fixture(scope="session")
def _demo_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "演示.gpkg"
    new_workspace(path, read_district(), demo=True).close()
    return path


@pytest.fixture
def demo_path(_demo_master: Path, tmp_path: Path) -> Path:
    """A copy of the demo workspace, this test's own to change. The demo is loaded once a session."""
    return Path(shutil.copy(_demo_master, tmp_path / "演示 工作区.gpkg"))
