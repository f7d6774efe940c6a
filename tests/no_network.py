"""No test may leave this machine: what a test fetches today is down, changed or watched tomorrow."""

import ipaddress
import sys


def is_here(host: str) -> bool:
    """Whether a host, as a name or an address, is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in {"", "localhost"}


def refuse_to_leave(event: str, arguments: tuple) -> None:
    """An audit hook: nobody can hold an older, unwatched `connect`, as with a patched socket."""
    if event not in {"socket.connect", "socket.getaddrinfo"}:
        return
    # connect(socket, address): a tuple for the internet, text or bytes for a socket file; getaddrinfo(host, ...).
    target = arguments[1] if event == "socket.connect" else arguments
    if isinstance(target, tuple) and target[0] is not None and not is_here(str(target[0])):
        raise RuntimeError(
            f"A test tried to reach {target[0]}. Tests stay on this machine: use a file or a local server."
        )


sys.addaudithook(refuse_to_leave)
