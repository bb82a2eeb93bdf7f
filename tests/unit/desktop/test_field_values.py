"""What people type becomes the field's value; what can't be read stays as it was typed, so that it can be told."""

from datetime import date

import pytest

from geohazard_desktop.desktop.forms.field_values import read_value, value_text
from geohazard_desktop.workspace.definition import FieldDefinition


def field(kind: str, **more) -> FieldDefinition:
    return FieldDefinition("name", "名称", kind, **more)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("integer", " 1 280 人", 1280),
        ("integer", "１２", 12),
        ("integer", "12.5", "12.5"),
        ("integer", "十二", "十二"),
        ("real", "3，500．5", 3500.5),
        ("real", "－2", -2.0),
        ("date", "2026年7月8日", "2026-07-08"),
        ("date", "20260708", "2026-07-08"),
        ("date", "2026-02-30", "2026-02-30"),
        ("datetime", "2026.7.8 9：05", "2026-07-08T09:05:00"),
        ("datetime", "2026-07-08T18:20:30", "2026-07-08T18:20:30"),
        ("datetime", "2026-07-08 25:00", "2026-07-08 25:00"),
        ("list", "降雨, 采矿；融雪", "降雨、采矿、融雪"),
        ("text", "  沟口 ", "沟口"),
        ("text", "   ", None),
    ],
)
def test_what_is_typed_becomes_the_fields_value(kind, typed, value):
    assert read_value(field(kind, unit="人" if kind == "integer" else ""), typed) == value


def test_today_is_a_date():
    before = date.today().isoformat()
    assert before <= read_value(field("date"), "今天") <= date.today().isoformat()


def test_a_value_stands_in_the_field_as_people_read_it():
    assert value_text(field("datetime"), "2026-07-08T09:05:00") == "2026-07-08 09:05"
    assert value_text(field("real"), 3500.50) == "3500.5"
    assert value_text(field("boolean"), True) == "是"
    assert value_text(field("text"), None) == ""
