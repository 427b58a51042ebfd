"""Small copies of pictures for lists, made when a browser asks, which then keeps them."""

import io
from typing import BinaryIO

EDGE = 144
"""Pixels of a side, where a list shows it at 48: three of them for each on a phone."""


def small_copy(picture: BinaryIO) -> bytes:
    """Return one of our own pictures, which were redrawn when they came in, as a small JPEG."""
    from PIL import Image  # here, because what is idle shouldn't have it in memory

    image = Image.open(picture, formats=["JPEG", "PNG"])
    image.draft("RGB", (EDGE, EDGE))
    image.thumbnail((EDGE, EDGE))
    clear = image.convert("RGBA")
    on_white = Image.new("RGBA", clear.size, "white")
    on_white.alpha_composite(clear)
    out = io.BytesIO()
    on_white.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()
