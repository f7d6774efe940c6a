"""What is seen of use, and what becomes of it: a row for every look-up, alerts among them, and a reviewer's finding."""
