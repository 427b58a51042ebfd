"""Pictures for the examples, drawn: hills, a sky and some bunting, without people."""

import io
import math
import random

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1200, 800)
FLAGS = ("#c9543f", "#e2a63a", "#3f7f78", "#58679a", "#f4ecd8")


def landscape(seed: str) -> bytes:
    """A drawn landscape as JPEG bytes; the same seed gives the same picture."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    picture = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(picture)
    _sky(draw, chance)
    for layer in range(4):
        _hill(draw, chance, layer)
    picture = picture.filter(ImageFilter.GaussianBlur(0.6))
    _bunting(ImageDraw.Draw(picture), chance)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=86)
    return out.getvalue()


def _sky(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    width, height = SIZE
    warm = chance.random()
    for y in range(height):
        share = y / height
        draw.line(
            [(0, y), (width, y)],
            fill=(int(150 + 90 * share), int(190 + 40 * share), int(225 - (30 + 40 * warm) * share)),
        )


def _hill(draw: ImageDraw.ImageDraw, chance: random.Random, layer: int) -> None:
    width, height = SIZE
    base = height * (0.48 + 0.13 * layer)
    waves = [(chance.uniform(30, 70), chance.uniform(250, 600), chance.uniform(0, 6)) for _ in range(3)]
    ridge = [
        (x, base - sum(high * math.sin(x / long + shift) for high, long, shift in waves) / 2)
        for x in range(0, width + 10, 10)
    ]
    shade = 1 - 0.17 * layer
    colour = (int(128 * shade), int(168 * shade), int(104 * shade))
    draw.polygon([(0, height), *ridge, (width, height)], fill=colour)


def _bunting(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    width, _ = SIZE
    sag = chance.uniform(60, 120)
    line = [(x, 60 + sag * math.sin(math.pi * x / width)) for x in range(0, width + 40, 40)]
    draw.line(line, fill="#6b5d4d", width=4)
    for place, (x, y) in enumerate(line[1:-1:2]):
        colour = FLAGS[place % len(FLAGS)]
        draw.polygon([(x - 22, y), (x + 22, y), (x, y + 54)], fill=colour)
