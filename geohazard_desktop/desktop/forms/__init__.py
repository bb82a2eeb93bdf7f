"""Forms of features: fields, sections, members, many at once."""
