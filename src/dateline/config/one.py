"""One process family, one folder, SQLite: the default.

IMMEDIATE transactions: a transaction that reads and then writes cannot be retried by any time-out under DEFERRED, and
under twenty editors that failed 47 saves of 100. The press has its own file because SQLite's busy wait is unfair.
"""

from dateline.config.base import *  # noqa: F403
from dateline.config.base import DATELINE_DATA

_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456;",
}

DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATELINE_DATA / "newsroom.db", "OPTIONS": _OPTIONS},
    "press": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATELINE_DATA / "press.db", "OPTIONS": _OPTIONS},
}
DATABASE_ROUTERS = ["dateline.config.routers.PressApart"]
