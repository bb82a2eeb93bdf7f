"""What a new user meets first: the locks, the set-up, the README."""

import importlib.util
import os
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from geohazard_desktop.app import main

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-test.lock")


def _locked(name: str) -> dict[str, str]:
    """Package to version; each with at least one hash."""
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.findall(r"^([a-z0-9-]+)==(\S+)[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M)
    assert len(entries) == len(re.findall(r"^[^\s#]", text, re.M)), "an entry without an exact version or a hash"
    return {package: version for package, version, _hashes in entries}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text


def test_the_locks_hold_what_pyproject_asks_for_and_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime, test = map(_locked, LOCKS)

    def names(words: list[str]) -> set[str]:
        return {re.split(r"[<>=!;\[ ]", one)[0].lower().replace("_", "-") for one in words}

    assert names(project["dependencies"]) <= set(runtime)
    assert names(project["optional-dependencies"]["test"]) <= set(test)
    assert runtime.items() <= test.items()
    assert runtime["pyside6"] == "6.9.3"


@pytest.fixture
def prepare(tmp_path, monkeypatch) -> ModuleType:
    """scripts/prepare.py with an environment folder of this test's own."""
    monkeypatch.syspath_prepend(ROOT / "scripts")  # as it is when it is run
    spec = importlib.util.spec_from_file_location("prepare", ROOT / "scripts" / "prepare.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / module.STAMP.name)
    return module


def test_an_environment_of_someone_else_is_not_touched(prepare, tmp_path):
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "own").write_text("", encoding="utf-8")
    sentence = prepare.install(for_tests=False)
    assert "不是本程序建的" in sentence
    assert (tmp_path / ".venv" / "own").exists()


def test_what_is_installed_is_not_installed_again(prepare, tmp_path, monkeypatch):
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    prepare.PYTHON.write_text("", encoding="utf-8")
    stamp = prepare._stamp(ROOT / "requirements-test.lock")
    prepare.STAMP.write_text(f"{stamp}\n{prepare.WORKS}\n", encoding="utf-8")

    def never(*words: object, **more: object) -> None:
        raise AssertionError(words)

    monkeypatch.setattr(prepare.subprocess, "run", never)
    assert prepare.install(for_tests=False) == ""
    assert prepare.install(for_tests=True) == ""


def test_too_old_a_python_is_said(prepare, monkeypatch):
    monkeypatch.setattr(prepare.sys, "version_info", (3, 9, 2))
    assert "需要 64 位的 Python 3.11" in prepare.install(for_tests=False)


def test_without_a_window_each_step_is_made_and_named(prepare, tmp_path, monkeypatch, capsys):
    steps = []
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "run", lambda *words: steps.append(words[0]) or 0)
    assert prepare.show_without_window() == 0
    assert steps == ["new", "map", "map", "cards", "web"]
    said = capsys.readouterr().out
    assert "没有显示器" in said
    assert str(tmp_path / prepare.DEMO_FOLDER) in said


def test_packages_of_another_programs_python_are_not_taken_for_ours(prepare, tmp_path, monkeypatch):
    """Map programs and databases set these for the whole machine."""
    for name in ("PYTHONPATH", "PYTHONHOME"):
        monkeypatch.setenv(name, str(tmp_path))
    seen = []
    monkeypatch.setattr(prepare, "install", lambda for_tests: seen.append(dict(os.environ)) or "")
    assert prepare.main(["--install-only"]) == 0
    assert not {"PYTHONPATH", "PYTHONHOME"} & set(seen[0])


def test_without_a_window_a_refusal_stops_the_rest(prepare, tmp_path, monkeypatch, capsys):
    steps = []
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "run", lambda *words: steps.append(words[0]) or (2 if words[0] == "map" else 0))
    assert prepare.show_without_window() == 2
    assert steps == ["new", "map"]
    assert "没有做成" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["setup.cmd", "test.cmd"])
def test_windows_scripts_have_windows_line_ends(name):
    """cmd.exe reads a UTF-8 file with bare line feeds wrongly."""
    data = (ROOT / name).read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"chcp 65001" in data


def test_the_readme_lists_every_command(capsys):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert main(["--help"]) == 0
    commands = re.findall(r"^    (\w+) ", capsys.readouterr().out, re.M)
    assert {"new", "import", "layers", "check", "map", "cards", "web"} <= set(commands)
    assert [one for one in commands if f"`main.py {one} " not in readme] == []
    for line in ("bash setup.sh\n", "bash test.sh\n", "setup.cmd\n", "test.cmd\n"):
        assert line in readme


def test_ci_runs_the_readmes_second_command():
    assert "bash test.sh" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
