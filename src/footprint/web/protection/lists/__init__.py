"""Those who are watched over: people of an incident or of high profile, raised within minutes, known here by digests alone."""
