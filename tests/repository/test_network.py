"""The tests cannot leave this machine, and can still talk to it."""

import socket

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 9), ("2001:db8::1", 9)])
def test_no_test_connects_to_another_machine(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    # A datagram socket: should the guard fail, `connect` sends no packet.
    with (
        socket.socket(family, socket.SOCK_DGRAM) as attempt,
        pytest.raises(RuntimeError, match="stay on this machine"),
    ):
        attempt.connect(address)


def test_no_test_looks_up_another_machine():
    with pytest.raises(RuntimeError, match="stay on this machine"):
        socket.getaddrinfo("footprint.invalid", 443)


def test_a_local_server_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
        socket.getaddrinfo("localhost", server.getsockname()[1])
