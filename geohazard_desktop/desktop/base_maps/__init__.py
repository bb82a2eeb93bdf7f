"""Base maps in the window: their list, their dialogs."""
