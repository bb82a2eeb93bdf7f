"""A public map carries a 审图号 (地图管理条例): without one it may hang in the office alone."""

from collections.abc import Iterator

from geohazard_desktop.checks.finding import Finding
from geohazard_desktop.checks.office import Office
from geohazard_desktop.common.texts import _

RULE = "public_map"
TITLE = _("公开的图要审图号")
WHOLE = ("setting",)  # layers whose change makes it look again by itself


def find(office: Office) -> Iterator[Finding]:
    if not office.settings.get("review.number", "").strip():
        sentence = _("设置里没有审图号，警示图只能内部用，要张贴请先送审并填上。")
        yield office.layer_finding(RULE, "setting", sentence)
