"""What is said and done about the limits of a graduated style that came from elsewhere.

Limits that part nothing here are made anew, and the old ones offered back; limits that part something stay, and new
ones are offered. Either way one sentence says so.
"""

from typing import TYPE_CHECKING

from geohazard_desktop.cartography.class_styles import class_rules, class_where, mode_of
from geohazard_desktop.cartography.classes import value_words as shown
from geohazard_desktop.common.texts import _
from geohazard_desktop.desktop.styles.limits_fit import graded, regraded, regraded_words

if TYPE_CHECKING:
    from geohazard_desktop.desktop.banner import Banner
    from geohazard_desktop.desktop.styles.editor import StyleEditor


def tell_limits(editor: "StyleEditor", banner: "Banner") -> None:
    """After a style was pasted or read from a file."""
    draft = editor.draft
    found = graded(draft)
    if found is None:
        _tell_missing(editor, banner)
        return
    if not len(found.values) or _own_limits(editor):
        return
    before = list(draft.rules)
    made = regraded(draft, found)
    if not found.parted:
        draft.set_rules(made)
        words = regraded_words(draft, found, len(class_rules(made)))
        banner.say("info", words, offers=[(_("用回原来的界限"), lambda: draft.set_rules(before))])
    elif made != before:
        words = _("分级的界限（{bounds}）是带来的，没有改。").format(
            bounds=_("、").join(shown(one) for one in found.bounds)
        )
        banner.say("info", words, offers=[(_("按本层的数重新分"), lambda: draft.set_rules(made))])


def _own_limits(editor: "StyleEditor") -> bool:
    """Whether the layer was graded so before: a style that comes home brings nobody else's limits."""
    own, now = (class_rules(one) for one in (editor.draft.stored.get("rule", []), editor.draft.rules))
    return [class_where(one) for one in own] == [class_where(one) for one in now]


def _tell_missing(editor: "StyleEditor", banner: "Banner") -> None:
    """Graded by a field that this layer has not: the way out is one that it has."""
    draft, grades = editor.draft, editor.rules.grades
    if mode_of(draft.rules) != "graduated":
        return
    field = str(class_where(class_rules(draft.rules)[0])["field"])
    other = grades.default_field()
    title = dict(grades.fields).get(other, "")
    words = _("这份样式按 {field} 分级，{title}没有这个字段，一个要素也分不进去。")
    offers = [(_("改按“{field}”分级").format(field=title), lambda: grades.regrade(other))] if title else []
    banner.say("warning", words.format(field=field, title=draft.definition.title), offers=offers)
