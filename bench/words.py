"""Words in pictures: of made badges, certificates and screens, how many names are read, and what one
costs."""

from __future__ import annotations

import io
import random
import resource
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from bench.machine import NotMeasured, say

SIZE = (1280, 854)
EACH = 8
NAMES = (
    "Grace Young", "Siân Griffiths", "Oliver Ap Rhys", "Zoë Lloyd-Davies", "Mohammed Iqbal", "Niamh O’Brien",
    "Elin Pugh", "Tomos Bowen",
)  # fmt: skip
HEIGHTS = (48, 28, 18, 12)
SMALLEST = {"EACH": 1, "NAMES": NAMES[:1], "HEIGHTS": HEIGHTS[:1]}


def run() -> dict[str, Any]:
    """Recall by kind of picture, and processor time."""
    from bench.database import connect_to, prepared

    connect_to(prepared())  # for the models that the screening of posts imports
    from schoolgate.media.words import can_read

    if not can_read():
        raise NotMeasured("schoolgate[words] is not installed")
    made = {
        f"badge {height} px": [badge(name, height, n) for n, name in enumerate(NAMES)] for height in HEIGHTS
    }
    made |= {
        "certificate": [certificate(name) for name in NAMES],
        "certificate 9 degrees, blurred": [turned(certificate(name)) for name in NAMES],
        "certificate upside down": [certificate(name).rotate(180) for name in NAMES],
        "screen": [screen(name) for name in NAMES],
    }
    say(f"words: {sum(map(len, made.values()))} pictures")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = {kind: _found(pictures) for kind, pictures in made.items()}
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    number = sum(map(len, made.values()))
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "what": "names read in made pictures of 1280 x 854, by kind",
        "of_each": EACH,
        "pictures": number,
        "read": sum(found.values()),
        "found": found,
        "processor_seconds_each": round(cpu / number, 2),
        "megabytes": round(after.ru_maxrss / 1024),
        "reached": sum(found.values()) >= 0.85 * number,
    }


def _found(pictures: list[Image.Image]) -> int:
    from schoolgate.media.words import read_words
    from schoolgate.publishing.looked_for import as_read
    from schoolgate.screening.names import Listed, NameIndex
    from schoolgate.screening.screen import screen as look

    listed = [Listed(n, *name.split(" ", 1)) for n, name in enumerate(NAMES)]
    index = NameIndex([*listed, *as_read(listed)])
    found = 0
    for number, picture in enumerate(pictures):
        lines = read_words(_file(picture)) or []
        found += any(number in hit.of for hit in look("\n".join(lines), index).hits)
    return found


def badge(name: str, height: int, seed: int) -> Image.Image:
    """A name badge somewhere on a photograph; `height`: of its letters, in pixels."""
    from bench.pictures import photograph

    image, chance = photograph(seed, SIZE), random.Random(seed)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(height)
    wide = pen.textlength(name, font=font)
    x, y = chance.randrange(20, int(SIZE[0] - wide - 60)), chance.randrange(20, SIZE[1] - 3 * height)
    pen.rectangle((x, y, x + wide + height, y + 2 * height), fill="white")
    pen.text((x + height / 2, y + height * 0.4), name, font=font, fill="black")
    return image


def certificate(name: str) -> Image.Image:
    """A certificate that fills the picture."""
    image = Image.new("RGB", SIZE, "#f6efdc")
    pen = ImageDraw.Draw(image)
    pen.rectangle((30, 30, SIZE[0] - 30, SIZE[1] - 30), outline="#8a6d3b", width=8)
    for y, height, words in (
        (150, 60, "Certificate of Achievement"),
        (380, 72, name),
        (560, 34, "for reading"),
    ):
        pen.text((SIZE[0] / 2, y), words, font=ImageFont.load_default(height), fill="#222", anchor="mm")
    return image


def turned(image: Image.Image) -> Image.Image:
    """Held askew, and a little out of focus."""
    from PIL import ImageFilter

    return image.rotate(9, fillcolor="#445", resample=Image.Resampling.BICUBIC).filter(
        ImageFilter.GaussianBlur(1.5)
    )


def screen(name: str) -> Image.Image:
    """A list on a computer's screen."""
    image = Image.new("RGB", SIZE, "#20262e")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(22)
    for row, words in enumerate(("Register 5B", "Name            Mark", name, "Present 24", "Absent 3")):
        pen.text((80, 90 + row * 60), words, font=font, fill="#dfe6ee")
    return image


def _file(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()
