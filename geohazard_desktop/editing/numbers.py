"""Numbers that a tool takes instead of a drag: what it asks for, and how they are read."""

from dataclasses import dataclass

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _


@dataclass(frozen=True, slots=True)
class NumberField:
    """One field of the bar of numbers. `example` stands in it while it is empty."""

    key: str
    title: str
    example: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a tool can be told in numbers: its fields, the verb on the button, and a switch beside it ("" for none).

    `first` is the field into which a number goes that is typed over the map; "" is the first of them.
    """

    fields: tuple[NumberField, ...]
    verb: str
    switch: str = ""
    first: str = ""


NUMBER_SIGNS = tuple("0123456789.")
SIGNED_SIGNS = (*NUMBER_SIGNS, "-")


def parse_number(text: str, title: str) -> float:
    """A signed number in any width of digits. Raises EditRefused naming the field."""
    import unicodedata

    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace(" ", "").replace(",", "")
    try:
        value = float(plain.removesuffix("米").removesuffix("m").removesuffix("°").removesuffix("度"))
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e9:
        raise EditRefused(
            _("“{title}”的“{text}”不是数字。").format(title=title, text=text.strip()), _("请写数字，如 12.5。")
        )
    return value
