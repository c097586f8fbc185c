from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from tests.newsroom import TOML

# No test depends on a time: a busy machine is no failure.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden", action="store_true", help="write the golden files anew; read their diff as code"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses the newsroom uses its databases."""
    for item in items:
        if "newsroom" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(databases="__all__"))


@pytest.fixture
def newsroom(tmp_path: Path, settings, db) -> Iterator[Path]:
    """An empty newsroom of the invented agency: its folder, settings and sections; nothing filed yet."""
    from dateline.story.newsroom import forget_newsroom
    from dateline.story.newsroom import newsroom as settings_of
    from dateline.story.sectioning import sync_sections

    data = tmp_path / "newsroom"
    data.mkdir()
    (data / "newsroom.toml").write_text(TOML, encoding="utf-8")
    settings.DATELINE_DATA = data
    forget_newsroom()
    sync_sections(settings_of())
    yield data
    forget_newsroom()
