"""Answers as pages in a terminal: calm, aligned, complete without colour. They decide nothing; every word is the answer's."""
