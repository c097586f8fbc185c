"""Refuse a change of tables without its migration."""

import os
import tempfile

os.environ["DATELINE_DATA"] = tempfile.mkdtemp(prefix="dateline-check-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.one")

import django

django.setup()
from django.core.management import call_command  # noqa: E402 - Django is ready only now

call_command("check", fail_level="WARNING")
call_command("makemigrations", check=True, dry_run=True, verbosity=1)
