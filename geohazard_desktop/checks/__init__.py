"""Data checks: one rule a file in `rules/`, severities and numbers in resources/rules/checks.toml."""
