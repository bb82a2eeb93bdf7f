"""Kinds of hazard, their codes, and the notes of the household card."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geohazard_desktop.domain.hazard import (
    card_notes,
    hazard_type,
    hazard_types,
    read_unified_code,
)
from geohazard_desktop.workspace.definition import read_definitions


def test_the_kinds_are_those_of_the_layers():
    definitions = read_definitions()
    assert {one.name for one in hazard_types() if one.inventory} == set(
        definitions["hazard_point"].by_name["hazard_type"].values
    )
    names = {one.name for one in hazard_types()}
    for layer, field in (
        ("danger_zone", "hazard_type"),
        ("report", "hazard_type"),
        ("susceptibility_zone", "hazard_types"),
        ("key_area", "hazard_types"),
    ):
        assert set(definitions[layer].by_name[field].values) == names


def test_codes_are_given_once():
    codes = [one.code for one in hazard_types() if one.code]
    assert len(codes) == len(set(codes)) == sum(one.inventory for one in hazard_types())


def test_a_unified_code_taken_apart():
    found = read_unified_code(" 990101040001 ")
    assert (found.county, found.type_code, found.serial, found.hazard_type) == ("990101", "04", "0001", "地面塌陷")
    assert found.short == "04-0001"
    assert read_unified_code("990101990001").hazard_type == ""


def test_codes_of_another_form_are_not_taken_apart():
    assert read_unified_code("D-17") is None


@given(st.text(max_size=15))
def test_any_text_can_be_asked(text):
    found = read_unified_code(text)
    assert found is None or found.county + found.type_code + found.serial == text.strip()


def test_a_kind_by_name():
    assert hazard_type("山洪泥石流").code == ""
    assert not hazard_type("山洪泥石流").inventory
    assert hazard_type("地震") is None
    assert not hazard_type("地裂缝").source.verified


@pytest.mark.parametrize("name", [one.name for one in hazard_types()])
def test_every_kind_has_notes_that_wait_for_approval(name):
    notes = card_notes(name)
    assert not notes.source.verified
    assert "审定" in notes.source.words
    assert all(sentence.endswith("。") for sentence in notes.sentences)
    assert all(word in notes.text for word in notes.strong)
    assert len(notes.text) <= 90  # the cell of the card


def test_notes_fit_the_hazard():
    assert "裂缝" in card_notes("地面塌陷").text
    assert "坡" in card_notes("滑坡").text
    assert "沟道" in card_notes("泥石流").text
    assert card_notes("地震") is None
