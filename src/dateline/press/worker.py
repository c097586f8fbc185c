"""`python -m dateline.press.worker`: the press beside a running site. Loads the record's rooms alone, no desk."""

import os

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.one")
    os.environ["DATELINE_ROOMS"] = "press"
    import django

    django.setup()
    from dateline.press.working import work

    work()
