"""`dateline serve-config`: the configuration of a web server before the newsroom."""

from __future__ import annotations

from pathlib import Path

import click

from dateline.config.running.prefixes import DYNAMIC
from dateline.press.serving.caddy import caddy_configuration
from dateline.press.serving.nginx import nginx_configuration
from dateline.press.serving.site_wanted import SiteWanted
from dateline.site.style import csp

WRITERS = {"nginx": nginx_configuration, "caddy": caddy_configuration}


@click.command("serve-config")
@click.argument("server", type=click.Choice(list(WRITERS)))
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("newsroom"),
    show_default=True,
    help="The newsroom's folder; its public/ is what is served.",
)
@click.option("--server-name", default="_", show_default=True, help="Host names, separated by spaces; _ is any.")
@click.option(
    "--proxy",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Where `dateline run` listens, for desk and search.",
)
def serve_config(server: str, data: Path, server_name: str, proxy: str) -> None:
    """Print a complete configuration for nginx or Caddy over public/.

    Example: dateline serve-config nginx --server-name agency.example > /etc/nginx/conf.d/agency.conf
    """
    public = str((data / "public").resolve())
    click.echo(WRITERS[server](SiteWanted(public, server_name, proxy, DYNAMIC, csp())), nl=False)
