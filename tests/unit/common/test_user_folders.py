"""Where a user's files lie, on any system, and what is said where they can't."""

import subprocess
import sys
from pathlib import Path

import pytest

from geohazard_desktop.common.user_folders import (
    FolderUnusable,
    cache_folder,
    config_folder,
    documents_folder,
    log_folder,
    state_folder,
)

ALL = [cache_folder, config_folder, documents_folder, log_folder, state_folder]


def test_one_variable_moves_them_all(home):
    folders = [folder() for folder in ALL]
    assert all(one.is_dir() and one.is_relative_to(home) for one in folders)
    assert len(set(folders)) == len(ALL)


def test_a_relative_home_becomes_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GEOHAZARD_HOME", "便携")
    assert config_folder() == tmp_path / "便携" / "config"


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="XDG folders are Linux's")
def test_the_documents_of_a_chinese_desktop(tmp_path):
    """麒麟 and 统信 call the folder 文档 and say so in user-dirs.dirs."""
    config = tmp_path / ".config"
    config.mkdir()
    (config / "user-dirs.dirs").write_text('XDG_DOCUMENTS_DIR="$HOME/文档"\n', encoding="utf-8")
    words = "from geohazard_desktop.common.user_folders import *; print(documents_folder(), config_folder(), sep='|')"
    environment = {"HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[3]), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", words], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    documents, config_of_program = done.stdout.strip().split("|")
    assert Path(documents) == tmp_path / "文档"
    assert Path(config_of_program) == config / "geohazard_desktop"
    assert Path(documents).is_dir()


def test_a_folder_that_cannot_be_made_is_said(tmp_path, monkeypatch):
    (tmp_path / "文件").write_text("", encoding="utf-8")
    monkeypatch.setenv("GEOHAZARD_HOME", str(tmp_path / "文件"))
    with pytest.raises(FolderUnusable) as refused:
        config_folder()
    assert "文件" in refused.value.sentence
    assert refused.value.sentence.endswith("。")
    assert "GEOHAZARD_HOME" in refused.value.remedy
