"""A directory of named segments with a manifest: written, opened, swapped in whole, rolled back. It knows no content."""
