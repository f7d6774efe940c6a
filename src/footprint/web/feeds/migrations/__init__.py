"""How the table of numbers that are said to be wrong came to be."""
