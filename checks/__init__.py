"""What `make check` runs beside the usual linters. Knows the repository's shape, never the product's content."""
