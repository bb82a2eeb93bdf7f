"""The option 蒙汉双语 of products with titles, notices and signs; what it does is in bilingual.py."""

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.product import Option

KEY = "bilingual"
TYPED_THERE = _("在“出图 → 蒙古文…”里填。")  # the end of every sentence about a text that is missing

BILINGUAL = Option(
    KEY,
    _("蒙汉双语"),
    "switch",
    True,
    note=_("填了蒙古文的标题和警示语，蒙古文竖排印在汉文左边；没有填的只印汉文。") + TYPED_THERE,
)
