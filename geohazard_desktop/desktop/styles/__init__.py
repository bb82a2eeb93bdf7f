"""The style editor."""
