"""Decodes one picture from standard input and re-encodes it, after a line of JSON that says what it is.

It runs as a separate process (`core.outside.aside`): a small file can have thousands of layers that all have
to be decoded, and what decodes pictures are large libraries in C. It imports nothing of the program.
"""

from __future__ import annotations

import io
import json
import struct
import sys
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise, takewhile
from math import cos, pi
from operator import mul, sub
from typing import Any

from PIL import Image, ImageCms, ImageOps, PngImagePlugin, UnidentifiedImageError

SMALLER_EDGES = (2048, 1600, 1200, 900, 600)
QUALITIES = (88, 78, 68)
MOST_WORDS = 16 * 1024 * 1024
"""Bytes of one text or colour profile of a PNG once unpacked: an editor's history of two megabytes is no
damage. All of them together have Pillow's own limit."""
_SMALL, _FINE, _COARSE = 128, 16, 8
"""Prints are taken of a copy with so many pixels on its longer side, each of so many pixels a side, and keep
so many of the slowest waves a side."""


class Refused(Exception):
    """The picture is not taken. Its text is a short code."""


def main(most_pixels: int, longest_edge: int, most_bytes: int, side: int = 1) -> int:
    """Write `{"refused": code}`, or what it is and then the picture; returns the exit status.

    `most_bytes`: of the picture written, 0 for any number; `side`: it is a sheet of so many pictures across
    and down, and each of them has one print.
    """
    try:
        picture = _redrawn(_open(sys.stdin.buffer.read(), most_pixels, longest_edge), longest_edge)
        kind, content, size = _encoded(picture, most_bytes)
    except Refused as refused:
        print(json.dumps({"refused": str(refused)}))
        return 0
    prints = prints_of_sheet(picture, side) if side > 1 else prints_of(picture)
    said = {"width": size[0], "height": size[1], "media_type": f"image/{kind}", "prints": prints}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    sys.stdout.buffer.write(content)
    return 0


def _open(content: bytes, most_pixels: int, longest_edge: int) -> Image.Image:
    """Open and decode, with Pillow's own guard against bombs turned from a warning into an error."""
    formats = ["JPEG", "PNG", "WEBP", "AVIF"]
    if content[4:8] == b"ftyp":
        from pi_heif import register_heif_opener  # only where it is needed: it takes time to load

        register_heif_opener(thumbnails=False)
        formats.append("HEIF")
    PngImagePlugin.MAX_TEXT_CHUNK = MOST_WORDS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=formats)
            if image.width * image.height > most_pixels:
                raise Refused("too_many_pixels")
            # A telephone may put a second picture into a JPEG (MPO) or HEIC: depth, brightness, a burst.
            if getattr(image, "n_frames", 1) > 1 and image.format not in ("MPO", "HEIF"):
                raise Refused("moving")
            image.draft(None, (longest_edge, longest_edge))
            image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused("too_many_pixels") from error
    except UnidentifiedImageError as error:
        raise Refused("no_picture" if content[4:8] != b"ftyp" else "damaged") from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise Refused("damaged") from error
    return image


def _redrawn(image: Image.Image, longest_edge: int) -> Image.Image:
    """Return the picture upright, in sRGB with eight bits a colour, as new pixels without anything beside
    or behind them."""
    image = _in_srgb(_eight_bits(_upright(image)))  # what was decoded is let go
    if max(image.size) > longest_edge:
        image.thumbnail((longest_edge, longest_edge), Image.Resampling.LANCZOS)
    drawn = Image.new(image.mode, image.size)
    drawn.paste(image)
    return _without_what_is_behind(drawn) if drawn.mode == "RGBA" else drawn


def _without_what_is_behind(picture: Image.Image) -> Image.Image:
    """Return the picture without the colours that its transparency hides: they stay in the file otherwise."""
    return picture.convert("RGBa").convert("RGBA")


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the picture without transparency, as a page shows it."""
    if picture.mode != "RGBA":
        return picture
    page = Image.new("RGB", picture.size, "white")
    page.paste(picture, mask=picture.getchannel("A"))
    return page


def _upright(image: Image.Image) -> Image.Image:
    try:
        ImageOps.exif_transpose(image, in_place=True)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, struct.error):
        return image  # what says how the picture was held is broken: it stays as its pixels lie
    return image


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return the picture in a mode of eight bits a colour: a plain conversion would cut 16 bits off white."""
    if not image.mode.startswith("I"):
        return image
    scaled = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    scaled.info = {name: image.info[name] for name in ("icc_profile",) if name in image.info}
    return scaled


