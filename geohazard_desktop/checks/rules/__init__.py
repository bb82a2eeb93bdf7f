"""One rule a file. Each has RULE (its key in checks.toml) and `find(office)`, which yields findings."""
