"""Commands of accounts, each a module."""
