"""Tiny films for tests, drawn and encoded here: a colour that changes, and a tone."""

from __future__ import annotations

import io
import math
import struct
from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from fractions import Fraction
from functools import cache

import av
from av.bitstream import BitStreamFilterContext
from PIL import Image

PLACE = "+51.5074-000.1278/"
TITLE = "Seren Pugh at home"
RATE = 44100
PIECE = 1024
"""So much of the sound is written at once."""
CAPTIONS = "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nWelcome to our sports day.\n"


def drawn(
    *,
    seconds: float = 2,
    size: tuple[int, int] = (64, 48),
    sound: bool = True,
    told: bool = False,
    kind: str = "mp4",
    codec: str = "libx264",
    sound_codec: str = "aac",
    colour: int = 0,
    fps: int = 10,
    drawn_from_later: bool = False,
    drawn_across: bool = False,
    shows: Sequence[Image.Image] = (),
) -> bytes:
    """A film of so many seconds. `told`: with a place, a title and a maker, as telephones write them.
    `drawn_from_later`: pictures are drawn from later ones too, so they lie in another order; `drawn_across`:
    even across the pictures that stand alone. `shows`: these, each as long, instead of a colour."""
    written = io.BytesIO()
    options = {"movflags": "use_metadata_tags"} if told else {}
    with av.open(written, "w", format=kind, options=options) as out:
        if told:
            out.metadata.update(
                {"location": PLACE, "title": TITLE, "com.apple.quicktime.location.ISO6709": PLACE}
            )
        video = out.add_stream(codec, rate=fps)
        video.width, video.height = size
        video.pix_fmt = "yuv420p"
        video.options = {"preset": "ultrafast", "g": "10"}
        if drawn_from_later:
            video.options |= {"bf": "3", "b-adapt": "0", "x264-params": f"open-gop={int(drawn_across)}"}
        audio = None
        if sound:
            audio = out.add_stream(sound_codec, rate=RATE)
            audio.layout = "mono"
        for number in range(round(seconds * fps)):
            picture = Image.new("RGB", size, ((colour + number * 5) % 256, 100, 200))
            if shows:
                picture = shows[int(number * len(shows) / (seconds * fps))].resize(size)
            for packet in video.encode(av.VideoFrame.from_image(picture)):
                out.mux(packet)
        for packet in video.encode(None):
            out.mux(packet)
        if audio is not None:
            _say(out, audio, seconds)
    return written.getvalue()


a_film = cache(drawn)


def trimmed(content: bytes, from_ms: int, to_ms: int) -> bytes:
    """The same file, of which only this piece is played: a telephone that trims a film writes just this."""
    film = bytearray(content)
    clock, ticks, lists = 0, 0, []
    for place, kind in parts(film):
        if kind == b"mvhd":
            (clock,) = struct.unpack_from(">I", film, place + 20)
        elif kind == b"elst":
            lists.append(place)
        elif kind == b"mdhd":
            (ticks,) = struct.unpack_from(">I", film, place + 20)
            (begins,) = struct.unpack_from(">i", film, lists[-1] + 20)
            struct.pack_into(
                ">Ii",
                film,
                lists[-1] + 16,
                (to_ms - from_ms) * clock // 1000,
                begins + from_ms * ticks // 1000,
            )
    return bytes(film)


def parts(film: bytes | bytearray, place: int = 0, end: int | None = None) -> Iterator[tuple[int, bytes]]:
    """Where each part of a film begins, and its kind; what lies within the index too."""
    while place < (len(film) if end is None else end):
        length, kind = struct.unpack_from(">I4s", film, place)
        yield place, kind
        if kind in (b"moov", b"trak", b"mdia", b"edts"):
            yield from parts(film, place + 8, place + length)
        place += length


def pictures_in(content: bytes) -> list[int]:
    """The numbers of all pictures that are stored in a film of `a_film`, whether or not they are played."""
    with av.open(io.BytesIO(content), options={"ignore_editlist": "1"}) as film:
        return [round(frame.to_ndarray(format="rgb24")[:, :, 0].mean() / 5) for frame in film.decode(video=0)]


def pictures_played(content: bytes) -> list[int]:
    """The numbers of the pictures that a player shows."""
    with av.open(io.BytesIO(content)) as film:
        return [round(frame.to_ndarray(format="rgb24")[:, :, 0].mean() / 5) for frame in film.decode(video=0)]


def seconds_of_sound_in(content: bytes) -> float:
    """How much sound is stored, whether or not it is played."""
    with av.open(io.BytesIO(content), options={"ignore_editlist": "1"}) as film:
        return sum(frame.samples / frame.rate for frame in film.decode(audio=0))


def laid_again(*films: bytes, through: str = "null", also: bytes = b"") -> bytes:
    """The picture tracks of these films in one file, each through a filter of packets; `also` is added to
    each picture as one more unit."""
    written = io.BytesIO()
    with av.open(written, "w", format="mp4") as out, ExitStack() as opened:
        tracks = []
        for film in films:
            stream = opened.enter_context(av.open(io.BytesIO(film))).streams.video[0]
            to = out.add_stream_from_template(stream)
            tracks.append((stream, to, BitStreamFilterContext(through, stream, to)))
        for stream, to, filtered in tracks:
            for packet in stream.container.demux(stream):
                for each in filtered.filter(packet) if packet.dts is not None else ():
                    more = av.Packet(bytes(each) + (len(also).to_bytes(4, "big") + also if also else b""))
                    more.pts, more.dts, more.duration = each.pts, each.dts, each.duration
                    more.time_base, more.is_keyframe, more.stream = each.time_base, each.is_keyframe, to
                    out.mux(more)
    return written.getvalue()


def switched_off(content: bytes, number: int) -> bytes:
    """The same file with one track switched off, so that no player shows it, and the others on."""
    film = bytearray(content)
    heads = [place for place, kind in parts(film) if kind == b"tkhd"]
    for track, place in enumerate(heads):
        film[place + 11] = film[place + 11] & 0xFE | (track != number)
    return bytes(film)


def _say(out, audio, seconds) -> None:
    number = round(RATE * seconds)
    for begins in range(0, number, PIECE):
        frame = av.AudioFrame(format="s16", layout="mono", samples=PIECE)
        frame.planes[0].update(_tone(begins))
        frame.rate, frame.pts, frame.time_base = RATE, begins, Fraction(1, RATE)
        for packet in audio.encode(frame):
            out.mux(packet)
    for packet in audio.encode(None):
        out.mux(packet)


@cache
def _tone(begins: int) -> bytes:
    """A piece of the tone: the same in every film."""
    return array(
        "h", (round(6000 * math.sin((begins + at) / RATE * 440 * 6.28)) for at in range(PIECE))
    ).tobytes()
