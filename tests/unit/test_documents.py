"""What ARCHITECTURE and CONTRIBUTING tell of is there: files, folders, and names that can be imported."""

import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("ARCHITECTURE.md", "CONTRIBUTING.md")
NAMED = r"(?<![\w/.*<>-])[\w./-]+\.(?:py|typ|toml|js|css|html|md|lock|sh|cmd)\b"
IMPORT = re.compile(r"^from (geohazard_desktop[\w.]*) import ([\w, ]+)", re.M)


@pytest.fixture(scope="module")
def files() -> set[str]:
    """Every path of the repository and each of its ends: `sheets/room.py` of `…/publishing/sheets/room.py`."""
    found = set()
    for folder in ("geohazard_desktop", "layers", "resources", "scripts", "tests", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            parts = path.relative_to(ROOT).parts
            found |= {"/".join(parts[start:]) for start in range(len(parts))}
    return found | {one.name for one in ROOT.iterdir()}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_and_folder_it_names_is_there(name, files):
    told = re.findall(r"`([^`\n]+)`", (ROOT / name).read_text(encoding="utf-8"))
    paths = [path for code in told for path in re.findall(NAMED, code)]
    folders = [code.rstrip("/") for code in told if re.fullmatch(r"[\w./-]+/", code)]
    assert len(paths) > 20
    assert [one for one in (*paths, *folders) if one not in files] == []


def test_every_name_of_a_contract_can_be_imported():
    contracts = IMPORT.findall((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    assert len(contracts) > 50
    lacking = [
        f"{module}: {name}"
        for module, names in contracts
        for name in re.findall(r"\w+", names)
        if not hasattr(import_module(module), name) and not (ROOT.joinpath(*module.split(".")) / f"{name}.py").exists()
    ]
    assert lacking == []


def test_files_of_tests_have_names_of_their_own():
    """Two of one name end a run before it begins, wherever they lie."""
    counts = Counter(one.name for one in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in counts.items() if count > 1] == []
