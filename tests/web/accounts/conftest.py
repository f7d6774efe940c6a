"""What tests of accounts are given: a partner's identity provider, and a site that knows it."""

from tests.web.accounts.identity_provider import ana, configured, people, provider, server

__all__ = ["ana", "configured", "people", "provider", "server"]
