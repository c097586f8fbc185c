"""`public/` behind nginx: the same types, headers and refusals as the built-in server, made from the same tables.

Differences that nginx leaves no choice in: its ETag is made of time and size, it names itself in `Server`, a 405 has no
`Allow`, and a folder without a page is redirected to its slash before it is not found. Links that lead out of the tree
are followed: the press makes none, and `disable_symlinks` was measured to cost two thirds of nginx's speed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.press.serving.headers import BY_NAME, BY_SUFFIX, FOR_EVER, LISTS, PICTURES, REVALIDATE, TEXT, UNKNOWN
from dateline.press.serving.site_wanted import SiteWanted, spelled

_TAB = "    "


def nginx_configuration(wanted: SiteWanted) -> str:
    """A file for `conf.d/` or `sites-enabled/` (it stands in the `http` context).

    Raises:
        NewsroomError: see SiteWanted.checked.
    """
    site = wanted.checked()
    blocks = [_opening(), *_maps(site), "server {", *_indented([*_server(site)]), "}"]
    return "\n".join(blocks) + "\n"


def _opening() -> str:
    return (
        "# Made by `dateline serve-config nginx`; make it again after an update rather than changing it here.\n"
        "# Serves public/ with its ready .gz files; what is no file is asked of `dateline run`."
    )


def _maps(site: SiteWanted) -> Iterator[str]:
    """A 304 repeats no strict headers (RFC 9110 15.4.5), and only a picture that is there is kept for ever."""
    yield from _block('map "$status$uri" $dateline_cache_control', _cache_rules())
    for name, value in site.headers():
        if name != "cache-control":
            yield from _block(f"map $status {_variable(name)}", ['304 "";', f'default "{value}";'])


def _cache_rules() -> list[str]:
    return [f'"~^(?:200|304)/{re.escape(PICTURES)}" "{FOR_EVER}";', f'default "{REVALIDATE}";']


def _variable(name: str) -> str:
    return f"$dateline_{name.replace('-', '_')}"


def _server(site: SiteWanted) -> Iterator[str]:
    yield f"listen {site.listen};"
    yield f"server_name {site.server_name};"
    yield f'root "{site.public}";'
    yield from _manners()
    yield from _types()
    yield from _to_newsroom()
    yield ""
    for prefix in site.dynamic:
        yield f"location = {prefix} {{ proxy_pass {site.proxy}; }}"
        yield f"location ^~ {prefix}/ {{ proxy_pass {site.proxy}; }}"
    yield ""
    yield from _block("location /", _static(site))
    yield from _block("location @newsroom", _old_addresses(site))
    yield from _block(
        "location @not_found", [*_add_headers(site), "try_files /$dateline_lang/404.html /404.html =404;"]
    )


def _manners() -> Iterator[str]:
    yield from (
        "index index.html;",
        "absolute_redirect off;  # a redirect names no host",
        "server_tokens off;",
        "access_log off;  # readers leave no trace",
        "error_log /dev/null;  # its lines name the reader's address",
        "log_not_found off;",
        "recursive_error_pages on;",
        'set $dateline_lang "";',
        "",
        "gzip off;",
        "gzip_static on;",
        "gzip_vary on;",
        "gzip_proxied any;",
        "gzip_http_version 1.0;",
        "# With the brotli module (Debian: libnginx-mod-http-brotli-static) pages are a sixth smaller:",
        "# brotli_static on;",
        "if_modified_since off;  # answers carry an ETag, and no Last-Modified: it tells when a file was pressed",
        "charset off;",
    )


def _types() -> Iterator[str]:
    yield f"default_type {UNKNOWN};"
    yield from _block("types", [f'"{kind}" {suffix[1:]};' for suffix, kind in BY_SUFFIX.items()])


def _to_newsroom() -> Iterator[str]:
    yield from (
        "",
        "client_max_body_size 64m;",
        "proxy_http_version 1.1;",
        "proxy_set_header Host $http_host;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        'proxy_set_header X-Forwarded-For "";  # the newsroom never learns who reads',
        'proxy_set_header Connection "";',
        "proxy_redirect off;",
    )


def _static(site: SiteWanted) -> Iterator[str]:
    yield from _add_headers(site)
    yield from _location(r"(?:/\.(?!well-known/)|//|\.(?:gz|br)$)", ["error_page 404 @not_found;", "return 404;"])
    for name, kind in BY_NAME.items():
        yield from _location(rf"/{re.escape(name)}$", [*_one_type(kind), *_files("$uri")])
    yield from _location(rf"^/{re.escape(LISTS)}", [*_one_type(TEXT), *_files("$uri")])
    yield from _files("$uri $uri/")


def _files(tried: str) -> list[str]:
    return [
        "if ($request_method !~ ^(?:GET|HEAD)$) { return 405; }",
        "error_page 403 = @newsroom;",
        f"try_files {tried} @newsroom;",
    ]


def _one_type(kind: str) -> list[str]:
    return ["types { }", f'default_type "{kind}";']


def _old_addresses(site: SiteWanted) -> Iterator[str]:
    yield 'proxy_set_header Cookie "";'
    yield "if ($uri ~ ^/(?<tag>[a-z][a-z][a-z]?(?:-[A-Za-z0-9]+)*)/) { set $dateline_lang $tag; }"
    yield "proxy_intercept_errors on;"
    yield "error_page 400 403 404 405 429 500 502 503 504 =404 @not_found;"
    yield f"proxy_pass {site.proxy};"


def _add_headers(site: SiteWanted) -> list[str]:
    added = [f"add_header {spelled(name)} {_variable(name)} always;" for name, _ in site.headers()]
    return [*added, 'add_header Last-Modified "";']


def _location(pattern: str, lines: list[str]) -> Iterator[str]:
    yield from _block(f'location ~ "{pattern}"', lines)


def _block(head: str, lines: Iterator[str] | list[str]) -> Iterator[str]:
    yield f"{head} {{"
    yield from _indented(lines)
    yield "}"


def _indented(lines: Iterator[str] | list[str]) -> Iterator[str]:
    for line in lines:
        yield f"{_TAB}{line}" if line else ""
