"""A single shot names whom it is for: else it is called after its widget has gone, and closing a window fails."""

import ast
from pathlib import Path

from geohazard_desktop import desktop

ROOT = Path(desktop.__file__).parent


def shots(text: str) -> list[ast.Call]:
    return [
        one
        for one in ast.walk(ast.parse(text))
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr == "singleShot"
    ]


def test_every_single_shot_ends_with_whom_it_is_for():
    found = {path: shots(path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("*.py"))}
    assert sum(map(len, found.values())) > 20
    bare = [
        f"{path.relative_to(ROOT)}:{one.lineno}" for path, calls in found.items() for one in calls if len(one.args) < 3
    ]
    assert bare == []
