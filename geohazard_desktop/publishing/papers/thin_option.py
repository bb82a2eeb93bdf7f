"""拐点表简化: the option of notices, for borders that were drawn along contours and have more corners than anybody
surveys."""

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.product import Option

TOLERANCES_M = (0.5, 1.0, 2.0, 3.0, 5.0)
KEY = "thin"
WHOLE = "0"

THIN = Option(
    KEY,
    _("拐点表简化"),
    "choice",
    WHOLE,
    (
        (WHOLE, _("不简化，拐点全列")),
        *((f"{one:g}", _("容差 {metres:g} 米").format(metres=one)) for one in TOLERANCES_M),
    ),
    note=_("只简化印的表，存着的边界不变；公告上写明已简化、差多少。有房屋会落到范围外的，不简化。"),
)
