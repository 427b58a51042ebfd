"""Pictures with the ugliness that people report of telephones, scanners and editors; each is made here.

The names say what is reported elsewhere: of Pillow, libheif, Immich, Nextcloud, Mastodon and exiftool. None
of the files that were attached there is used.
"""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache

import av
from PIL import Image, ImageDraw, PngImagePlugin

from tests.filming import a_film
from tests.media.ugly_films import SAID, box

SECRET = (200, 10, 10)
"""The colour of what must not be in a picture that is stored."""
ORIENTATION = 0x0112


def cornered(size: tuple[int, int] = (96, 64)) -> Image.Image:
    """Blue, with a white corner at the top left."""
    picture = Image.new("RGB", size, (0, 0, 200))
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), fill=(255, 255, 255))
    return picture


def lying(how: int) -> Image.Image:
    """The picture as a telephone saves it that was held so: what Exif says turns it upright again."""
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    return cornered().transpose(back[how]) if how in back else cornered()


def exif(how: object = None) -> bytes:
    """What a telephone notes: how it was held, a maker and a place."""
    noted = Image.Exif()
    if how is not None:
        noted[ORIENTATION] = how
    noted[0x010F] = SAID.decode()
    noted.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 40.0)})
    return noted.tobytes()


def saved(picture: Image.Image, kind: str, **more: object) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def held(kind: str, how: int) -> bytes:
    """A picture that lies on its side or in a mirror, and says so in Exif."""
    more = {"quality": 100} if kind != "PNG" else {}
    return saved(lying(how), kind, exif=exif(how), **more)


def held_as_the_editor_says(how: int) -> bytes:
    """How it was held stands in XMP alone."""
    words = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r tiff:Orientation="{how}"/>{SAID.decode()}</x:xmpmeta>'
    return saved(lying(how), "JPEG", quality=100, xmp=words.encode())


def held_in_no_way(how: object) -> bytes:
    """How it was held is no number of the eight."""
    return saved(cornered(), "JPEG", quality=100, exif=exif(how))


def with_app(jpeg: bytes, number: int, content: bytes) -> bytes:
    """A JPEG with one more part of a program."""
    part = struct.pack(">BBH", 0xFF, 0xE0 + number, len(content) + 2) + content
    return jpeg[:2] + part + jpeg[2:]


def told_by_many_programs() -> bytes:
    """Names and places as IPTC, XMP in two pieces, a seal of origin (JUMBF), a comment and FlashPix say
    them."""
    jpeg = saved(cornered(), "JPEG", quality=100, exif=exif(1), comment=SAID)
    for number, content in (
        (13, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(SAID)) + SAID),
        (1, b"http://ns.adobe.com/xap/1.0/\0" + SAID),
        (1, b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + struct.pack(">II", len(SAID), 0) + SAID),
        (11, b"JP\0\1\0\0\0\1" + SAID),
        (2, b"FPXR\0" + SAID),
        (1, b"Exif\0\0" + exif(1)[6:]),
    ):
        jpeg = with_app(jpeg, number, content)
    return jpeg


def small_copy_uncropped() -> bytes:
    """The picture was cropped; the small copy that the camera made still shows all of it."""
    small = saved(Image.new("RGB", (160, 120), SECRET), "JPEG", comment=SAID)
    ifd0 = struct.pack(">HHHIHHI", 1, ORIENTATION, 3, 1, 1, 0, 26)
    ifd1 = struct.pack(">H", 2) + struct.pack(">HHII", 0x0201, 4, 1, 56)
    ifd1 += struct.pack(">HHII", 0x0202, 4, 1, len(small)) + bytes(4)
    noted = b"Exif\0\0MM\0*\0\0\0\x08" + ifd0 + ifd1
    assert len(noted) - 6 == 56
    return with_app(saved(cornered(), "JPEG", quality=100), 1, noted + small)


def moving_by_the_telephone(marker: bytes = b"MotionPhoto_Data") -> bytes:
    """A still picture, and behind it three seconds of film with the sound of the room."""
    return held("JPEG", 6) + marker + a_film(told=True)


def brighter_on_some_screens() -> bytes:
    """A second picture that says where a screen may shine (a gain map), at the place that its table names."""
    out = io.BytesIO()
    cornered().save(
        out,
        "MPO",
        save_all=True,
        append_images=[Image.new("RGB", (48, 32), SECRET)],
        quality=100,
        exif=exif(1),
    )
    return out.getvalue()


def brighter_at_a_wrong_place() -> bytes:
    """The same after an editor changed what stands before it: its table names places beyond the end."""
    made = brighter_on_some_screens()
    place = made.index(b"MPF\0") + 4
    entries = made.index(struct.pack("<H", 0xB002), place)
    (table,) = struct.unpack_from("<I", made, entries + 8)
    second = place + table + 16
    return made[: second + 4] + struct.pack("<II", 5000, 0x7FFFFF00) + made[second + 12 :]


