"""Typesetting: the office's templates and settings, fonts, Mongolian."""
