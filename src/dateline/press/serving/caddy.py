"""`public/` behind Caddy: types, headers and refusals from the same tables as the built-in server."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.press.serving.headers import BY_NAME, BY_SUFFIX, FOR_EVER, HTML, LISTS, PICTURES, REVALIDATE, TEXT
from dateline.press.serving.site_wanted import SiteWanted, spelled

_HIDDEN = r"(/\.|//|\.gz$|\.br$)"
_WELL_KNOWN = r"^/\.well-known/[^./][^/]*$"
_LANGUAGE = r"^/([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)/"


def caddy_configuration(wanted: SiteWanted) -> str:
    """A site block for a Caddyfile.

    Raises:
        NewsroomError: see SiteWanted.checked.
    """
    site = wanted.checked()
    return "\n".join(_lines(site)) + "\n"


def _lines(site: SiteWanted) -> Iterator[str]:
    upstream = site.proxy.removeprefix("http://")
    yield "# Made by `dateline serve-config caddy`; make it again after an update rather than changing it here."
    yield "# Serves public/ with its ready .br and .gz files; what is no file is asked of `dateline run`."
    yield "# Caddy writes no access log unless told to: keep it so, readers leave no trace."
    yield f"{_address(site)} {{"
    yield f'\troot * "{site.public}"'
    yield f"\t@dynamic path {' '.join(f'{prefix} {prefix}/*' for prefix in site.dynamic)}"
    yield "\thandle @dynamic {"
    yield from _proxy("", upstream, 2)
    yield "\t}"
    yield "\thandle {"
    yield from _static(site, upstream)
    yield "\t}"
    yield from _errors(site)
    yield "}"


def _address(site: SiteWanted) -> str:
    return ", ".join(site.server_name.split()) if site.server_name != "_" else f":{site.listen.rpartition(':')[2]}"


def _proxy(matcher: str, upstream: str, depth: int) -> Iterator[str]:
    tabs = "\t" * depth
    yield f"{tabs}reverse_proxy {matcher}{upstream} {{"
    yield f"{tabs}\theader_up -X-Forwarded-For"
    if matcher:
        yield f"{tabs}\theader_up -Cookie"
        yield f"{tabs}\t@nothing status 400 403 404 405 429 5xx"
        yield f"{tabs}\thandle_response @nothing {{"
        yield f"{tabs}\t\terror 404"
        yield f"{tabs}\t}}"
    yield f"{tabs}}}"


def _static(site: SiteWanted, upstream: str) -> Iterator[str]:
    yield from _headers(site)
    yield from _cache_rules()
    yield from _types()
    yield "\t\t@refused {"
    yield f'\t\t\tpath_regexp "{_HIDDEN}"'
    yield f'\t\t\tnot path_regexp "{_WELL_KNOWN}"'
    yield "\t\t}"
    yield "\t\terror @refused 404"
    yield "\t\t@writing not method GET HEAD"
    yield "\t\terror @writing 405"
    yield "\t\t@missing not file {path} {path}/index.html"
    yield from _proxy("@missing ", upstream, 2)
    yield "\t\tfile_server {"
    yield "\t\t\tprecompressed br gzip"
    yield "\t\t}"


def _headers(site: SiteWanted) -> Iterator[str]:
    yield "\t\theader {"
    for name, value in site.headers():
        if name != "cache-control":
            yield f'\t\t\t{spelled(name)} "{value}"'
    yield "\t\t\t-Last-Modified"
    yield "\t\t\t-Server"
    yield "\t\t\tdefer"
    yield "\t\t}"


def _cache_rules() -> Iterator[str]:
    yield f"\t\t@pictures path /{PICTURES}*"
    yield f"\t\t@asked_again not path /{PICTURES}*"
    yield from _late("@pictures ", "Cache-Control", FOR_EVER)
    yield from _late("@asked_again ", "Cache-Control", REVALIDATE)


def _late(matcher: str, name: str, value: str) -> Iterator[str]:
    """A header set when the answer is sent, over what Caddy found for itself, and not kept for an error's page."""
    yield f"\t\theader {matcher}{{"
    yield f'\t\t\t{name} "{value}"'
    yield "\t\t\tdefer"
    yield "\t\t}"


def _types() -> Iterator[str]:
    """One rule for each type, no file under two of them: Caddy orders rules by its own idea of precision."""
    named = " ".join([f"/{LISTS}*", *(f"*/{name}" for name in BY_NAME)])
    for suffix, kind in BY_SUFFIX.items():
        matcher = f"@type_{suffix[1:]}"
        yield f"\t\t{matcher} {{"
        yield f"\t\t\tpath *{suffix} {'*/' if suffix == '.html' else ''}".rstrip()
        yield f"\t\t\tnot path {named}"
        yield "\t\t}"
        yield from _late(f"{matcher} ", "Content-Type", kind)
    for name, kind in [*((f"*/{name}", kind) for name, kind in BY_NAME.items()), (f"/{LISTS}*", TEXT)]:
        matcher = f"@named_{re.sub('[^a-z]', '_', name.strip('*/').lower())}"
        yield f"\t\t{matcher} path {name}"
        yield from _late(f"{matcher} ", "Content-Type", kind)


def _errors(site: SiteWanted) -> Iterator[str]:
    yield "\thandle_errors {"
    yield from _headers(site)
    yield from _late("", "Cache-Control", REVALIDATE)
    yield from _late("", "Content-Type", HTML)
    yield f'\t\t@language path_regexp lang "{_LANGUAGE}"'
    yield "\t\thandle @language {"
    yield from _page("/{re.lang.1}/404.html /404.html")
    yield "\t\t}"
    yield "\t\thandle {"
    yield from _page("/404.html")
    yield "\t\t}"
    yield "\t}"


def _page(tried: str) -> Iterator[str]:
    yield f"\t\t\ttry_files {tried}"
    yield "\t\t\tfile_server {"
    yield "\t\t\t\tprecompressed br gzip"
    yield "\t\t\t\tstatus {err.status_code}"
    yield "\t\t\t}"
