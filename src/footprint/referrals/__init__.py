"""The referral's rules: what it says, its gaps, criteria and grades, its states and clocks, and how it leaves the house."""
