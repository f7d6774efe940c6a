"""Accounts of the demonstration: one for each role, of people who do not exist, with one password that everybody may know."""
