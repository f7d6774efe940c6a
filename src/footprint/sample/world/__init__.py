"""The invented borough as it truly is: places, schools, people and their lives. Knows nothing of partners or of errors."""
