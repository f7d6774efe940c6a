"""What the pages of writing may see."""
