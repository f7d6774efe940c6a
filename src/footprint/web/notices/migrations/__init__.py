"""How the tables of notices came to be."""
