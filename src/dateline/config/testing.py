"""Settings of the test suite: one process's, in a folder that each run makes and removes."""

import os
import tempfile

if "DATELINE_DATA" not in os.environ or not os.environ["DATELINE_DATA"].startswith(tempfile.gettempdir()):
    os.environ["DATELINE_DATA"] = tempfile.mkdtemp(prefix="dateline-tests-")

if os.environ.get("DATABASE_URL"):
    from dateline.config.many import *  # noqa: F403
else:
    from dateline.config.one import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A database in memory cannot be shared with another process.
DATELINE_PROCESSES = 1
