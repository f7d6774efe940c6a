"""What the pages of this app show: finished texts."""
