"""Settings of the desk and of signing in: the only part that names Wagtail."""

DESK_APPS: list[str] = []
DESK_MIDDLEWARE: list[str] = []
