"""Signing in with a partner's own identity provider (OpenID Connect): which there are, the protocol, and whose account it is."""
