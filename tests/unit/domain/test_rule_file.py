"""Every number of law and plan has a source; a fault in a rule file is said with file and key."""

import tomllib

import pytest

from geohazard_desktop.common.errors import DefinitionInvalid
from geohazard_desktop.common.places import resource
from geohazard_desktop.domain import rule_file
from geohazard_desktop.domain.rule_file import RuleTable, read_rules

FILES = ["walking.toml", "grades.toml", "lifecycle.toml", "hazards.toml", "card_notes.toml", "deadlines.toml"]


@pytest.mark.parametrize("file", FILES)
def test_every_list_entry_and_table_of_a_rule_file_names_its_source(file):
    data = tomllib.loads(resource("rules", file).read_text(encoding="utf-8"))
    for key, value in data.items():
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, dict):
                assert entry.get("source"), (file, key)
                assert isinstance(entry.get("verified"), bool), (file, key)


@pytest.fixture
def rules(tmp_path, monkeypatch):
    def written(text: str, encoding: str = "utf-8") -> RuleTable:
        (tmp_path / "规则.toml").write_text(text, encoding=encoding)
        return read_rules("规则.toml")

    monkeypatch.setattr(rule_file, "resource", lambda *parts: tmp_path / parts[-1])
    read_rules.cache_clear()
    yield written
    read_rules.cache_clear()


def test_a_fault_names_file_and_key(rules):
    table = rules('name = ""\nnumber = "5"\nlist = [3, 2]\n[[entry]]\nsource = "甲"\n')
    for call, key in (
        (lambda: table.text("name"), "name"),
        (lambda: table.number("number"), "number"),
        (lambda: table.number("missing"), "missing"),
        (lambda: table.flag("name"), "name"),
        (lambda: table.texts("list"), "list"),
        (lambda: table.rising("list", 2), "list"),
        (lambda: table.rising("list", 3), "list"),
        (lambda: table.table("list"), "list"),
        (lambda: list(table.tables("none")), "none"),
        (lambda: next(table.tables("entry")).source(), r"entry\[1\]\.verified"),
    ):
        with pytest.raises(DefinitionInvalid, match=key) as refused:
            call()
        assert "规则.toml" in refused.value.sentence


def test_negative_and_boolean_are_no_numbers(rules):
    table = rules("a = -1\nb = true\nc = nan\n")
    for key in "abc":
        with pytest.raises(DefinitionInvalid, match=key):
            table.number(key)


def test_an_unreadable_file_is_a_sentence(rules):
    with pytest.raises(DefinitionInvalid, match="读不懂"):
        rules("= =")
