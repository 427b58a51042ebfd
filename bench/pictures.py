"""A photograph of twelve megapixels through every check, and fifty at once: seconds, and the memory of
this process and of those it starts, at its greatest. Then what prints find again."""

from __future__ import annotations

import io
import random
import resource
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psutil
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from bench.machine import middle, say

SIZE = (4032, 3024)
ROUNDS, AT_ONCE = 5, 50
WANTED = {"seconds": 1.5, "megabytes": 400, "megabytes_of_fifty": 800}
PICTURES = 40
EVERY = 0.02
"""Seconds between two looks at the memory."""
SMALLEST = {"ROUNDS": 1, "AT_ONCE": 3, "PICTURES": 2, "SIZE": (640, 480)}


def run() -> dict[str, Any]:
    """One after the other, fifty at once, and what is found again."""
    from bench.database import connect_to, prepared

    connect_to(prepared())
    from schoolgate.media.faces import can_look
    from schoolgate.media.pictures import take_in
    from schoolgate.media.words import can_read, read_words

    upload = _file(photograph(1, SIZE))
    say(f"pictures: one of {len(upload) / 1e6:.1f} MB, {ROUNDS} times")
    with _memory() as one:
        seconds = [_seconds(lambda: take_in(io.BytesIO(upload))) for _round in range(ROUNDS)]
    busy = [_busy(lambda: take_in(io.BytesIO(upload))) for _round in range(ROUNDS)]
    proven = take_in(upload).content
    say("pictures: its words, as the job reads them after the upload")
    with _memory() as words:
        read = [_seconds(lambda: read_words(proven)) for _round in range(ROUNDS)]
    busy_reading = [_busy(lambda: read_words(proven)) for _round in range(ROUNDS)]
    say(f"pictures: {AT_ONCE} at once")
    with _memory() as many, ThreadPoolExecutor(AT_ONCE) as people:
        whole = _seconds(
            lambda: list(people.map(lambda _each: len(take_in(io.BytesIO(upload)).content), range(AT_ONCE)))
        )
    took = middle(seconds)
    return {
        "what": "a photograph of 12 megapixels: decoded, redrawn, read again, printed, its faces counted; "
        "its words are read by a job afterwards",
        "wanted": WANTED,
        "reached": took <= WANTED["seconds"]
        and max(one[0], words[0]) <= WANTED["megabytes"]
        and many[0] + words[0] <= WANTED["megabytes_of_fifty"],
        "seconds": round(took, 2),
        "processor_seconds": round(middle(busy), 2),
        "megabytes": round(one[0]),
        "words_afterwards": {
            "installed": can_read(),
            "seconds": round(middle(read), 2),
            "processor_seconds": round(middle(busy_reading), 2),
            "megabytes": round(words[0]),
        },
        "fifty": {"seconds": round(whole, 1), "megabytes": round(many[0])},
        "faces_counted": can_look(),
        "found_again": _found_again(),
    }


