from pathlib import Path

import pytest
from tests.press.serving.simulated import put

from dateline.press.serving.headers import Headers
from dateline.press.serving.shelf import WHOLE_MAX, Shelf


def dress(etag: str, size: int) -> tuple[Headers, Headers]:
    return [("etag", etag), ("content-length", str(size))], []


def body_of(shelf: Shelf, path: Path) -> bytes | None:
    leaf = shelf.take(str(path), dress)
    return leaf.body if leaf else None


def test_a_replaced_file_is_seen_at_once(tmp_path: Path) -> None:
    shelf, path = Shelf(tmp_path), put(tmp_path, "a.txt", b"first")
    assert body_of(shelf, path) == b"first"
    put(tmp_path, "a.txt", b"other")
    assert body_of(shelf, path) == b"other"


def test_a_removed_file_is_gone_at_once_and_takes_no_room(tmp_path: Path) -> None:
    shelf, path = Shelf(tmp_path), put(tmp_path, "a.txt", b"first")
    body_of(shelf, path)
    path.unlink()
    assert body_of(shelf, path) is None
    assert shelf.held == 0


def test_an_unchanged_file_is_the_same_leaf(tmp_path: Path) -> None:
    shelf, path = Shelf(tmp_path), put(tmp_path, "a.txt", b"first")
    assert shelf.take(str(path), dress) is shelf.take(str(path), dress)


def test_the_shelf_never_holds_more_than_its_limit_and_keeps_what_is_asked_for(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, limit=30_000)
    paths = [put(tmp_path, f"{number}.txt", bytes(4000)) for number in range(9)]
    often = paths[0]
    kept = shelf.take(str(often), dress)
    for path in paths:
        assert body_of(shelf, path) == bytes(4000)
        assert shelf.held <= 30_000
        assert shelf.take(str(often), dress) is kept


def test_a_file_larger_than_the_shelf_is_served_and_not_kept(tmp_path: Path) -> None:
    shelf, path = Shelf(tmp_path, limit=100), put(tmp_path, "a.txt", b"x" * 200)
    assert body_of(shelf, path) == b"x" * 200
    assert shelf.held == 0


def test_a_very_large_file_is_never_read_whole(tmp_path: Path) -> None:
    shelf, path = Shelf(tmp_path), put(tmp_path, "edition.zim", b"x" * (WHOLE_MAX + 1), packed=False)
    leaf = shelf.take(str(path), dress)
    assert leaf is not None
    assert leaf.body is None
    assert ("content-length", str(WHOLE_MAX + 1)) in leaf.headers
    assert shelf.held == 0


def test_a_link_out_of_the_tree_is_no_file_of_it(tmp_path: Path) -> None:
    root = tmp_path / "public"
    outside = put(tmp_path, "secret.txt", b"outside")
    put(root, "inside.txt", b"inside")
    (root / "link.txt").symlink_to(outside)
    (root / "within.txt").symlink_to(root / "inside.txt")
    (root / "up").symlink_to(tmp_path)
    shelf = Shelf(root)
    assert body_of(shelf, root / "link.txt") is None
    assert body_of(shelf, root / "up" / "secret.txt") is None
    assert body_of(shelf, root / "within.txt") == b"inside"


def test_a_tree_that_is_itself_a_link_is_served(tmp_path: Path) -> None:
    put(tmp_path / "real", "a.txt", b"content")
    (tmp_path / "public").symlink_to(tmp_path / "real")
    assert body_of(Shelf(tmp_path / "public"), tmp_path / "public" / "a.txt") == b"content"


@pytest.mark.parametrize("name", ["", "a\x00b", "x" * 5000])
def test_a_name_that_no_disk_takes_is_no_file(tmp_path: Path, name: str) -> None:
    assert body_of(Shelf(tmp_path), tmp_path / name) is None
