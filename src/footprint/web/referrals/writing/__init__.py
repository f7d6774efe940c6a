"""Writing a referral: the form in steps, its draft, sending it once, adding to it, and reading what became of it."""
