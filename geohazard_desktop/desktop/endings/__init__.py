"""迁出 and 停用: asked for, shown, taken back."""
