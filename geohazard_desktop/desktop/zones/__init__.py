"""A danger zone's life."""
