"""newsroom.toml: what is wrong is named, nothing is ignored."""

from pathlib import Path

import pytest
from tests.newsroom import TOML

from dateline.errors import NewsroomError
from dateline.story.newsroom import parse_newsroom

PATH = Path("newsroom.toml")


def test_the_agencys_settings_are_read():
    room = parse_newsroom(TOML, PATH)
    assert (room.default_language, room.site_url, str(room.timezone)) == (
        "en",
        "https://ranica.example/",
        "Europe/Vilnius",
    )
    assert room.name_in("be") == "Раніца"
    assert [section.slug for section in room.sections] == ["politics", "economy", "sport"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("languages = [", "Invalid"),
        ('languages = ["xx"]', "xx"),
        ("languages = []", "languages"),
        ('default_language = "ru"\nlanguages = ["en"]', "default_language"),
        ('timezone = "Mars/Olympus"', "Mars/Olympus"),
        ('timezone = "../etc/passwd"', "timezone"),
        ('site_url = "javascript:alert(1)"', "site_url"),
        ('[[sections]]\nslug = "Names"', "slug"),
        ('[[sections]]\nslug = "names"', "names"),
        ('[[sections]]\nslug = "x"\nlabel = {en = "X"}', "label"),
        ('languagse = ["en"]', "languagse"),
        ('name = {xx = "X"}', "name"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_changes(text, named):
    with pytest.raises(NewsroomError) as refusal:
        parse_newsroom(text, PATH)
    assert named in refusal.value.happened
    assert refusal.value.kept == "Nothing was changed."
