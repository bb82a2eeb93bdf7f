"""Another map program has set its folders for the whole machine: ours goes on with its own."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from geohazard_desktop.common.own_libraries import OTHERS, keep_to_own_libraries

ROOT = Path(__file__).parents[3]
PLACED = (
    "from geohazard_desktop.app import main; main(['--help']); "
    "import rasterio.crs; print('EPSG', rasterio.crs.CRS.from_epsg(4524).to_epsg())"
)


def test_rasters_are_placed_where_another_program_has_set_an_older_table(tmp_path):
    with sqlite3.connect(tmp_path / "proj.db") as sql:  # as PROJ 6 had it
        sql.execute("CREATE TABLE metadata (key TEXT, value TEXT)")
        rows = [("DATABASE.LAYOUT.VERSION.MAJOR", "1"), ("DATABASE.LAYOUT.VERSION.MINOR", "0")]
        sql.executemany("INSERT INTO metadata VALUES (?, ?)", rows)
    sql.close()
    others = dict.fromkeys(OTHERS, str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", PLACED], cwd=ROOT, env=os.environ | others, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1:] == ["EPSG 4524"], done.stderr


@pytest.mark.parametrize("own", [True, False])
def test_what_was_built_against_the_systems_libraries_goes_on_with_them(monkeypatch, tmp_path, own):
    """A distribution's own packages have no data inside."""
    package = tmp_path / "rasterio"
    (package / "proj_data").mkdir(parents=True)
    (package / "__init__.py").touch()
    if own:
        (package / "proj_data" / "proj.db").touch()
    monkeypatch.delitem(sys.modules, "rasterio", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    for name in OTHERS:
        monkeypatch.setenv(name, "elsewhere")
    keep_to_own_libraries()
    assert [name for name in OTHERS if name in os.environ] == ([] if own else list(OTHERS))


@pytest.mark.parametrize(("set_before", "found"), [(None, "1"), ("3", "3")])
def test_linear_algebra_starts_no_threads_unless_somebody_asks_for_them(monkeypatch, set_before, found):
    name = "OPENBLAS_NUM_THREADS"
    monkeypatch.setenv(name, set_before or "")  # so that it is put back after the test
    if set_before is None:
        monkeypatch.delenv(name)
    keep_to_own_libraries()
    assert os.environ[name] == found
