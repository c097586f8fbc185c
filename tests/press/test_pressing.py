"""What the press promises, with a surface of one line a story."""

import gzip
from collections.abc import Iterator

import brotli
import pytest
from tests import newsroom as agency

from dateline.press import surfaces
from dateline.press.everything import check, press_everything
from dateline.press.models import Output, Progress
from dateline.press.placing import PathRefused, Tree
from dateline.press.pressing import press_next, progress
from dateline.press.surfaces import Surface
from dateline.press.working import press_now, public
from dateline.story import reads
from dateline.story.actions.filing import Wishes, file_cards
from dateline.story.actions.kill import kill


def _render(paths: list[str]) -> Iterator[tuple[str, bytes | None]]:
    cards = {card.address: card for card in reads.cards([path.removesuffix("index.html") for path in paths])}
    for path in paths:
        card = cards.get(path.removesuffix("index.html"))
        yield path, f"<p>{card.headline}</p>".encode() if card else None


LINE = Surface(
    "line", 10, lambda change: [f"{change.address}index.html"],
    lambda: (f"{address}index.html" for address in reads.every_address()), _render,
)  # fmt: skip
COUNT = Surface(
    "count", 20, lambda change: ["count.txt"], lambda: iter(["count.txt"]),
    lambda paths: [("count.txt", f"{len(reads.newest('en', None, 99))}\n".encode())],
)  # fmt: skip


@pytest.fixture
def two_surfaces(newsroom, monkeypatch):
    monkeypatch.setattr(surfaces, "_surfaces", {"line": LINE, "count": COUNT})
    return newsroom


def publish(*cards):
    file_cards(list(cards), by="test", now=agency.NOW, wishes=Wishes(publish=True))


def names(newsroom):
    return sorted(Tree(public()).files())


def test_an_act_is_pressed_with_its_compressed_forms(two_surfaces):
    publish(agency.bridge())
    press_now()
    page = public() / reads.newest("en", None, 1)[0].address / "index.html"
    plain = page.read_bytes()
    assert b"New bridge" in plain
    assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == plain
    assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == plain
    assert (public() / "count.txt").read_text() == "1\n"


def test_pressing_again_places_nothing(two_surfaces):
    publish(agency.bridge())
    press_now()
    assert press_now().placed == 0


def test_a_kill_leaves_no_file_and_no_empty_folder(two_surfaces):
    publish(agency.bridge())
    press_now()
    kill("ranica-bridge-en", why="x", by="chief", now=agency.NOW)
    press_now()
    assert names(two_surfaces) == ["count.txt", "count.txt.br", "count.txt.gz"]
    assert [p.name for p in public().iterdir() if p.is_dir()] == []
    assert check(public()).is_equal


def test_pressing_everything_gives_the_same_tree_as_pressing_what_changed(two_surfaces, tmp_path):
    publish(agency.bridge(), agency.derby())
    press_now()
    publish(agency.corrected_bridge())
    kill("ranica-derby-en", why="x", by="chief", now=agency.NOW)
    press_now()
    press_everything(tmp_path / "again", record=False)
    again, here = Tree(tmp_path / "again"), Tree(public())
    assert {n: again.read(n) for n in again.files()} == {n: here.read(n) for n in here.files()}


def test_check_names_what_is_wrong(two_surfaces):
    publish(agency.bridge(), agency.derby())
    press_now()
    address = reads.newest("en", "sport", 1)[0].address
    (public() / "count.txt").write_text("2 and more\n")
    (public() / address / "index.html").unlink()
    (public() / "stranger.html").write_text("hello")
    found = check(public())
    assert (found.different, found.missing) == (["count.txt"], [f"{address}index.html"])
    assert "stranger.html" in found.extra
    press_everything(public())
    assert check(public()).is_equal


def test_check_finds_a_damaged_compressed_form(two_surfaces):
    publish(agency.bridge())
    press_now()
    (public() / "count.txt.br").write_bytes(b"not brotli")
    assert check(public()).different == ["count.txt"]


