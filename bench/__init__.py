"""What `make bench` measures: each figure with the command that gives it, on the machine it ran on, beside its target.

Everything a user would run is run as the user would, in a child process, through the command line. It stands outside the
product, which knows nothing of it.
"""
