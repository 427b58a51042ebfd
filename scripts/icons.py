"""Draws the icons of the installed app from the shape of `static/web/mark.svg`.

    python scripts/icons.py          writes the PNG files into schoolgate/web/static/web/
    python scripts/icons.py FOLDER   writes them there (a test compares them with the committed ones)

PNG, because phones accept nothing else for an app's icon. Drawn four times as large and scaled down, so that
the edges are smooth.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

STATIC = Path(__file__).resolve().parent.parent / "schoolgate/web/static/web"
GROUND, LINE, SUN, NONE = (20, 84, 91, 255), (255, 255, 255, 255), (255, 196, 92, 255), (0, 0, 0, 0)
FINER = 4
UNITS = 32
"""The mark is drawn on a square of 32 units."""


def icon(size: int, *, corner: float = 8, scale: float = 1, ground: tuple[int, ...] = GROUND) -> Image.Image:
    """One icon. `corner`: radius of the ground in units, `scale`: how much of it the gate takes up."""
    side = size * FINER
    image = Image.new("RGBA", (side, side), NONE)
    draw = ImageDraw.Draw(image)
    unit = side / UNITS
    if ground != NONE:
        draw.rounded_rectangle((0, 0, side - 1, side - 1), radius=corner * unit, fill=ground)

    def at(x: float, y: float) -> tuple[float, float]:
        return (16 + (x - 16) * scale) * unit, (16 + (y - 16) * scale) * unit

    def stroke(points: list[tuple[float, float]], width: float) -> None:
        wide = width * scale * unit
        placed = [at(*point) for point in points]
        draw.line(placed, fill=LINE, width=round(wide), joint="curve")
        for x, y in (placed[0], placed[-1]):
            draw.ellipse((x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2), fill=LINE)

    stroke([(7, 25), (7, 14.5), *_arch(), (25, 14.5), (25, 25)], 2.6)
    for line in (
        [(12, 25), (12, 15.5)],
        [(20, 25), (20, 15.5)],
        [(7, 19.5), (12, 19.5)],
        [(20, 19.5), (25, 19.5)],
    ):
        stroke(line, 2.2)
    (left, top), (right, bottom) = at(16 - 1.9, 13 - 1.9), at(16 + 1.9, 13 + 1.9)
    draw.ellipse((left, top, right, bottom), fill=SUN if ground != NONE else LINE)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _arch() -> list[tuple[float, float]]:
    """The two curves of the mark's arch: C 7 9.8 11 6.5 16 6.5 s 9 3.3 9 8."""
    left = _curve((7, 14.5), (7, 9.8), (11, 6.5), (16, 6.5))
    return [*left, *_curve((16, 6.5), (21, 6.5), (25, 9.8), (25, 14.5))]


def _curve(*points: tuple[float, float], steps: int = 24) -> list[tuple[float, float]]:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    found = []
    for step in range(1, steps + 1):
        t = step / steps
        s = 1 - t
        weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
        found.append(
            (
                sum(w * v for w, v in zip(weights, (ax, bx, cx, dx), strict=True)),
                sum(w * v for w, v in zip(weights, (ay, by, cy, dy), strict=True)),
            )
        )
    return found


ICONS = {
    "icon-192.png": lambda: icon(192),
    "icon-512.png": lambda: icon(512),
    # Android cuts any shape out of it: the gate stays within the middle four fifths.
    "icon-maskable-512.png": lambda: icon(512, corner=0, scale=0.72),
    # iPhones round the corners themselves, and show black where nothing is drawn.
    "apple-touch-icon.png": lambda: icon(180, corner=0, scale=0.86).convert("RGB"),
    # The small sign in the bar of a phone: only its shape is shown.
    "badge-96.png": lambda: icon(96, ground=NONE),
}


def main(folder: Path = STATIC) -> None:
    """Write every icon."""
    for name, drawn in ICONS.items():
        drawn().save(folder / name, "PNG", optimize=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
