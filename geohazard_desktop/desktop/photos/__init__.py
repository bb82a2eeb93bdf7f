"""Photos of a feature."""
