"""The application as a server runs it: `gunicorn footprint.web.config.wsgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footprint.web.config.settings")

application = get_wsgi_application()
