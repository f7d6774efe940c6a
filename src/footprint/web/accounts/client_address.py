"""From which address a request comes, behind as many proxies of our own as the settings say.

What stands further left in the header was written by whoever asks, and counts for nothing.
"""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address of the client, as the outermost of our own proxies saw it."""
    direct: str = request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104 - a server on a socket file has no address
    proxies: int = settings.PROXIES
    if proxies < 1:
        return direct
    passed = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    seen = passed[-proxies] if len(passed) >= proxies else direct
    try:
        return str(ipaddress.ip_address(seen))
    except ValueError:
        return direct
