"""Taking a picture in: once, as the sizes readers get, without place, camera or name.

Promises kept here:
- nothing of the sender's file is kept but what the picture shows: it is drawn anew (EXIF, GPS, thumbnails, names go);
- a picture is named by the digest of its bytes, so taking it in twice gives one picture;
- size, pixels and format are bounded before anything is decoded.
"""

from __future__ import annotations

import hashlib
import io
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from dateline.errors import DatelineError
from dateline.story.models import Picture

WIDTHS: Final = (360, 720, 1200)
"""Of a phone's column, of a desk's column, of both at double density."""

EXTENSIONS: Final = ("avif", "webp", "jpg")
QUALITY: Final = {"avif": 55, "webp": 74, "jpg": 78}
FORMATS: Final = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF")
MOST_BYTES: Final = 40 * 1024 * 1024
MOST_PIXELS: Final = 60_000_000


class PictureRefused(DatelineError):
    """A file that is no picture we can keep."""

    code = "story.picture"


def take_in(content: bytes) -> Picture:
    """Keep a picture; taking the same bytes in again gives the same one.

    Raises:
        PictureRefused: not a picture, of a format we do not take, or too large.
    """
    ref = hashlib.sha256(content).hexdigest()[:32]
    known = Picture.objects.filter(ref=ref).first()
    if known:
        return known
    image = _opened(content)
    folder = Path(settings.DATELINE_DATA) / "media"
    folder.mkdir(parents=True, exist_ok=True)
    sizes = [_make(image, width, ref, folder) for width in WIDTHS]
    return Picture.objects.create(ref=ref, width=image.width, height=image.height, sizes=sizes)


@cache
def sizes_of(ref: str) -> tuple[str, ...]:
    """The stems of a picture's files: `REF-WIDTH`, by its class of width, not by its pixels."""
    return tuple(f"{ref}-{width}" for width in WIDTHS)


def _opened(content: bytes) -> Image.Image:
    if len(content) > MOST_BYTES:
        raise _refused(f"it has {len(content):,} bytes; at most {MOST_BYTES:,} are taken")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _refused(f"it has {opened.width} by {opened.height} points; at most {MOST_PIXELS:,} are taken")
            return ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as refusal:
        raise _refused("it is not a picture that can be read") from refusal


def _make(image: Image.Image, width: int, ref: str, folder: Path) -> tuple[int, int, str]:
    real = min(width, image.width)
    height = max(1, round(image.height * real / image.width))
    made = image if real == image.width else image.resize((real, height), Image.Resampling.LANCZOS)
    stem = f"{ref}-{width}"
    for extension in EXTENSIONS:
        made.save(folder / f"{stem}.{extension}", quality=QUALITY[extension], optimize=True)
    return made.width, made.height, stem


def _refused(because: str) -> PictureRefused:
    return PictureRefused(
        f"The picture was refused: {because}.",
        "Nothing of it was kept; the story is as it was.",
        f"Save it as one of {', '.join(FORMATS)} and try again.",
    )
