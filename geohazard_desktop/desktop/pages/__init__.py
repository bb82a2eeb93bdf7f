"""PDF pages: shown, searched, under the hand, printed."""
