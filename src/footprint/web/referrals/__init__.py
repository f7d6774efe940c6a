"""The referral on the page: written in steps, sent at once, read at the front door, graded, and returned to its author."""
