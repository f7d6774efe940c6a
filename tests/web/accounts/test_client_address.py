"""Whose address counts when somebody asks through proxies."""

import pytest
from django.test import RequestFactory, override_settings

from footprint.web.accounts.client_address import client_address


@pytest.mark.parametrize(
    ("proxies", "passed", "address"),
    [
        (0, "198.51.100.1", "192.0.2.1"),  # without a proxy of ours the header is the asker's own word
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),  # what stands further left anybody may have written
        (2, "203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "198.51.100.1", "192.0.2.1"),  # one of our proxies did not add its part
        (1, "", "192.0.2.1"),
        (1, "not an address", "192.0.2.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_the_outermost_of_our_own_proxies_says_who_asks(proxies, passed, address):
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=passed)
    with override_settings(PROXIES=proxies):
        assert client_address(request) == address
