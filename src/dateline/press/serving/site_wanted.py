"""What a web server before the newsroom has to know. Pure; refuses what would break out of a configuration file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.errors import NewsroomError
from dateline.press.serving.headers import REVALIDATE, Headers, strict_headers

_HOST_NAMES = re.compile(r"[A-Za-z0-9.*_:-]+(?: [A-Za-z0-9.*_:-]+)*")
_PROXY = re.compile(r"http://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}")
_UNSAFE_IN_PATH = re.compile(r"[\"'\\${};\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class SiteWanted:
    """One site to configure.

    Args:
        public: the tree, an absolute path.
        server_name: host names, separated by one space; "_" for any.
        proxy: where `dateline run` listens, "http://127.0.0.1:8000".
        dynamic: first parts of the paths that it answers: "/desk".
        csp: the Content-Security-Policy of readers' pages.
        listen: port, or address and port.
    """

    public: str
    server_name: str
    proxy: str
    dynamic: tuple[str, ...]
    csp: str
    listen: str = "80"

    def checked(self) -> SiteWanted:
        """This site, when it can be written into a configuration.

        Raises:
            NewsroomError: a value holds what a configuration would read as its own.
        """
        for what, value, is_good in (
            ("--data", self.public, not _UNSAFE_IN_PATH.search(self.public)),
            ("--server-name", self.server_name, _HOST_NAMES.fullmatch(self.server_name)),
            ("--proxy", self.proxy, _PROXY.fullmatch(self.proxy)),
        ):
            if not is_good:
                raise NewsroomError(
                    f"{what} cannot stand in a configuration file: {value!r}.",
                    "Nothing was written.",
                    "Use plain host names, http://HOST:PORT, and a folder whose name has no quotes, $, braces or backslash.",
                )
        return self

    def headers(self) -> Headers:
        """The headers of a static answer, whatever file it is."""
        return [*strict_headers(self.csp), ("cache-control", REVALIDATE)]


def spelled(name: str) -> str:
    """A header's name as people write it: "cache-control" → "Cache-Control"."""
    return "-".join(part.capitalize() for part in name.split("-"))