def _in_srgb(image: Image.Image) -> Image.Image:
    """Convert by the file's own colour profile, so that dropping the profile changes no colour."""
    profile = image.info.get("icc_profile")
    see_through = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    wanted = "RGBA" if see_through else "RGB"
    plain = image if image.mode in ("RGB", "RGBA", "CMYK", "L") and not (
        see_through and image.mode != "RGBA"
    ) else image.convert(wanted)  # fmt: skip
    if profile and (converted := _by_profile(plain, profile, wanted)) is not None:
        return converted
    return plain if plain.mode == wanted else plain.convert(wanted)


def _by_profile(image: Image.Image, profile: bytes, wanted: str) -> Image.Image | None:
    """Return the picture converted, or None where the profile is broken or is not for such a picture."""
    try:
        source: Any = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = source.profile.xcolor_space.strip()
        if space != {"RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK", "L": "GRAY"}[image.mode]:
            return None
        return ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode=wanted, inPlace=False
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _encoded(picture: Image.Image, most_bytes: int) -> tuple[str, bytes, tuple[int, int]]:
    """Return kind, bytes and size: as it is where it fits, else the largest smaller JPEG that does.

    The same input gives the same bytes, so that an approval can be bound to what a network will receive.
    """
    kind = "png" if picture.mode == "RGBA" else "jpeg"
    content = encode(picture, kind, quality=90)
    if not most_bytes or len(content) <= most_bytes:
        return kind, content, picture.size
    for copy in _smaller(_on_white(picture)):
        for quality in QUALITIES:
            content = encode(copy, "jpeg", quality=quality)
            if len(content) <= most_bytes:
                return "jpeg", content, copy.size
    raise Refused("too_large_for_the_network")


def _smaller(picture: Image.Image) -> Iterator[Image.Image]:
    for edge in SMALLER_EDGES:
        picture.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        yield picture


def encode(image: Image.Image, kind: str, *, quality: int) -> bytes:
    """The picture as a file, `png` or `jpeg`."""
    out = io.BytesIO()
    if kind == "png":
        image.save(out, "PNG", optimize=True)
    else:
        image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


_CELLS, _LEAST = 36, 0.42
"""Prints of what is left after a crop are taken of a copy with so many pixels a side, and of no less than so
much of the picture, but at corners and in the middle. Of 30 photographs and 16 drawn pictures 3,071 of 3,076
crops of one side were found again, and 1,214 of 1,291 of both; of smaller ones 385 of 1,153. Of 124,200 crops
of another picture 22 were taken for it."""
TILTS = (-10, -7, -4, 4, 7, 10)
"""The degrees by which a person straightens a picture."""


def prints_of(picture: Image.Image) -> list[int]:
    """Return 64-bit prints of how light and dark lie in the picture: of the whole, of it mirrored and turned,
    of it tilted, of the pictures that it may be made of, and of what is left after a crop to two fifths.

    Pictures that look the same have prints that differ in few bits, whatever their size or quality.
    """
    small = _on_white(picture).convert("L")
    panels = _panels(small)
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.BOX)
    cells = small.resize((_CELLS, _CELLS), Image.Resampling.BOX)
    columns, rows = _lines(cells.transpose(Image.Transpose.TRANSPOSE)), _lines(cells)
    waves = [*_turned(_waves(small)), *map(_waves, _tilted(small)), *_at_edges(columns, rows)]
    waves += [_waves(small, tile) for tile in _tiles(_Greys(small))]
    waves += map(_waves, panels)
    return list(dict.fromkeys(map(_print, [*waves, *_anywhere(columns)])))


