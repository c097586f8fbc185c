"""A picture taken in at the desk: without what a camera adds, and not before the public until its story is."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.newsroom import SENTINEL


def photograph() -> bytes:
    image = Image.new("RGB", (900, 600), "teal")
    exif = Image.Exif()
    exif[0x010F] = SENTINEL
    held = io.BytesIO()
    image.save(held, "JPEG", exif=exif)
    return held.getvalue()


def send(person: Any, content: bytes) -> Any:
    return person.browser.post("/desk/pictures/", {"picture": SimpleUploadedFile(f"{SENTINEL}.jpg", content)})


def test_a_picture_is_taken_in_without_its_exif_and_its_name(writer: Any, newsroom: Any) -> None:
    answer = send(writer, photograph()).json()
    assert answer["src"].startswith("picture:")
    shown = writer.browser.get(answer["shown"])
    assert shown.status_code == 200
    assert shown.headers["content-type"] == "image/webp"
    shown.close()
    kept = [file.name.encode() + file.read_bytes() for file in (newsroom / "media").iterdir()]
    assert kept
    assert not any(SENTINEL.encode() in file for file in kept)
    assert Client().get(answer["shown"]).status_code == 302


def test_what_is_no_picture_is_refused_in_three_parts(writer: Any) -> None:
    for content in (b"", b"<svg onload=alert(1)>"):
        answer = send(writer, content)
        assert answer.status_code == 422
        assert set(answer.json()) >= {"code", "happened", "kept", "next"}


def test_a_picture_goes_out_with_its_story(editor: Any) -> None:
    from dateline.story import reads

    src = send(editor, photograph()).json()["src"]
    assert reads.public_pictures() == []
    picture = {"src": src, "alt": "The ferry", "caption": "", "credit": ""}
    draft = editor.writes(blocks=[("picture", picture)])
    editor.does("publish", draft.story_uid)
    assert [shown.ref for shown in reads.public_pictures()] == [src]
