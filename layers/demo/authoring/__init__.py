"""Draws the demo layers from published plain facts; see author.py."""