def prints_of_sheet(sheet: Image.Image, side: int) -> list[int]:
    """Return the print of each picture in a sheet of so many across and down, each picture once."""
    wide, high = sheet.width // side, sheet.height // side
    places = [(across * wide, down * high) for down in range(side) for across in range(side)]
    parts = (sheet.crop((left, top, left + wide, top + high)) for left, top in places)
    return list(dict.fromkeys(prints_of(part)[0] for part in parts))


_Stretch = tuple[int, int]
"""Where what is left of a side begins and ends."""


def _at_edges(columns: list[bytes], rows: list[bytes]) -> Iterator[list[float]]:
    """Yield the waves of what is left after a crop of one side, of a corner and of the middle."""
    whole, of_one_side = (0, _CELLS), _stretches(2, least=14)
    yield from _between(columns, whole, of_one_side)
    for waves in _between(rows, whole, of_one_side):
        yield [strength for across in range(_COARSE) for strength in waves[across::_COARSE]]
    at_a_corner = [each for each in _stretches(2, least=20) if _at_an_edge(each)]
    for each in at_a_corner:
        yield from _between(columns, each, at_a_corner)
    for gone in range(2, 9):
        yield from _between(columns, (gone, _CELLS - gone), [(gone, _CELLS - gone)])


def _anywhere(columns: list[bytes]) -> Iterator[list[float]]:
    """Yield the waves of what is left after a crop of both sides that keeps no corner."""
    stretches = _stretches(3, least=15)
    for top, low in stretches:
        least, corner = _LEAST * _CELLS**2 / (low - top), _at_an_edge((top, low))
        parts = [each for each in stretches if not (corner and _at_an_edge(each))]
        yield from _between(columns, (top, low), [each for each in parts if each[1] - each[0] >= least])


def _stretches(step: int, *, least: int) -> list[_Stretch]:
    """Return what may be left of a side that is cut at each so manieth pixel."""
    places = range(0, _CELLS + 1, step)
    return [(begin, end) for begin in places for end in places if least <= end - begin < _CELLS]


def _at_an_edge(stretch: _Stretch) -> bool:
    return 0 in stretch or _CELLS in stretch


def _between(columns: list[bytes], rows: _Stretch, parts: Iterable[_Stretch]) -> Iterator[list[float]]:
    """Yield the waves, as `_waves` has them, of parts that lie between the same two rows."""
    top, low = rows
    down = [[sum(map(mul, wave, each[top:low])) for each in columns] for wave in _cosines(low - top)]
    for left, right in parts:
        across = _cosines(right - left)
        yield [sum(map(mul, wave, part)) for part in (line[left:right] for line in down) for wave in across]


def _tilted(small: Image.Image) -> Iterator[Image.Image]:
    """Yield the picture tilted: with the corners that this leaves empty, and cut until there are none."""
    for degrees in TILTS:
        tilted = small.rotate(degrees, Image.Resampling.BILINEAR)
        yield tilted
        kept = 1 - abs(degrees) / 45
        yield tilted.crop(_middle(small.size, round(small.width * kept), round(small.height * kept)))


_Box = tuple[int, int, int, int]
_LEAST_TILE, _PLAIN, _MOST_FRAME, _SEAMS = 20, 14, 0.25, 2
"""Pixels of a tile's side in the small copy; by how much grey may differ along an edge that is a frame; how
much of a side a frame may take; how many seams are tried. Of 60 drawn pictures of four shapes, put beside
each other, 66 of 80 were found again (80 of 80 with a frame), above each other 79 of 80, in fours 160 of
160 (141 with a frame), three in a row 72 of 120; none was taken for another."""
_ROWS = ((3, 1), (1, 3), (3, 2), (2, 3), (3, 3))
"""How many pictures of one size, beside and below each other, a collage is looked for in, besides fours."""


class _Greys:
    """The pixels of a small copy, line by line, and by how much each line differs from the one before it."""

    def __init__(self, small: Image.Image) -> None:
        self.width, self.height = small.size
        self.rows, self.columns = _lines(small), _lines(small.transpose(Image.Transpose.TRANSPOSE))
        self.steps_down, self.steps_across = _steps(self.rows), _steps(self.columns)


def _lines(grey: Image.Image) -> list[bytes]:
    pixels = grey.tobytes()
    return [pixels[start : start + grey.width] for start in range(0, len(pixels), grey.width)]


