"""An HTTP server on Python's own that serves few at once, for small services behind a TLS proxy: witness and receiver."""

from __future__ import annotations

import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Final

from footprint.cli.printing import complain

MOST_AT_ONCE: Final = 16


class FewAtOnce(ThreadingHTTPServer):
    """Listens, and hands each connection to a thread of its own, as long as there are not too many.

    `served` is what one connection brings, in a word, for the sentence about a fault.
    """

    daemon_threads = True
    served: ClassVar[str] = "request"

    def __init__(self, listen: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self.address_family = socket.AF_INET6 if ":" in listen[0] else socket.AF_INET
        self._places = threading.BoundedSemaphore(MOST_AT_ONCE)
        super().__init__(listen, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a connection that broke, since it changed nothing; of a fault of ours, what kind it was."""
        error = sys.exception()
        if not isinstance(error, OSError):
            complain(f"A {self.served} could not be answered ({type(error).__name__}).")
