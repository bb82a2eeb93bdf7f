"""The checks in the window: panel, marks on the map, reminders set aside."""
