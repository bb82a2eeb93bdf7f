"""What the page setter is given: every file that a template reads, and no more than that."""

from geohazard_desktop.publishing.typeset.template_reach import needed

FILES = {
    "card.typ": b'#import "parts/base.typ": *\n#import "parts/grid.typ": *',
    "parts/base.typ": b'#let office = toml("/settings.toml")',
    "parts/grid.typ": b'#import "base.typ": *\n#include "/more.typ"',
    "more.typ": b"more",
    "other.typ": b'#import "parts/other.typ"',
    "parts/other.typ": b"other",
    "settings.toml": b"[look]",
    "logo.svg": b"<svg/>",
    "web.js": b"let a = 1",
    "web.css": b"a {}",
}


def test_a_template_gets_what_it_imports_and_what_that_imports():
    assert set(needed("card.typ", FILES)) == {
        "card.typ", "parts/base.typ", "parts/grid.typ", "more.typ", "settings.toml", "logo.svg"
    }  # fmt: skip


def test_a_path_that_is_put_together_gets_everything():
    files = FILES | {"card.typ": b'#let name = "parts/" + kind\n#include name'}
    assert set(needed("card.typ", files)) == set(FILES) - {"web.js", "web.css"}


def test_templates_may_import_each_other_and_name_what_is_not_there():
    files = FILES | {"more.typ": b'#import "card.typ": *\n#import "lost.typ": *'}
    assert "more.typ" in needed("card.typ", files)