def chunk(kind: bytes, content: bytes) -> bytes:
    """One part of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def cropped_over_the_old_one() -> bytes:
    """A screenshot that a telephone cropped by writing over the beginning of the larger one."""
    old = saved(Image.effect_noise((300, 300), 90).convert("RGB"), "PNG")
    new = saved(cornered(), "PNG")
    return new + old[len(new) :]


def words_without_end() -> bytes:
    """An editor's history of two megabytes, squeezed into a few kilobytes."""
    told = PngImagePlugin.PngInfo()
    told.add_itxt("XML:com.adobe.xmp", SAID.decode() * 40_000, zip=True)
    return saved(cornered(), "PNG", pnginfo=told)


def from_inside_an_app() -> bytes:
    """Apple's own kind of PNG, as it lies in an app: not what the standard says."""
    head = struct.pack(">IIBBBBB", 96, 64, 8, 6, 0, 0, 0)
    packed = zlib.compressobj(wbits=-15)
    rows = packed.compress((b"\0" + b"\xc8\0\0\xff" * 96) * 64) + packed.flush()
    parts = (b"CgBI", b"P\0 \x06"), (b"IHDR", head), (b"IDAT", rows), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in parts)


def see_through_by_its_colour(depth: int) -> bytes:
    """A scanner's: one colour, in eight or sixteen bits, is called transparent."""
    size = depth // 8
    value = {1: bytes, 2: lambda parts: b"".join(bytes([each, each]) for each in parts)}[size]
    head = struct.pack(">IIBBBBB", 96, 64, depth, 2, 0, 0, 0)
    row = b"\0" + value(SECRET) * 48 + value((0, 0, 200)) * 48
    key = struct.pack(">HHH", *(each * 257 if depth == 16 else each for each in SECRET))
    parts = (b"IHDR", head), (b"tRNS", key), (b"IDAT", zlib.compress(row * 64)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in parts)


def as_thin_as_a_line(size: tuple[int, int]) -> bytes:
    """A panorama that was cut to nothing, or a dot."""
    return saved(Image.new("RGB", size, (0, 0, 200)), "PNG")


OTHERS = {
    "TIFF": lambda: saved(cornered(), "TIFF"),
    "camera's own (DNG)": lambda: b"II*\0\x08\0\0\0" + bytes(400),
    "JPEG XL": lambda: b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl \0\0\0\0jxl " + bytes(200),
    "JPEG XL, bare": lambda: b"\xff\x0a" + bytes(200),
    "JPEG 2000": lambda: saved(cornered(), "JPEG2000"),
    "GIF of one picture": lambda: saved(cornered(), "GIF"),
    "BMP": lambda: saved(cornered(), "BMP"),
    "Photoshop": lambda: b"8BPS\0\1" + bytes(200),
    "PDF named jpg": lambda: saved(cornered(), "PDF"),
    "icon": lambda: saved(cornered((64, 64)), "ICO"),
    "picture within a sound": lambda: b"ID3\3" + saved(cornered(), "JPEG"),
    "page of a web site": lambda: b"<!DOCTYPE html><img src=x>",
    "WebP of several pictures": lambda: saved(
        cornered(), "WEBP", save_all=True, append_images=[Image.new("RGB", (96, 64), SECRET)]
    ),
    "cut off by a full card": lambda: saved(cornered((640, 480)), "JPEG")[:-400],
}
"""Kinds that aren't taken."""


# --- HEIC, from a key picture of HEVC -----------------------------------------------------------------------


@cache
def _coded(colour: tuple[int, int, int] | None, size: tuple[int, int]) -> tuple[bytes, bytes]:
    """What says how to draw one picture, and the picture. None: with a white corner."""
    written = io.BytesIO()
    with av.open(written, "w", format="mp4") as out:
        video = out.add_stream("libx265", rate=1)
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        video.options = {
            "preset": "ultrafast",
            "crf": "4",
            "x265-params": "log-level=none:info=0:bframes=0:frame-threads=1:pools=none",
        }
        picture = cornered(size) if colour is None else Image.new("RGB", size, colour)
        for packet in video.encode(av.VideoFrame.from_image(picture)) + video.encode(None):
            out.mux(packet)
    film = written.getvalue()
    at = film.index(b"hvcC") - 4
    (length,) = struct.unpack_from(">I", film, at)
    with av.open(io.BytesIO(film)) as given:
        [data] = [bytes(packet) for packet in given.demux(video=0) if packet.dts is not None]
    return film[at : at + length], data


