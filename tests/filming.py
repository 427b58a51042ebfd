"""Tiny films for tests, drawn and encoded here: a colour that changes, and a tone."""

from __future__ import annotations

import io
import math
from array import array
from fractions import Fraction
from functools import cache

import av
from PIL import Image

PLACE = "+51.5074-000.1278/"
TITLE = "Seren Pugh at home"
RATE = 44100
CAPTIONS = "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nWelcome to our sports day.\n"


@cache
def a_film(
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
) -> bytes:
    """A film of so many seconds. `told`: with a place, a title and a maker, as telephones write them."""
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
        audio = None
        if sound:
            audio = out.add_stream(sound_codec, rate=RATE)
            audio.layout = "mono"
        for number in range(round(seconds * fps)):
            picture = Image.new("RGB", size, ((colour + number * 5) % 256, 100, 200))
            for packet in video.encode(av.VideoFrame.from_image(picture)):
                out.mux(packet)
        for packet in video.encode(None):
            out.mux(packet)
        if audio is not None:
            _say(out, audio, seconds)
    return written.getvalue()


def _say(out, audio, seconds) -> None:
    number = round(RATE * seconds)
    size = 1024
    for begins in range(0, number, size):
        tone = array("h", (round(6000 * math.sin((begins + at) / RATE * 440 * 6.28)) for at in range(size)))
        frame = av.AudioFrame(format="s16", layout="mono", samples=size)
        frame.planes[0].update(tone.tobytes())
        frame.rate, frame.pts, frame.time_base = RATE, begins, Fraction(1, RATE)
        for packet in audio.encode(frame):
            out.mux(packet)
    for packet in audio.encode(None):
        out.mux(packet)
