"""A page as SVG opens in programs that know no picture within a picture and no colours with eight digits."""

import base64
import re
import xml.etree.ElementTree as ET

from geohazard_desktop.publishing.pictures.svg_pages import plain_svg
from geohazard_desktop.publishing.sheets.picture import publish_sheet_picture
from geohazard_desktop.workspace.workspace import Workspace

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
MAP = (
    '<!--/*--><svg xmlns="http://www.w3.org/2000/svg" width="20mm" height="10mm" viewBox="0 0 20 10">'
    '<defs><path id="p0" d="M0 0H5"/></defs><use href="#p0" stroke="#D7000F"/>'
    '<text x="1" y="2">㐂𠮷 &lt;b></text></svg>'
)


def page(*drawings: str, more: str = "") -> bytes:
    images = "".join(
        '<image transform="translate(7 8)" xlink:href="data:image/svg+xml;base64,'
        f'{base64.b64encode(one.encode()).decode()}"'
        ' width="200" height="100" preserveAspectRatio="none"/>'
        for one in drawings
    )
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<svg {space} viewBox="0 0 400 300">{images}{more}</svg>'.encode()


def test_maps_are_drawings_of_the_page_and_keep_their_own_symbols():
    root = ET.fromstring(plain_svg(page(MAP, MAP)))
    assert not root.findall(f".//{SVG}image")
    groups = root.findall(f"{SVG}g")
    assert [one.get("transform") for one in groups] == ["translate(7 8)scale(10 10)"] * 2
    names = [one.find(f".//{SVG}path").get("id") for one in groups]
    assert len(set(names)) == 2
    assert [one.find(f"{SVG}use").get(LINK) for one in groups] == [f"#{name}" for name in names]
    assert [one.find(f"{SVG}text").text for one in groups] == ["㐂𠮷 <b>"] * 2


def test_a_drawing_of_another_make_stays_a_picture():
    nested = MAP.replace("<defs>", "<svg/><defs>")
    shifted = MAP.replace("0 0 20 10", "-5 0 20 10")
    root = ET.fromstring(plain_svg(page(nested, shifted)))
    assert len(root.findall(f"{SVG}image")) == 2


def test_colours_are_apart_from_their_opacity():
    more = '<path fill="#ffffffe0" stroke="#00000080"/><path fill="#ffffff00" stroke="#112233"/>'
    solid, outline = ET.fromstring(plain_svg(page(more=more))).findall(f"{SVG}path")
    assert (solid.get("fill"), solid.get("fill-opacity")) == ("#ffffff", "0.878")
    assert (solid.get("stroke"), solid.get("stroke-opacity")) == ("#000000", "0.502")
    assert (outline.get("fill"), outline.get("stroke")) == ("none", "#112233")


def test_a_real_sheet_has_neither(demo_path, tmp_path):
    with Workspace.open(demo_path, read_only=True) as ws:
        (path,) = publish_sheet_picture(ws, tmp_path / "图.png", form="svg", paper="A4").files
    text = path.read_text(encoding="utf-8")
    ET.fromstring(text)
    assert "<image" not in text
    assert not re.findall(r'"#[0-9a-fA-F]{8}"', text)
    assert "五虎山东采空塌陷" in text  # names can be searched and changed
