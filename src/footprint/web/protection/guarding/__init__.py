"""The guardians' work: shields made, looked at again and lifted, and what others ask of them. Never one person alone."""
