"""Settings that one process and many share. What differs stands in one.py and many.py."""

from __future__ import annotations

import os
from pathlib import Path

from dateline.config.secrets import secret_key

DATELINE_DATA = Path(os.environ.get("DATELINE_DATA", "newsroom")).resolve()
DATELINE_ROOMS = os.environ.get("DATELINE_ROOMS", "all")
"""`all`, or `press` for a worker that needs no desk and so loads no Wagtail."""

DATELINE_PROCESSES = int(os.environ.get("DATELINE_PROCESSES", "0"))
"""How many processes press everything; 0 is one a core."""

SECRET_KEY = secret_key(DATELINE_DATA)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("DATELINE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
ROOT_URLCONF = "dateline.config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = True
LANGUAGES = [("en", "English"), ("be", "Беларуская"), ("ru", "Русский")]

RECORD_APPS = ["django.contrib.contenttypes", "dateline.story.apps.StoryConfig", "dateline.press.apps.PressConfig",
               "dateline.site.apps.SiteConfig"]  # fmt: skip
INSTALLED_APPS = list(RECORD_APPS)
MIDDLEWARE: list[str] = ["django.middleware.security.SecurityMiddleware"]

if DATELINE_ROOMS == "all":
    from dateline.config.desk import *  # noqa: F403
    from dateline.config.desk import DESK_APPS, DESK_MIDDLEWARE

    INSTALLED_APPS += DESK_APPS
    MIDDLEWARE += DESK_MIDDLEWARE

# Logs name stories and acts, never a reader or an address; on a seizure they are what is read first.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "none": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django writes the requested path of every 4xx, and a path says what somebody reads.
        "django.request": {"handlers": ["none"], "propagate": False},
        "django.security": {"handlers": ["none"], "propagate": False},
    },
}
