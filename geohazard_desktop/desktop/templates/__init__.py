"""The office's templates: editor, preview, Mongolian texts."""
