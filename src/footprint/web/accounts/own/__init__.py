"""What a user sees and does about themselves: role, sessions, second factor, and what they declare about home and family."""
