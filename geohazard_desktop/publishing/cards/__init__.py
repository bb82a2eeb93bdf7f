"""明白卡: what a card says, its map, its printing."""
