"""The framework that police and social care agreed on: its versions, what each changes, and who signed it."""