def photograph(seed: int, size: tuple[int, int]) -> Image.Image:
    """Shapes in front of a sky, with the grain of a telephone's camera."""
    chance = random.Random(seed)
    image = Image.linear_gradient("L").resize(size)
    image = ImageOps.colorize(image, "navy", "lightyellow")
    pen = ImageDraw.Draw(image)
    for _shape in range(25):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        wide, high = chance.randrange(20, size[0] // 3), chance.randrange(20, size[1] // 3)
        colour = tuple(chance.randrange(256) for _c in "rgb")
        draw = chance.choice([pen.ellipse, pen.rectangle])
        draw((x - wide // 2, y - high // 2, x + wide // 2, y + high // 2), fill=colour)
    grain = Image.frombytes("L", size, chance.randbytes(size[0] * size[1])).point(_grain).convert("RGB")
    return Image.blend(image.filter(ImageFilter.GaussianBlur(3)), grain, 0.12)


def _grain(level: int) -> int:
    """Return the grey for a byte drawn by chance. Pillow's own noise has no seed."""
    return 128 + (level - 128) // 3


def _file(image: Image.Image, quality: int = 92) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _busy(work: Callable[[], object]) -> float:
    """Processor time of this process and of those it started, which have ended."""

    def spent() -> float:
        kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))

    begun = spent()
    work()
    return spent() - begun


@contextmanager
def _memory() -> Iterator[list[float]]:
    """The first number becomes the most megabytes that were taken beyond what this process had before."""
    here, most, over = psutil.Process(), [0.0], threading.Event()
    before = here.memory_info().rss

    def look() -> None:
        while not over.wait(EVERY):
            taken = here.memory_info().rss - before
            for child in here.children(recursive=True):
                try:
                    if child.cmdline() == here.cmdline():  # not itself yet: this process's memory once more
                        continue
                    taken += child.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            most[0] = max(most[0], taken / 1e6)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _cut(image: Image.Image, part: float) -> Image.Image:
    wide, high = image.size
    return image.crop((int(wide * part), int(high * part), wide - int(wide * part), high - int(high * part)))


def _between(
    image: Image.Image, *, left: float = 0, top: float = 0, right: float = 1, low: float = 1
) -> Image.Image:
    """What lies between these parts of its width and height."""
    wide, high = image.size
    return image.crop((int(wide * left), int(high * top), int(wide * right), int(high * low)))


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "jpeg 25": lambda image: Image.open(io.BytesIO(_file(image, 25))),
    "half size": lambda image: image.resize((image.width // 2, image.height // 2)),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.3),
    "grey": lambda image: image.convert("L").convert("RGB"),
    "mirrored": ImageOps.mirror,
    "turned left": lambda image: image.transpose(Image.Transpose.ROTATE_90),
    "turned right": lambda image: image.transpose(Image.Transpose.ROTATE_270),
    "upside down": lambda image: image.transpose(Image.Transpose.ROTATE_180),
    "turned and mirrored": lambda image: image.transpose(Image.Transpose.TRANSVERSE),
    "square": lambda image: ImageOps.fit(image, (400, 400)),
    "5 % off each edge": lambda image: _cut(image, 0.05),
    "15 % off each edge": lambda image: _cut(image, 0.15),
    "21 % off each edge": lambda image: _cut(image, 0.21),
    "without its top two fifths": lambda image: image.crop((0, image.height * 2 // 5, *image.size)),
    "without its left third": lambda image: image.crop((image.width // 3, 0, *image.size)),
    "lower right corner": lambda image: image.crop((image.width // 4, image.height // 4, *image.size)),
    "upper left corner": lambda image: image.crop((0, 0, image.width * 3 // 5, image.height * 3 // 5)),
    "lower left, in another shape": lambda image: image.crop(
        (0, image.height * 2 // 5, image.width * 4 // 5, image.height)
    ),
    "left half": lambda image: _between(image, right=0.45),
    "right half and a bit more": lambda image: _between(image, left=0.45),
    "a strip of its middle": lambda image: _between(image, left=0.27, right=0.75),
    "lower half": lambda image: _between(image, top=0.56),
    "half, cut at three edges": lambda image: _between(image, left=0.1, top=0.13, right=0.72),
    "tilted": lambda image: image.rotate(6, Image.Resampling.BICUBIC),
    "straightened": lambda image: _cut(image.rotate(-8, Image.Resampling.BICUBIC), 0.09),
}


def _found_again() -> dict[str, Any]:
    """Of so many pictures, how many are found after each change, and pairs of others taken for one."""
    from schoolgate.media.pictures import ALIKE
    from schoolgate.media.redrawing import prints_of

    pictures = [photograph(100 + number, (640, 480)) for number in range(PICTURES)]
    prints = [prints_of(picture) for picture in pictures]

    def alike(one: list[int], other: list[int]) -> bool:
        pairs = [(one[0], each) for each in other] + [(each, other[0]) for each in one]
        return any(((first ^ second) & (1 << 64) - 1).bit_count() <= ALIKE for first, second in pairs)

    again = {
        name: sum(
            alike(own, prints_of(change(picture))) for own, picture in zip(prints, pictures, strict=True)
        )
        for name, change in CHANGES.items()
    }
    wrong = sum(alike(one, other) for at, one in enumerate(prints) for other in prints[:at])
    return {"of": PICTURES, **again, "different ones taken for the same": wrong}