def _steps(lines: list[bytes]) -> list[bytes]:
    return [bytes(map(abs, map(sub, line, before))) for before, line in pairwise(lines)]


def _tiles(greys: _Greys) -> list[_Box]:
    """Return the parts that may be pictures by themselves where several were put into one: beside or above
    each other, in two cuts, with or without a frame. A cut lies in the middle, or where one picture seems to
    end. None where a picture has nothing of this."""
    whole = _without_frame(greys, (0, 0, greys.width, greys.height))
    halves = [part for across in (True, False) for part in _cut(greys, whole, across=across, seams=_SEAMS)]
    quarters = [
        part
        for half in dict.fromkeys(halves)
        for across in (True, False)
        for part in _cut(greys, half, across=across)
    ]
    return list(dict.fromkeys([*halves, *quarters, *_in_rows(greys, whole)]))


def _in_rows(greys: _Greys, whole: _Box) -> Iterator[_Box]:
    """Yield the parts of a picture with three or more of one size in rows of two or three."""
    left, top, right, low = whole
    for across, down in _ROWS:
        wide, high = (right - left) / across, (low - top) / down
        if min(wide, high) < _LEAST_TILE:
            continue
        for row in range(down):
            for place in range(across):
                part = (
                    round(left + place * wide), round(top + row * high),
                    round(left + (place + 1) * wide), round(top + (row + 1) * high),
                )  # fmt: skip
                for tile in dict.fromkeys((part, _without_frame(greys, part))):
                    if min(tile[2] - tile[0], tile[3] - tile[1]) >= _LEAST_TILE:
                        yield tile


_PAGE, _PAPER, _BARE = 384, 0.15, 8
"""A page, slide or screen is looked at in a copy with so many pixels on its longer side; so much of it at
least has one shade of grey; and so many of the 255 parts of a line at most have another where nothing is on
it. Of 24 photographs on a page, a slide and a telephone's screen 23 or 24 were found, 0 to 18 before."""
_LEAST_PANEL, _MOST_PANELS, _NEARLY = 0.03, 6, 5


def _panels(grey: Image.Image) -> list[Image.Image]:
    """Return the largest pictures on a page of one shade, such as a screenshot or a slide: what is left where
    it is cut along its bare lines, down and across by turns. None where a picture is no page."""
    scale = min(1.0, _PAGE / max(grey.size))
    page = grey.resize([max(1, round(edge * scale)) for edge in grey.size], Image.Resampling.BOX)
    shades = page.histogram()
    paper = max(range(256), key=shades.__getitem__)
    if sum(shades[max(0, paper - _NEARLY) : paper + _NEARLY + 1]) < _PAPER * page.width * page.height:
        return []
    drawn = page.point([255 * (abs(shade - paper) > _NEARLY) for shade in range(256)])
    found = whole = [(0, 0, *page.size)]
    for across in (False, True, False, True):
        found = [part for each in found for part in _apart(drawn, each, across=across)]
    least = _LEAST_PANEL * page.width * page.height
    large = sorted((each for each in found if _area(each) >= least and [each] != whole), key=_area)
    return [page.crop(each) for each in large[-_MOST_PANELS:]]


def _apart(drawn: Image.Image, box: _Box, *, across: bool) -> Iterator[_Box]:
    """Yield the parts of a piece of a page that bare lines part, of no less than a tile's side."""
    left, top, right, low = box
    size = (right - left, 1) if across else (1, low - top)
    filled = [share > _BARE for share in drawn.resize(size, Image.Resampling.BOX, box=box).tobytes()]
    begins = [at for at, each in enumerate(filled) if each and not (at and filled[at - 1])]
    ends = [at for at, each in enumerate([*filled, False]) if at and not each and filled[at - 1]]
    for begin, end in zip(begins, ends, strict=True):
        if end - begin >= _LEAST_TILE:
            yield (left + begin, top, left + end, low) if across else (left, top + begin, right, top + end)


