"""Asks before a shelter is deleted to which routes lead: cards at doors may name it."""

from typing import TYPE_CHECKING

from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.wording import called
from geohazard_desktop.workspace.feature import Edit

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


def may_delete_shelters(window: "MainWindow", edit: Edit) -> bool:
    """False where an officer, having read who is sent there, keeps them. True for every other edit."""
    gone = {
        one.uid: one.before
        for one in edit.deltas
        if one.layer == "shelter" and one.before is not None and one.after is None
    }
    if not gone:
        return True
    from geohazard_desktop.analysis.shelter_users import users_of

    # A merge, or a deletion of both, leaves nobody on the way there.
    ws = window.session.workspace
    users = users_of(ws, gone)
    if not users:
        return True
    from geohazard_desktop.desktop.question import Question

    lines = [
        _("{shelter}：{users}。").format(shelter=called(ws.definitions, gone[uid]), users=one.words())
        for uid, one in users.items()
    ]
    lines.append(_("删了以后这些路线没有终点，发出去的卡却还叫人往那里走。不再用了，请选“停用”，登记和历史都留着。"))
    title = _("还有人按卡往这个安置点走") if len(users) == 1 else _("还有人按卡往这些安置点走")
    dialog = Question(window, title, "\n".join(lines), _("照样删除"), _("不删除"))
    answer = bool(dialog.exec())
    dialog.deleteLater()
    if not answer:
        window.banner.say("info", _("没有删，安置点还在。不再用了，请选“停用”。"))
    return answer
