"""One command a file, by its name."""