def _area(box: _Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _cut(greys: _Greys, box: _Box, *, across: bool, seams: int = 1) -> Iterator[_Box]:
    """Yield both parts of a picture that is cut in the middle, and at its sharpest seams."""
    left, top, right, low = box
    begin, end = (left, right) if across else (top, low)
    if end - begin < 2 * _LEAST_TILE:
        return
    for at in dict.fromkeys(((begin + end) // 2, *_seams(greys, box, across=across, seams=seams))):
        parts = ((left, top, at, low), (at, top, right, low))
        if not across:
            parts = ((left, top, right, at), (left, at, right, low))
        for part in parts:
            for tile in dict.fromkeys((part, _without_frame(greys, part))):
                if min(tile[2] - tile[0], tile[3] - tile[1]) >= _LEAST_TILE:
                    yield tile


def _seams(greys: _Greys, box: _Box, *, across: bool, seams: int) -> list[int]:
    """Return before which columns, or rows, what lies along most of their length differs most from what is
    before it."""
    left, top, right, low = box
    begin, end, side = (left, right, slice(top, low)) if across else (top, low, slice(left, right))
    steps, third = greys.steps_across if across else greys.steps_down, (side.stop - side.start) // 3

    def apart(at: int) -> int:
        return sorted(steps[at - 1][side])[third]

    return sorted(range(begin + _LEAST_TILE, end - _LEAST_TILE + 1), key=apart, reverse=True)[:seams]


def _without_frame(greys: _Greys, box: _Box) -> _Box:
    """Return a part without the edges that have one shade of grey, as its corner has."""
    left, top, right, low = box
    shade = greys.rows[top][left]
    across, down = int((right - left) * _MOST_FRAME), int((low - top) * _MOST_FRAME)

    def frame(lines: list[bytes], begin: int, end: int) -> int:
        """How many of these lines, one after the other, belong to it."""
        parts = (line[begin:end] for line in lines)
        return sum(1 for _part in takewhile(plain, parts))

    def plain(part: bytes) -> bool:
        return max(part) - min(part) <= _PLAIN and abs(min(part) - shade) <= _PLAIN

    columns, rows = greys.columns, greys.rows
    left_gone = frame(columns[left : left + across], top, low)
    right -= frame(columns[right - across : right][::-1], top, low)
    left += left_gone
    top_gone = frame(rows[top : top + down], left, right)
    low -= frame(rows[low - down : low][::-1], left, right)
    return left, top + top_gone, right, low


def _waves(grey: Image.Image, part: tuple[int, int, int, int] | None = None) -> list[float]:
    """Return how strong the slowest waves of the picture, or of a part, are: down, and for each of these
    across."""
    waves, rows = _cosines(_FINE), _lines(grey.resize((_FINE, _FINE), Image.Resampling.LANCZOS, box=part))
    across = [[sum(map(mul, wave, row)) for wave in waves] for row in rows]
    columns = list(zip(*across, strict=True))
    return [sum(map(mul, wave, column)) for wave in waves for column in columns]


@cache
def _cosines(places: int) -> list[list[float]]:
    """Return the slowest waves over so many places."""
    return [
        [cos(pi * wave * (2 * place + 1) / (2 * places)) for place in range(places)]
        for wave in range(_COARSE)
    ]


def _turned(waves: list[float]) -> Iterator[list[float]]:
    """Yield the waves of the picture as it is, mirrored and turned, the first as it is. Every second wave is
    the other way round in a mirror, and what goes down goes across in a picture that lies on its side."""
    places = [(down, across) for down in range(_COARSE) for across in range(_COARSE)]
    for lies in (False, True):
        for upside_down in (False, True):
            for mirrored in (False, True):
                yield [
                    waves[across * _COARSE + down if lies else down * _COARSE + across]
                    * (-1 if upside_down and down % 2 else 1)
                    * (-1 if mirrored and across % 2 else 1)
                    for down, across in places
                ]


def _print(waves: list[float]) -> int:
    """Return one print, as a signed number that a database column takes: which waves are stronger than
    most."""
    middle = sorted(waves[1:])[len(waves) // 2 - 1]
    number = sum(1 << place for place, strength in enumerate(waves) if strength > middle)
    return number - (1 << 64) if number >> 63 else number


def _middle(size: tuple[int, int], width: int, height: int) -> tuple[int, int, int, int]:
    width, height = max(width, 1), max(height, 1)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return left, top, left + width, top + height


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
