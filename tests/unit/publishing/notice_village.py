"""An invented village for the tests of notices, signs, tables and stickers, and how their PDFs are read."""

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pypdfium2.raw as pdfium
from fresh import fresh_workspace
from put_in import added as add
from shapely import LineString, Point, Polygon, box

from geohazard_desktop.domain.district import District, Setting
from geohazard_desktop.workspace.edits import change_values
from geohazard_desktop.workspace.feature import Feature
from geohazard_desktop.workspace.workspace import Workspace

E, N = 36_400_000.0, 4_370_000.0
# Signs that would be commands in Typst or HTML, rare characters that the shipped fonts have, and a very long name.
ODD = "#panic() $x$ \\ <script>alert(1)</script> [*_`@] 㐂𠮷"
LONG = "东坡西侧老采空区上方地面塌陷和地裂缝" * 7
PEOPLE = ("李示例", "王示例", "赵示例", "孙示例", "周示例")
PHONES = ("139 0000 0001", "139 0000 0002", "139 0000 0003", "139 0000 0004")


def change(ws: Workspace, feature: Feature, **values: Any) -> None:
    ws.apply(change_values(ws.definitions, [feature], values))


def only(ws: Workspace, layer: str) -> Feature:
    (found,) = ws.table(layer)
    return found


def build(ws: Workspace) -> Workspace:
    """A drafted zone with its hazard point, a route to a shelter, a household, a sign at its edge, a landmark."""
    point = add(ws, "hazard_point", Point(E + 50, N + 50), name="东坡塌陷", id="SL-D-0001",
                unified_code="990101040001", hazard_type="地面塌陷", scale_class="小型", area_m2=40000.0,
                causes="采矿、降雨", threatened_people=12, threatened_households=4, threatened_objects="住户 4 户",
                monitor="李示例", monitor_phone=PHONES[0], monitoring_lead="孙示例", monitoring_phone=PHONES[3],
                order_giver="王示例", criterion="裂缝一天加宽 5 mm")  # fmt: skip
    zone = add(ws, "danger_zone", Polygon([(E, N), (E, N + 200), (E + 200, N + 200), (E + 200, N)]),
               name="东坡", id="SL-W-0001", hazard_type="地面塌陷", hazard_point=point.uid, must_move_people=12,
               warning_signal="铜锣急敲", reason="地面下沉，危及住户", patrol_person="赵示例",
               patrol_phone=PHONES[1])  # fmt: skip
    change(ws, point, danger_zone=zone.uid)
    shelter = add(ws, "shelter", Point(E + 600, N + 100), name="示例广场", id="SL-A-0001", area_m2=900.0,
                  area_per_person=1.5, contact="周示例", phone=PHONES[2])  # fmt: skip
    route = add(ws, "evacuation_route", LineString([(E + 100, N + 100), (E + 600, N + 100)]), number="3",
                danger_zone=zone.uid, shelter=shelter.uid, start="村口老榆树")  # fmt: skip
    add(ws, "household", Point(E + 120, N + 60), id="SL-H-0017", head="李示例", people=2,
        evacuation_route=route.uid, phone=PHONES[0], danger_zone=zone.uid)  # fmt: skip
    add(ws, "warning_sign", Point(E + 200, N + 110), id="SL-J-0001", danger_zone=zone.uid, erected_by="示例区政府")
    add(ws, "landmark", Point(E + 260, N + 100), name="示例卫生室", kind="卫生室")
    return ws


def office_of(path: Path) -> Workspace:
    """The same in an office of its own, with district, 街道 and key area around it."""
    facts = {"district.name": "示例区", "district.code": "990101", "district.prefix": "SL", "district.epsg": 4524,
             "office.name": "示例分局", "duty.phone": "0473-2000000", "signal.text": "连续敲锣"}  # fmt: skip
    district = District({key: Setting(key, key, value, "测试") for key, value in facts.items()})
    ws = build(fresh_workspace(path, district))
    for layer, size, name in (("district", 2000, "示例区"), ("subdistrict", 1500, "示例街道"),
                              ("key_area", 900, "示例片区")):  # fmt: skip
        add(ws, layer, box(E - size, N - size, E + size, N + size), name=name)
    return ws


def pages_of(pdf: Path) -> list[str]:
    """The text of each page, as it is copied out."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def flat(text: str) -> str:
    """Without white space: where lines break is the page's affair."""
    return "".join(text.split())


def sizes_of(pdf: Path) -> list[tuple[int, int]]:
    """Width and height of each page in mm."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [(round(page.get_width() / 72 * 25.4), round(page.get_height() / 72 * 25.4)) for page in document]


def smallest(path: Path, words: str) -> float:
    """Points of the smallest place where `words` stand on the first page."""
    return min(points_of(path, words))


def points_of(path: Path, words: str) -> list[float]:
    """Points of all letters of `words` on the first page; what is broken into lines is found too."""
    found: list[float] = []
    with pypdfium2.PdfDocument(path) as document:
        text = document[0].get_textpage()
        kept = [(chr(pdfium.FPDFText_GetUnicode(text.raw, n)), n) for n in range(text.count_chars())]
        kept = [(one, n) for one, n in kept if not one.isspace()]
        whole, sought = "".join(one for one, _n in kept), "".join(words.split())
        at = whole.find(sought)
        while at >= 0:
            found += [pdfium.FPDFText_GetFontSize(text.raw, n) for _one, n in kept[at : at + len(sought)]]
            at = whole.find(sought, at + 1)
    assert found, words
    return found


def personal_in(folder: Path) -> list[str]:
    """Every invented person and private phone found in the text, the bytes or the names of the files of a folder."""
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        text = flat("".join(pages_of(path))) if path.suffix == ".pdf" else ""
        content = parts_of(path) if path.suffix == ".docx" else path.read_bytes()
        for one in (*PEOPLE, *PHONES):
            if flat(one) in text or one.encode() in content or one in path.name:
                found.append(f"{path.name}: {one}")
    return found


def parts_of(docx: Path) -> bytes:
    """Everything in a Word file, unpacked: names of parts and contents."""
    with ZipFile(docx) as package:
        return b"\n".join(name.encode() + b"\n" + package.read(name) for name in package.namelist())
