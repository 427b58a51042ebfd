"""Films with the ugliness that people report of telephones, cameras and drones; each is made here.

The names say what is reported elsewhere: of Mastodon, PeerTube, Immich, ffmpeg, PyAV and exiftool. None of
the files that were attached there is used.
"""

from __future__ import annotations

import io
import struct
from fractions import Fraction

import av
from PIL import Image, ImageDraw

from tests.filming import PLACE, a_film, drawn, laid_again, parts, trimmed

PLANTED = (PLACE.encode(), b"51.5074", b"Seren Pugh", b"Elm Road", b"A telephone")
"""What must never be in a film that is stored."""
SAID = b"Seren Pugh, 12 Elm Road, " + PLACE.encode()
TURNS = {
    90: (0, 1, -1, 0),
    180: (-1, 0, 0, -1),
    270: (0, -1, 1, 0),
    "mirrored": (-1, 0, 0, 1),
    "mirrored and held upright": (0, 1, 1, 0),
}
"""Four numbers of the matrix by which a telephone says how it was held, clockwise."""


def box(kind: bytes, *inside: bytes) -> bytes:
    """One part of a film, with its length and kind."""
    content = b"".join(inside)
    return struct.pack(">I4s", len(content) + 8, kind) + content


def with_corner(**more: object) -> bytes:
    """A film whose pictures are blue with a white corner at the top left."""
    picture = Image.new("RGB", (96, 64), (0, 0, 200))
    ImageDraw.Draw(picture).rectangle((0, 0, 47, 31), fill=(255, 255, 255))
    return drawn(size=(96, 64), sound=False, shows=[picture], **more)


def matrix(film: bytes) -> tuple[int, ...]:
    """What a film says of how its first picture is turned."""
    place = next(at for at, kind in parts(film) if kind == b"tkhd")
    return struct.unpack_from(">iiiii", film, place + 48)


def held(how: int | str) -> bytes:
    """A film with a white corner, of a telephone that was held like this."""
    film = bytearray(with_corner())
    [place] = [at for at, kind in parts(film) if kind == b"tkhd"]
    a, b, c, d = TURNS[how]
    one = 1 << 16
    struct.pack_into(">iiiiii", film, place + 48, a * one, b * one, 0, c * one, d * one, 0)
    return bytes(film)


def _inserted(film: bytes, into: tuple[bytes, ...], *added: bytes) -> bytes:
    """The film with more parts at the end of its index, which lies at its end; `into`: where."""
    written, ends = bytearray(film), 0
    for at, kind in parts(film):
        if kind == into[-1]:
            (length,) = struct.unpack_from(">I", film, at)
            ends = at + length
    more = b"".join(added)
    for at, kind in parts(film):
        if kind in into:
            (length,) = struct.unpack_from(">I", written, at)
            if at < ends <= at + length:
                struct.pack_into(">I", written, at, length + len(more))
    written[ends:ends] = more
    return bytes(written)


def located_in_every_way() -> bytes:
    """Places and names as 3GPP, Samsung, QuickTime and Nero's chapters write them, and XMP beside the index:
    what is removed by its name alone in one program stays in another."""
    loci = box(b"loci", bytes(4), b"\x15\xc7", SAID, b"\0\0", struct.pack(">iii", -8378, 3375565, 0), b"\0\0")
    xyz = box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0x15C7), PLACE.encode())
    smta = box(b"smta", bytes(4), box(b"mdln", b"A telephone"))
    chapters = box(b"chpl", b"\1\0\0\0\0\0\0\0\1", bytes(8), bytes([len(SAID)]), SAID)
    album = box(b"albm", bytes(4), b"\x15\xc7", SAID, b"\0")
    film = _inserted(a_film(), (b"moov",), box(b"udta", loci, xyz, smta, chapters, album))
    film = _inserted(film, (b"moov", b"trak"), box(b"udta", box(b"name", SAID)))
    return film + box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), SAID)


