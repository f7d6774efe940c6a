"""What is run beside the pages."""
