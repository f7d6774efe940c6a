"""What somebody is told: a sentence that is read after sign-in, and an e-mail that says no more than that there is one."""
