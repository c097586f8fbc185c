from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.config.commands.serve_config import serve_config
from dateline.errors import NewsroomError
from dateline.site.style import csp


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_a_configuration_is_printed_for_the_newsrooms_own_tree_and_policy(tmp_path: Path, server: str) -> None:
    options = ["--data", str(tmp_path), "--server-name", "agency.example", "--proxy", "http://127.0.0.1:9000"]
    said = CliRunner().invoke(serve_config, [server, *options])
    assert said.exit_code == 0
    for wanted in (str(tmp_path / "public"), "agency.example", "127.0.0.1:9000", csp()):
        assert wanted in said.output


def test_a_name_that_is_none_is_refused(tmp_path: Path) -> None:
    said = CliRunner().invoke(serve_config, ["nginx", "--data", str(tmp_path), "--server-name", "a;b"])
    assert isinstance(said.exception, NewsroomError)


def test_an_unknown_server_is_wrong_use() -> None:
    assert CliRunner().invoke(serve_config, ["apache"]).exit_code == 2
