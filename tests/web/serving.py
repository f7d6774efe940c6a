"""The site behind a real address of this machine, for a real browser: the same process, the same database, a thread a request."""

import contextlib
import threading

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Say nothing: a test asserts what it wants to know."""


class _Server(ThreadedWSGIServer):
    def handle_error(self, request, client_address):
        """A browser that goes away in the middle is no fault."""


@contextlib.contextmanager
def serving(site):
    """Serve the site until the test ends; its `address` then says where."""
    server = _Server(("127.0.0.1", 0), _Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.address = f"http://localhost:{server.server_port}"
    site.set(SITE=site.address, CSRF_TRUSTED_ORIGINS=[site.address])
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
