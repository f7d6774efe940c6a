"""Reading referrals: the front door's queue and decisions, the supervisor's view, grades and feedback, sentences held back."""
