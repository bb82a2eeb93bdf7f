"""Templates carried from one office to another, and the list that the editor shows."""

import re
import zipfile

import pytest

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.common.places import resource
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates
from geohazard_desktop.publishing.typeset.template_catalog import setting_fields, template_files
from geohazard_desktop.publishing.typeset.template_files import read_templates, write_templates


def test_what_was_written_into_a_zip_is_read_again(tmp_path):
    files = {"settings.toml": '[work_card]\ntitle = "甲"\n', "parts/marks.typ": "// 字样\n"}
    write_templates(tmp_path / "打印模板.zip", files)
    assert read_templates(tmp_path / "打印模板.zip").files == files
    write_templates(tmp_path / "夹", files)
    assert read_templates(tmp_path / "夹").files == files


def test_a_packed_folder_loses_its_own_name_and_pictures_become_svg(tmp_path):
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x04\0\0\0\x03"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("本局/work_card.typ", "\ufeff甲\r\n乙")
        archive.writestr("本局/章.png", png)
        archive.writestr("本局/读我.docx", b"x")
    found = read_templates(tmp_path / "a.zip")
    assert found.files["work_card.typ"] == "甲\n乙"
    assert found.files["章.svg"].startswith("<svg")
    assert any("章.svg" in one for one in found.notes)
    assert any("读我.docx" in one for one in found.notes)


def test_what_is_no_template_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"no zip")
    with pytest.raises(ImportRefused, match="没有导入模板"):
        read_templates(tmp_path / "a.zip")
    empty = tmp_path / "空"
    empty.mkdir()
    with pytest.raises(ImportRefused, match="没有模板文件"):
        read_templates(empty)
    (empty / "x.typ").write_bytes("甲".encode("gbk"))
    with pytest.raises(ImportRefused, match="UTF-8"):
        read_templates(empty)


def test_the_list_has_titles_and_says_where_each_comes_from():
    own = OfficeTemplates().with_files({"work_card.typ": "// 甲", "本局.typ": "// 本局的表，一页"})
    listed = {one.path: one for one in template_files(own)}
    assert listed["settings.toml"].group == "settings"
    assert listed["work_card.typ"].origin == "workspace"
    assert listed["work_card.typ"].title == "防灾工作明白卡"
    assert (listed["本局.typ"].group, listed["本局.typ"].title) == ("other", "本局的表")
    assert listed["household_card.typ"].origin == "shipped"
    assert all("/" not in one.title and one.title for one in listed.values() if one.group in ("page", "part"))


def test_every_setting_of_the_form_has_a_chinese_label():
    fields = {one.path: one for one in setting_fields()}
    assert fields["colour", "red"].kind == "colour"
    assert fields["map_sheet", "donts"].kind == "lines"
    assert fields["map_sheet", "public_layers"].kind == "layers"
    assert fields["look", "logo"].kind == "logo"
    unnamed = [path for path, one in fields.items() if one.label == path[1]]
    assert unnamed == []


def test_a_table_in_a_table_is_left_to_the_text():
    text = '# 图\n[map]\n# 标题：大字\ntitle = "甲"\n[map.large]\nzone = [1, 2]\n[[map.legend]]\ntitle = "乙"\n'
    (field,) = setting_fields(text)
    assert (field.path, field.section, field.label, field.note) == (("map", "title"), "图", "标题", "大字")


def test_the_guide_names_every_page_and_part_once():
    guide = resource("templates", "说明.md").read_text(encoding="utf-8")
    named = [
        one for line in guide.splitlines() if line.startswith("| `") for one in re.findall(r"`([\w/]+\.typ)`", line)
    ]
    assert sorted(named) == sorted(one.path for one in template_files(OfficeTemplates()) if one.path.endswith(".typ"))
