"""Partners' deliveries on a page: how fresh each feed is, what came, and the held ones that wait for a person."""
