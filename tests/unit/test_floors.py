"""The house stands as ARCHITECTURE.md says: who may import whom, where Qt's widgets are, what is imported late."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "geohazard_desktop"

# From the ground up; a folder imports from itself and from what stands before it, with the two exceptions below.
FLOORS = ("common", "domain", "workspace", "exchange", "analysis", "checks", "cartography", "publishing", "editing")
NEIGHBOURS = {("analysis", "exchange"), ("checks", "exchange"), ("exchange", "analysis")}  # side by side, no stairs
FLOORS_AND_WINDOW = (*FLOORS, "desktop")

STANDARD = frozenset(sys.stdlib_module_names)
GEOMETRY = STANDARD | {"numpy", "shapely", "pyproj"}
GUI = GEOMETRY | {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtSvg"}
WIDGETS = GUI | {"PySide6.QtWidgets", "PySide6.QtPrintSupport", "PySide6.QtPdf", "PySide6.QtPdfWidgets"}
WEB_ENGINE = frozenset({"PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets"})
MAY_NAME = {
    "common": STANDARD | {"platformdirs", "pypinyin"},
    "domain": STANDARD,
    "workspace": GEOMETRY | {"tomli", "tomlkit"},
    "exchange": GEOMETRY | {"pyogrio", "geopandas", "pandas", "openpyxl", "PIL"},
    "analysis": GEOMETRY | {"scipy"},
    "checks": GEOMETRY,
    "cartography": GUI | {"rasterio"},
    "publishing": GUI | {"typst", "folium", "branca", "xstatic", "segno", "docx"},
    "editing": GUI,
    "desktop": WIDGETS | WEB_ENGINE | {"shiboken6"},
}
# 1.7 to 2.9 s of import on a two-core machine, or a browser: never on the way to the first map.
LATE = (
    *("pandas", "geopandas", "pyogrio", "rasterio", "folium", "typst", "openpyxl", "tomlkit", "scipy"),
    *("pypinyin", "PIL", "segno", "docx", "lxml"),
    *WEB_ENGINE,
)
# Our own that the first map does without: what paints swatches, prints, filters registers, reads typed places.
AFTER_THE_MAP = tuple(
    f"geohazard_desktop.{one}"
    for one in (
        *("cartography.legend", "cartography.labels", "editing.typed"),
        *("publishing.typeset.press", "publishing.form_fields", "workspace.register_query"),
    )
)


def _imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """Every module that `path` names: its dotted name, the line, and whether it is imported as the file is read."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    inside = {
        id(deeper)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for deeper in ast.walk(node)
    }
    typing_only = {
        id(deeper)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for deeper in ast.walk(node)
    }
    for node in ast.walk(tree):
        early = id(node) not in inside and id(node) not in typing_only
        if isinstance(node, ast.Import):
            for one in node.names:
                yield one.name, node.lineno, early
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import; the floors are named in full"
            for one in node.names:
                # "from PySide6 import QtCore" and "from geohazard_desktop import checks" name it by the last word.
                whole = node.module in {"PySide6", "geohazard_desktop", "xstatic.pkg"}
                yield (f"{node.module}.{one.name}" if whole else str(node.module)), node.lineno, early


@cache
def _files(floor: str) -> tuple[Path, ...]:
    return tuple(sorted((PACKAGE / floor).rglob("*.py")))


def _floor_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "geohazard_desktop" and len(parts) > 1 else None


def _where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


@pytest.mark.parametrize("floor", FLOORS_AND_WINDOW)
def test_a_folder_imports_only_from_below(floor):
    below = set(FLOORS_AND_WINDOW[: FLOORS_AND_WINDOW.index(floor) + 1])
    below -= {other for one, other in NEIGHBOURS if one == floor}
    faults = [
        f"{_where(path, line)} imports {module}"
        for path in _files(floor)
        for module, line, _early in _imports(path)
        if module.startswith("geohazard_desktop.") and module != "geohazard_desktop.__version__"
        if _floor_of(module) not in below
    ]
    assert faults == []


@pytest.mark.parametrize("floor", FLOORS_AND_WINDOW)
def test_a_folder_names_only_the_packages_of_its_floor(floor):
    faults = []
    for path in _files(floor):
        for module, line, _early in _imports(path):
            top = module.split(".")[0]
            named = ".".join(module.split(".")[:2]) if top == "PySide6" else top
            if top != "geohazard_desktop" and named not in MAY_NAME[floor]:
                faults.append(f"{_where(path, line)} imports {module}")
    assert faults == []


@pytest.mark.parametrize("floor", FLOORS_AND_WINDOW)
def test_heavy_packages_are_imported_where_they_are_used(floor):
    faults = [
        f"{_where(path, line)} imports {module} as the file is read"
        for path in _files(floor)
        for module, line, early in _imports(path)
        if early and (module in LATE or module.split(".")[0] in LATE)
        if not _is_late_itself(path)
    ]
    assert faults == []


def _is_late_itself(path: Path) -> bool:
    """A file whose classes derive from QtWebEngine must import it at once; nothing may import that file early."""
    if not any(module in WEB_ENGINE and early for module, _line, early in _imports(path)):
        return False
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    users = [
        _where(other, line)
        for floor in FLOORS_AND_WINDOW
        for other in _files(floor)
        for named, line, early in _imports(other)
        if named == module and early
    ]
    return users == []


def test_every_folder_has_its_floor():
    folders = {one.parent.name for one in PACKAGE.glob("*/__init__.py")}
    assert folders == set(FLOORS_AND_WINDOW)


def test_the_way_to_the_window_imports_nothing_heavy():
    """Proved in a process of its own, by what was really imported."""
    words = (
        "import sys, geohazard_desktop.desktop.start\n"
        "from geohazard_desktop.desktop.furnishing import MODULES\n"
        f"late = [*{LATE + AFTER_THE_MAP!r}, *('geohazard_desktop.' + one for one in MODULES)]\n"
        "print(*[one for one in late if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_the_command_line_answers_help_without_qt():
    words = "import sys; from geohazard_desktop.app import main; main(['--help']); print('PySide6' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert done.stdout.split()[-1] == "False", done.stderr


def test_the_wheel_names_every_package():
    """pyproject.toml names the packages, because a flat layout stops an automatic build; none may be forgotten."""
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    packages = {".".join(one.parent.relative_to(ROOT).parts) for one in PACKAGE.rglob("__init__.py")}
    data = {"geohazard_desktop._layers", "geohazard_desktop._resources"}
    assert set(settings["packages"]) == packages | data


def test_no_file_of_the_repository_names_an_address_of_a_registry():
    for name in ("requirements.lock", "requirements-test.lock", "setup.sh", "setup.cmd", "scripts/prepare.py"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8"), name