class Heic:
    """Writes a HEIC of several items, of which the first is the picture."""

    def __init__(self) -> None:
        self.items: list[tuple[bytes, bytes, bool]] = []
        self.properties: list[bytes] = []
        self.of_item: dict[int, list[int]] = {}
        self.references: list[tuple[bytes, int, list[int]]] = []

    def add(self, kind: bytes, data: bytes, *properties: bytes, hidden: bool = False) -> int:
        """One item; returns its number."""
        self.items.append((kind, data, hidden))
        number = len(self.items)
        for each in properties:
            self.properties.append(each)
            self.of_item.setdefault(number, []).append(len(self.properties))
        return number

    def add_picture(
        self,
        colour: tuple[int, int, int] | None,
        *more: bytes,
        size: tuple[int, int] = (96, 64),
        hidden: bool = False,
    ) -> int:
        """One picture of HEVC."""
        how, data = _coded(colour, size)
        ispe = box(b"ispe", bytes(4), struct.pack(">II", *size))
        return self.add(b"hvc1", data, how, ispe, *more, hidden=hidden)

    def refer(self, kind: bytes, one: int, *others: int) -> None:
        """One item is said of others."""
        self.references.append((kind, one, list(others)))

    def file(self, first: int = 1) -> bytes:
        """The file; `first`: which item is the picture."""
        infe = [
            box(b"infe", struct.pack(">IHH4s", (2 << 24) | hidden, number, 0, kind) + b"\0")
            for number, (kind, _data, hidden) in enumerate(self.items, 1)
        ]
        ipma = struct.pack(">II", 0, len(self.of_item))
        for number, places in self.of_item.items():
            ipma += struct.pack(">HB", number, len(places)) + bytes(0x80 | place for place in places)
        refs = [
            box(kind, struct.pack(f">HH{len(others)}H", one, len(others), *others))
            for kind, one, others in self.references
        ]

        def meta(begins: int) -> bytes:
            iloc = struct.pack(">IHH", 0, 0x4400, len(self.items))
            for number, (_kind, data, _hidden) in enumerate(self.items, 1):
                iloc += struct.pack(">HHHII", number, 0, 1, begins, len(data))
                begins += len(data)
            return box(
                b"meta", bytes(4), box(b"hdlr", bytes(8), b"pict", bytes(13)),
                box(b"pitm", struct.pack(">IH", 0, first)), box(b"iloc", iloc),
                box(b"iinf", struct.pack(">IH", 0, len(infe)), *infe),
                box(b"iprp", box(b"ipco", *self.properties), box(b"ipma", ipma)),
                *([box(b"iref", bytes(4), *refs)] if refs else []),
            )  # fmt: skip

        kinds = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
        begins = len(kinds) + len(meta(0)) + 8
        return kinds + meta(begins) + box(b"mdat", *(data for _kind, data, _hidden in self.items))


TURNED_LEFT = box(b"irot", b"\1")
"""A quarter to the left, as the file itself says."""


def _noted(heic: Heic, picture: int, how: int) -> None:
    heic.refer(b"cdsc", heic.add(b"Exif", struct.pack(">I", 0) + exif(how)[6:]), picture)


def heic_turned_twice() -> bytes:
    """The file says how it was held, and Exif says it again: it is to be turned once."""
    heic = Heic()
    _noted(heic, heic.add_picture(None, TURNED_LEFT), 6)
    return heic.file()


def heic_turned_by_exif_alone() -> bytes:
    """Exif says that it lies, the file doesn't: by the standard the file is right."""
    heic = Heic()
    _noted(heic, heic.add_picture(None), 6)
    return heic.file()


def heic_with_others_beside() -> bytes:
    """A small copy, how far away things are, and the next picture of a burst."""
    heic = Heic()
    picture = heic.add_picture(None)
    heic.refer(b"thmb", heic.add_picture(SECRET, size=(64, 64)), picture)
    auxiliary = box(b"auxC", bytes(4), b"urn:mpeg:hevc:2015:auxid:2\0")
    heic.refer(b"auxl", heic.add_picture(SECRET, auxiliary, hidden=True), picture)
    heic.add_picture(SECRET)
    _noted(heic, picture, 1)
    return heic.file()


def heic_whose_first_is_not_the_one() -> bytes:
    """The picture that was chosen of a burst is the second in the file."""
    heic = Heic()
    heic.add_picture(SECRET)
    picture = heic.add_picture(None)
    _noted(heic, picture, 1)
    return heic.file(first=picture)


def heic_of_tiles() -> bytes:
    """As telephones write it: four tiles, cut at the edge, and turned."""
    heic = Heic()
    grid = struct.pack(">BBBBHH", 0, 0, 1, 1, 120, 100)
    picture = heic.add(b"grid", grid, box(b"ispe", bytes(4), struct.pack(">II", 120, 100)), TURNED_LEFT)
    tiles = [
        heic.add_picture(colour, size=(64, 64), hidden=True)
        for colour in ((255, 255, 255), (0, 0, 200), (0, 0, 200), (0, 0, 200))
    ]
    heic.refer(b"dimg", picture, *tiles)
    _noted(heic, picture, 6)
    return heic.file()
