"""Load on a loopback server: by wrk where it is installed, else by a small client of our own.

The own client is slower than any server here, so its figures compare servers less sharply; a result says which it was.
"""

from __future__ import annotations

import http.client
import json
import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from dateline.config.benchmarks.processes import HOST
from dateline.errors import NewsroomError

CONNECTIONS = 32
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")

_SCRIPT = """local paths = {%s}
local requests, at = {}, 0
init = function(args)
  for i, path in ipairs(paths) do requests[i] = wrk.format("GET", path, {["Accept-Encoding"] = "gzip"}) end
end
request = function()
  at = at %% #requests + 1
  return requests[at]
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """Asks for `paths` in turn for `seconds`, over 32 kept connections."""

    paths: tuple[str, ...]
    seconds: int
    script: Path

    @property
    def client(self) -> str:
        return "wrk" if shutil.which("wrk") else "own client"

    def rate(self, port: int) -> float:
        """Requests answered with 200 in a second.

        Raises:
            NewsroomError: the server answers something else.
        """
        return self._by_wrk(port) if self.client == "wrk" else self._by_own(port)

    def _by_wrk(self, port: int) -> float:
        self.script.write_text(_SCRIPT % ",".join(json.dumps(path) for path in self.paths), encoding="utf-8")
        options = ["-t1", f"-c{CONNECTIONS}", f"-d{self.seconds}s", "-s", str(self.script)]
        command = ["wrk", *options, f"http://{HOST}:{port}/"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
        rate = _RATE.search(said)
        if rate is None or "Non-2xx" in said:
            raise NewsroomError(
                "Not measured: a server answered something else than its page.",
                "Nothing was changed.",
                "Look at what it answers.",
                subject=f"port {port}",
            )
        return float(rate[1])

    def _by_own(self, port: int) -> float:
        deadline = time.monotonic() + self.seconds
        with ThreadPoolExecutor(4) as readers:
            counts = readers.map(lambda first: _read_until(port, self.paths, first, deadline), range(4))
            return sum(counts) / self.seconds


def _read_until(port: int, paths: Sequence[str], first: int, deadline: float) -> int:
    connection, done = http.client.HTTPConnection(HOST, port), 0
    while time.monotonic() < deadline:
        connection.request("GET", paths[(first + done) % len(paths)], headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        done += answer.status == http.client.OK
    connection.close()
    return done
