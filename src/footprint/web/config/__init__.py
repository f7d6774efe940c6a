"""The Django project: settings from the environment, URLs, the order of middleware, who may reach what, and the server."""