def place_each_second() -> bytes:
    """A drone's: its place each second, as a track of subtitles."""
    written = io.BytesIO()
    with av.open(io.BytesIO(a_film())) as given, av.open(written, "w", format="mp4") as out:
        to = {each.index: out.add_stream_from_template(each) for each in given.streams}
        track = out.add_mux_stream("mov_text", time_base=Fraction(1, 1000))
        for packet in given.demux():
            if packet.dts is not None:
                packet.stream = to[packet.stream.index]
                out.mux(packet)
        for second in range(2):
            words = b"GPS (51.5074, -0.1278, 26) " + SAID
            packet = av.Packet(struct.pack(">H", len(words)) + words)
            packet.pts = packet.dts = second * 1000
            packet.duration, packet.time_base, packet.stream = 1000, Fraction(1, 1000), track
            out.mux(packet)
    return written.getvalue()


def second_sound() -> bytes:
    """Two tracks of sound: what was said beside the camera is on the other one."""
    written = io.BytesIO()
    with (
        av.open(io.BytesIO(a_film())) as one,
        av.open(io.BytesIO(a_film(seconds=1))) as other,
        av.open(written, "w", format="mp4") as out,
    ):
        to = {each.index: out.add_stream_from_template(each) for each in one.streams}
        more = out.add_stream_from_template(other.streams.audio[0])
        for packet in one.demux():
            if packet.dts is not None:
                packet.stream = to[packet.stream.index]
                out.mux(packet)
        for packet in other.demux(audio=0):
            if packet.dts is not None:
                packet.stream = more
                out.mux(packet)
    return written.getvalue()


def picture_on_the_sleeve() -> bytes:
    """A cover that an app put into the film: another picture than any that is shown."""
    jpeg = io.BytesIO()
    Image.new("RGB", (64, 48), (250, 0, 0)).save(jpeg, "JPEG", comment=SAID)
    data = box(b"data", struct.pack(">II", 13, 0), jpeg.getvalue())
    hdlr = box(b"hdlr", bytes(8), b"mdir", b"appl", bytes(9))
    meta = box(b"meta", bytes(4), hdlr, box(b"ilst", box(b"covr", data)))
    return _inserted(a_film(), (b"moov",), box(b"udta", meta))


def in_fragments() -> bytes:
    """As a browser records, or a messenger sends: the index in pieces, no length in the header."""
    return _through(a_film(), {"movflags": "frag_keyframe+empty_moov+default_base_moof"})


def _through(film: bytes, options: dict[str, str], *, later: Fraction = Fraction(0), pause: int = 0) -> bytes:
    """The film written again; `later`: seconds by which its sound begins later; `pause`: seconds for which
    its tenth picture stays."""
    written = io.BytesIO()
    with av.open(io.BytesIO(film)) as given, av.open(written, "w", format="mp4", options=options) as out:
        to = {each.index: out.add_stream_from_template(each) for each in given.streams}
        number = 0
        for packet in given.demux():
            if packet.dts is None:
                continue
            if packet.stream.type == "audio":
                packet.pts += int(later / packet.time_base)
                packet.dts += int(later / packet.time_base)
            else:
                number += 1
                if number > 10:
                    packet.pts += int(pause / packet.time_base)
                    packet.dts += int(pause / packet.time_base)
            packet.stream = to[packet.stream.index]
            out.mux(packet)
    return written.getvalue()


def sound_later() -> bytes:
    """The microphone was half a second later than the lens: an empty edit before the sound."""
    return _through(a_film(), {}, later=Fraction(1, 2))


def long_pause() -> bytes:
    """A recording of a screen on which nothing moved for twenty seconds: pictures at no steady rate."""
    return _through(a_film(sound=False), {}, pause=20)


