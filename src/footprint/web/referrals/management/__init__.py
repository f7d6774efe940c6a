"""Commands of referrals, by Django's own layout."""
