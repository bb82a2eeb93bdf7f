"""The layer tree and what is asked of a layer."""
