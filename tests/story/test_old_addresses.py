import pytest
from tests import newsroom as agency
from tests.story.test_filing import file

from dateline.story.models import Redirect
from dateline.story.writing import old_path


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://old.example/2019/05/a/", "/2019/05/a/"),
        ("/2019/05/moved.html", "/2019/05/moved.html"),
        ("2019/05/moved.html", "/2019/05/moved.html"),
        ("https://old.example/?p=12", ""),
        ("https://old.example/", ""),
        ("", ""),
        ("https://[broken", ""),
        ("/" + "x" * 2000, ""),
    ],
)
def test_an_old_address_is_kept_by_its_path(address, path):
    assert old_path(address) == path


def test_two_stories_of_one_old_address_keep_the_first(newsroom):
    file(agency.bridge(address="https://old.example/a/"), agency.derby(address="https://other.example/a/"))
    assert [(r.path, r.story.filed_id) for r in Redirect.objects.all()] == [("/a/", "ranica-bridge-en")]
