"""Sentences for users are Chinese at the place where they arise; gettext lets an office add another language."""

import gettext as _gettext
from pathlib import Path

DOMAIN = "geohazard_desktop"


def install(folder: Path, languages: list[str]) -> None:
    """Use the first of `languages` that has a catalogue below `folder`; without one the Chinese source text stays."""
    global _catalogue
    _catalogue = _gettext.translation(DOMAIN, folder, languages=languages, fallback=True)


_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def _(text: str) -> str:
    """Return `text`, a Chinese sentence, in the user's language."""
    return _catalogue.gettext(text)
