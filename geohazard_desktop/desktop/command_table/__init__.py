"""The rows of the command table, one menu a file."""
