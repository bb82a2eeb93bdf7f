"""What a PDF can claim to be: UA-1 is ISO 14289-1, A-2a and A-2b ISO 19005-2. Values are what Typst is asked for."""

from collections.abc import Mapping

from geohazard_desktop.common.texts import _

PDF_STANDARDS: Mapping[str, tuple[str, ...]] = {"ua-1": ("ua-1",), "a-2a": ("a-2a", "ua-1"), "a-2b": ("a-2b",)}
PDF_STANDARD_WORDS: Mapping[str, str] = {
    "ua-1": _("普通（PDF/UA-1，读屏能念）"),
    "a-2a": _("存档（PDF/A-2a，同时是 PDF/UA-1）"),
    "a-2b": _("存档（PDF/A-2b，只管样子）"),
}
