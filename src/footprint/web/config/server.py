"""How gunicorn serves the site: few processes, some threads each, the snapshot mapped once for all before they part."""

from __future__ import annotations

import os
from typing import Any, Final

bind: Final = os.environ.get("FOOTPRINT_LISTEN", "127.0.0.1:8000")
workers: Final = int(os.environ.get("FOOTPRINT_WORKERS", "2"))
threads: Final = int(os.environ.get("FOOTPRINT_THREADS", "4"))
worker_class: Final = "gthread"
timeout: Final = 30
graceful_timeout: Final = 20
# Longer than whoever asks keeps an idle connection: a request that crosses our closing would be lost.
keepalive: Final = 75
max_requests: Final = 20_000
max_requests_jitter: Final = 2_000
# A request's line holds handles only, yet nothing of requests is logged: who looked at what stands in the ledger alone.
accesslog: Final = None
loglevel: Final = "warning"
limit_request_line: Final = 2_048
limit_request_fields: Final = 60
forwarded_allow_ips: Final = os.environ.get("FOOTPRINT_PROXY", "127.0.0.1")
preload_app: Final = True


def when_ready(server: Any) -> None:
    """Open what is published before the first worker parts: what is mapped then is shared."""
    from footprint.web.config.warming import warm

    warm()


def post_fork(server: Any, worker: Any) -> None:
    """Let go of the parent's connection: two processes must not speak through one."""
    from django.db import connections

    connections.close_all()