def test_a_press_that_died_after_placing_is_not_trusted(two_surfaces, monkeypatch):
    """The list went out with the story, the press died, the story was killed: the list must lose it."""
    publish(agency.bridge())
    press_now()
    publish(agency.derby())
    with monkeypatch.context() as dying:
        dying.setattr("dateline.press.pressing._save", lambda done: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            press_now()
    assert (public() / "count.txt").read_text() == "2\n"
    kill("ranica-derby-en", why="x", by="chief", now=agency.NOW)
    press_now()
    assert (public() / "count.txt").read_text() == "1\n"
    assert check(public()).is_equal


def test_one_story_that_cannot_be_rendered_stops_no_other(two_surfaces, monkeypatch, caplog):
    def breaks(paths):
        if any("derby" in path or "beat" in path for path in paths):
            raise ValueError("broken")
        return _render(paths)

    broken = Surface("line", 10, LINE.touched, LINE.every, breaks)
    monkeypatch.setattr(surfaces, "_surfaces", {"line": broken, "count": COUNT})
    publish(agency.bridge(), agency.derby())
    press_now()
    assert (public() / "count.txt").read_text() == "2\n"
    assert any("bridge" in name for name in names(two_surfaces))
    assert "cannot render" in caplog.text


def test_a_new_recipe_presses_everything(two_surfaces, monkeypatch):
    publish(agency.bridge())
    press_now()
    before = progress().recipe
    other = Surface("line", 10, LINE.touched, LINE.every, LINE.render, lambda: b"new look")
    monkeypatch.setattr(surfaces, "_surfaces", {"line": other, "count": COUNT})
    (public() / "count.txt").write_text("stale")
    press_now()
    assert progress().recipe != before
    assert (public() / "count.txt").read_text() == "1\n"


def test_the_cursor_moves_with_the_acts_and_digests_are_whole(two_surfaces):
    publish(agency.bridge(), agency.derby())
    press_now()
    assert Progress.objects.get().seq == 2
    assert not Output.objects.filter(digest="").exists()
    with Tree(public()) as tree:
        assert press_next(tree).acts == 0


@pytest.mark.parametrize(
    "path",
    ["../out.html", "/etc/passwd", "a/../../b", "a//b", "a/.git/config", "a\\b", "a/\x00b", "a/b\nc", "x" * 300, ""],
)
def test_a_path_out_of_the_tree_is_refused(tmp_path, path):
    with Tree(tmp_path / "public") as tree, pytest.raises(PathRefused):
        tree.put(path, b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["public"]


def test_an_output_that_cannot_be_put_in_place_stops_no_other_and_is_tried_again(two_surfaces, monkeypatch, caplog):
    real = Tree.put_forms

    def full_disk(tree, path, made):
        if path.endswith("index.html"):
            raise OSError("no space left")
        real(tree, path, made)

    press_now()
    publish(agency.bridge())
    with monkeypatch.context() as broken:
        broken.setattr(Tree, "put_forms", full_disk)
        press_now()
    assert (public() / "count.txt").read_text() == "1\n"
    assert "cannot put" in caplog.text
    assert check(public()).missing
    press_now()
    assert check(public()).is_equal


def test_after_a_kill_what_cannot_be_rendered_says_nothing(two_surfaces, monkeypatch):
    publish(agency.bridge())
    press_now()
    broken = Surface("count", 20, COUNT.touched, COUNT.every, lambda paths: (_ for _ in ()).throw(ValueError("broken")))
    monkeypatch.setattr(surfaces, "_surfaces", {"line": LINE, "count": broken})
    kill("ranica-bridge-en", why="x", by="chief", now=agency.NOW)
    press_now()
    assert not (public() / "count.txt").exists()
    monkeypatch.setattr(surfaces, "_surfaces", {"line": LINE, "count": COUNT})
    publish(agency.derby())
    press_now()
    assert (public() / "count.txt").read_text() == "1\n"


def test_an_act_that_cannot_be_told_stops_no_other(two_surfaces, monkeypatch, caplog):
    from dateline.press import pressing

    real = pressing.change_of
    monkeypatch.setattr(pressing, "change_of", lambda act: real(act) if act.seq != 1 else 1 / 0)
    press_now()
    publish(agency.bridge(), agency.derby())
    press_now()
    assert (public() / "count.txt").read_text() == "2\n"
    assert "cannot tell what act 1 changed" in caplog.text