def middle_cut_out() -> bytes:
    """Of four seconds the first and the last are played; what lies between is still in the file."""
    film = trimmed(a_film(seconds=4, sound=False), 0, 1000)
    [place] = [at for at, kind in parts(film) if kind == b"elst"]
    version, _number = film[place + 8], struct.unpack_from(">I", film, place + 12)
    assert not version
    length, begins = struct.unpack_from(">Ii", film, place + 16)
    ticks = next(struct.unpack_from(">I", film, at + 20)[0] for at, kind in parts(film) if kind == b"mdhd")
    film = _inserted(
        film, (b"moov", b"trak", b"edts", b"elst"), struct.pack(">IiI", length, begins + 3 * ticks, 1 << 16)
    )
    return film[: place + 12] + struct.pack(">I", 2) + film[place + 16 :]


def old_index_in_the_gap() -> bytes:
    """The index of another film, and its pictures, in what the file calls free."""
    other = a_film(told=True, kind="mov")
    return a_film() + box(b"free", other) + box(b"skip", SAID)


def coloured(pixels: str, codec: str = "libx264") -> bytes:
    """Pixels of another kind: ten bits, or a colour for each, as cameras and recorders of screens write."""
    written = io.BytesIO()
    with av.open(written, "w", format="mp4") as out:
        video = out.add_stream(codec, rate=10)
        video.width, video.height, video.pix_fmt = 64, 48, pixels
        video.options = {"preset": "ultrafast", "x265-params": "log-level=none"}
        for _number in range(10):
            frame = av.VideoFrame.from_image(Image.new("RGB", (64, 48), (0, 100, 200)))
            for packet in video.encode(frame.reformat(format=pixels)):
                out.mux(packet)
        for packet in video.encode(None):
            out.mux(packet)
    return written.getvalue()


def stretched() -> bytes:
    """A camcorder's: 96 pixels that are shown as 128."""
    return laid_again(with_corner(), through="h264_metadata=sample_aspect_ratio=4/3")


def between_lines() -> bytes:
    """A camcorder's: each picture in two halves of every second line."""
    written = io.BytesIO()
    with av.open(written, "w", format="mp4") as out:
        video = out.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 96, 64, "yuv420p"
        video.options = {"preset": "ultrafast", "x264-params": "interlaced=1:tff=1"}
        for number in range(25):
            for packet in video.encode(
                av.VideoFrame.from_image(Image.new("RGB", (96, 64), (number, 100, 200)))
            ):
                out.mux(packet)
        for packet in video.encode(None):
            out.mux(packet)
    return written.getvalue()


def another_size_halfway() -> bytes:
    """A call that was recorded: the picture grew when somebody turned the telephone."""
    written = io.BytesIO()
    with (
        av.open(io.BytesIO(a_film(sound=False))) as first,
        av.open(io.BytesIO(a_film(sound=False, size=(96, 128)))) as second,
        av.open(written, "w", format="mp4") as out,
    ):
        to = out.add_stream_from_template(first.streams.video[0])
        for film, later in ((first, 0), (second, 2)):
            sets = _sets(film.streams.video[0].codec_context.extradata)
            for packet in film.demux(video=0):
                if packet.dts is None:
                    continue
                each = av.Packet((sets if packet.is_keyframe else b"") + bytes(packet))
                each.pts = packet.pts + int(later / packet.time_base)
                each.dts = packet.dts + int(later / packet.time_base)
                each.duration, each.time_base = packet.duration, packet.time_base
                each.is_keyframe, each.stream = packet.is_keyframe, to
                out.mux(each)
    return written.getvalue()


def _sets(told: bytes) -> bytes:
    """What a track says of its size and kind, as units that can lie before a picture."""
    units, place = b"", 5
    for mask in (31, 255):
        number, place = told[place] & mask, place + 1
        for _unit in range(number):
            (length,) = struct.unpack_from(">H", told, place)
            units += struct.pack(">I", length) + told[place + 2 : place + 2 + length]
            place += 2 + length
    return units
