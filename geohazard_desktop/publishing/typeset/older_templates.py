"""Templates of an office that were made from those of an earlier version: what of a form they do not know.

A file of the office wins whole, so what a later version of the program says on that page is lost without a word:
先问再走 on a sticker, the signals of several zones, a legend that moved off the map. What the shipped file reads of the
forms and the office's own does not name is told with every paper that is set from it, until its file says in a comment
that it is left out on purpose: what a later version adds is told all the same.
"""

import re
from collections.abc import Iterator

from geohazard_desktop.common.places import resource
from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.form_fields import Form
from geohazard_desktop.publishing.typeset.office_templates import OfficeTemplates, files_below
from geohazard_desktop.publishing.typeset.press import Page
from geohazard_desktop.publishing.typeset.printed_names import is_public, reached

_COMMENT = re.compile(rb"//[^\n]*")
_READ = re.compile(rb'\.([a-z_]+)|"([a-z_]+)"')  # sheet.signals, sheet.at("signals", …)
_NAME = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")
_LEFT_OUT = re.compile(_("不印").encode() + rb"[\xef\xbc\x9a:]+([^\n]*)")  # // 不印：ask_first、signals
_TOLD = 8


class OlderTemplates:
    """Is shown what is set (`Press.used`), then says what of the office's own files is older than the forms."""

    def __init__(self, templates: OfficeTemplates) -> None:
        self._templates = templates
        self._reached: set[str] = set()
        self._seen: set[tuple[str, bool]] = set()

    def take(self, page: Page) -> None:
        """It is to be set."""
        key = page.template, is_public(page.data)
        if key not in self._seen:
            self._seen.add(key)
            self._reached.update(reached(page.template, self._templates.whole(), public=key[1]))

    def told(self) -> list[str]:
        """A sentence for each of the office's files that does not know what the shipped one reads."""
        shipped, own = files_below(resource("templates")), self._templates.files
        labels = _labels()
        # A part of it may stand in another file of the office.
        named = {one.decode() for one in _NAME.findall(_COMMENT.sub(b"", b"\n".join(own.values())))}
        found = []
        for path in sorted(self._reached & own.keys() & shipped.keys()):
            lacking = (_read(shipped[path]) - named - _left_out(own[path])) & labels.keys()
            if lacking:
                said = [
                    _("{label}（{name}）").format(label=labels[one], name=one) if labels[one] else one
                    for one in sorted(lacking, key=lambda one: (not labels[one], one))
                ]
                told = "、".join(said[:_TOLD])
                if len(said) > _TOLD:
                    told += _("等 {count} 项").format(count=len(said))
                words = _(
                    "本单位的模板 {path} 没有用到：{what}。"
                    "如果不是有意删的，它是照程序以前的版本改的，请照自带的补上，或恢复自带的。"
                    "有意不印的，在这个模板里另起一行写“// 不印：{names}”，就不再提醒。"
                )
                found.append(words.format(path=path, what=told, names="、".join(sorted(lacking))))
        return found


def _read(content: bytes) -> set[str]:
    return {(one or other).decode() for one, other in _READ.findall(_COMMENT.sub(b"", content))}


def _left_out(content: bytes) -> set[str]:
    """The fields that the office's file says it leaves out on purpose."""
    comments = b"\n".join(_COMMENT.findall(content))
    return {one.decode() for told in _LEFT_OUT.findall(comments) for one in _NAME.findall(told)}


def _labels() -> dict[str, str]:
    """The fields of all forms with the labels that papers print them under, "" where they have none."""
    found: dict[str, str] = {}
    for form in _forms(Form):
        for name, one in getattr(form, "__dataclass_fields__", {}).items():
            found[name] = found.get(name) or one.metadata.get("label", "")
    return found


def _forms(form: type[Form]) -> Iterator[type[Form]]:
    for one in form.__subclasses__():
        yield one
        yield from _forms(one)
