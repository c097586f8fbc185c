"""Render the demonstration agency's drawings: each pictures/NAME.svg to pictures/NAME.jpg (make demo-pictures).

The JPEGs are committed, so a newsroom needs no renderer to show them. A drawing with text is refused: what it looked
like would depend on the fonts of the machine.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Final

import resvg_py
from PIL import Image

PICTURES: Final = Path(__file__).parents[1] / "src" / "dateline" / "demo" / "pictures"
WIDTH_PX: Final = 1600
LARGEST_B: Final = 200 * 1024
QUALITIES: Final = (86, 82, 78, 74)


def draw(drawing: Path) -> bytes:
    """One drawing as a JPEG of at most `LARGEST_B`, at the best quality that fits."""
    svg = drawing.read_text(encoding="utf-8")
    if "<text" in svg:
        raise SystemExit(f"{drawing.name}: holds text; draw it as paths.")
    rendered = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=WIDTH_PX)))).convert("RGB")
    for quality in QUALITIES:
        out = io.BytesIO()
        rendered.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= LARGEST_B:
            return out.getvalue()
    raise SystemExit(f"{drawing.name}: over {LARGEST_B // 1024} kB at every quality; draw it simpler.")


def main() -> None:
    for drawing in sorted(PICTURES.glob("*.svg")):
        jpeg = draw(drawing)
        drawing.with_suffix(".jpg").write_bytes(jpeg)
        sys.stdout.write(f"{drawing.stem}.jpg  {len(jpeg) // 1024} kB\n")


if __name__ == "__main__":
    main()
