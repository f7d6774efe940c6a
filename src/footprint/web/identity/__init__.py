"""Who is who, said by people: "this is not them", "these are the same", the steward's queue, and what a wrong link cost whom."""
