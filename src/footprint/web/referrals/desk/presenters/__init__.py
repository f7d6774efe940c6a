"""What the pages of the front door, the supervisor, the referral unit and the guardian may see."""
