"""A full disk, a file that another program holds, a folder that can't be: one sentence, no half file, and the register
knows of no printed paper that does not exist. The tests go over the registry, so that a new product is among them."""

import errno
import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_village import build
from registry_pages import LISTS
from test_hostile_names import district

from geohazard_desktop.common import whole_files
from geohazard_desktop.common.errors import GeohazardError
from geohazard_desktop.publishing.issues.issue_register import read_register
from geohazard_desktop.publishing.product import Product
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Something was issued, so that the lists of what was issued have a page."""
    folder = tmp_path_factory.mktemp("disks")
    with Workspace.create(folder / "示例.gpkg", district()) as ws:
        build(ws, {"plain": "=东坡"})
        for product, layer in LISTS.values():
            PRODUCTS[product].publish(ws, folder / product, {}, uids=ws.table(layer).uids[:1])
        yield ws


def said(ws: Workspace, product: Product, out: Path) -> list[str]:
    """The sentences of a product that could not be written."""
    try:
        report = product.publish(ws, out, {})
    except GeohazardError as error:
        return [error.sentence]
    assert report.files == []
    return report.problems


def printed(ws: Workspace) -> set[str]:
    """Codes of the papers that exist by the register: a code is drawn before its paper, and confirmed after it."""
    return {code for code, one in read_register(ws).by_code.items() if one.printed}


def full(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, _content: bytes) -> int:
        path.touch()  # what a full disk leaves
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)


def held(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "The process cannot access the file", str(target))

    monkeypatch.setattr(whole_files, "move_over", refuse)


@pytest.mark.parametrize("key", [key for key in PRODUCTS if key != "lift_notice"])
def test_what_can_not_be_written_is_told_and_entered_nowhere(village, tmp_path, monkeypatch, key):
    product = PRODUCTS[key]
    before = printed(village)
    name = Path(product.out).name
    for trouble in (full, held):
        with monkeypatch.context() as patch:
            trouble(patch)
            told = said(village, product, tmp_path / trouble.__name__ / name)
        assert len(told) >= 1
        assert all("。" in one and "Errno" not in one for one in told)
        assert [one for one in tmp_path.rglob("*") if one.is_file()] == []
    (tmp_path / "占着").write_text("a file where the folder should be", encoding="utf-8")
    assert said(village, product, tmp_path / "占着" / "里面" / name)
    assert printed(village) == before


def test_a_folder_that_goes_during_a_batch_is_told_for_what_was_not_written(village, tmp_path, monkeypatch):
    product, folder = PRODUCTS["stickers_household"], tmp_path / "门贴"
    before = printed(village)
    write = Path.write_bytes

    def gone(path: Path, content: bytes) -> int:
        if path.suffix == ".pdf":
            shutil.rmtree(folder, ignore_errors=True)
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", gone)
    assert said(village, product, folder)
    assert printed(village) == before


@pytest.mark.parametrize("key", ["calling_zone", "calling_street", "calling_point", "hazard_list"])
def test_no_cell_of_a_workbook_is_a_formula(village, tmp_path, key):
    report = PRODUCTS[key].publish(village, tmp_path / "表", {})
    (book,) = (one for one in report.files if one.suffix == ".xlsx")
    with zipfile.ZipFile(io.BytesIO(book.read_bytes())) as whole:
        sheets = [whole.read(one).decode() for one in whole.namelist() if one.startswith("xl/worksheets/")]
    assert sheets
    assert not any("<f>" in one or "<f " in one for one in sheets)
