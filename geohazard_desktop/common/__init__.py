"""The ground floor: errors, texts, where resources lie. Knows the standard library only, and nothing of maps."""
