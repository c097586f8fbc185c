"""Several processes on PostgreSQL 15 or newer: `DATABASE_URL=postgresql://user:password@host:5432/name`."""

import os
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from dateline.config.base import *  # noqa: F403

_url = urlsplit(os.environ.get("DATABASE_URL", ""))
if _url.scheme not in ("postgresql", "postgres"):
    raise ImproperlyConfigured("dateline.config.many needs DATABASE_URL=postgresql://user:password@host:5432/name")

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _url.path.lstrip("/"),
        "USER": unquote(_url.username or ""),
        "PASSWORD": unquote(_url.password or ""),
        "HOST": _url.hostname or "",
        "PORT": str(_url.port or ""),
        "CONN_MAX_AGE": 60,
    }
}
