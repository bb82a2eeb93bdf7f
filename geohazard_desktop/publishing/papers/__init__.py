"""Papers for one feature each: notices, signs, stickers, lists, scripts."""
