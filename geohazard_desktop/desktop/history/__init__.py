"""The history in the window, and backups."""
