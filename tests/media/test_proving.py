"""A picture is proven by its content, and written anew without what a camera adds."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from schoolgate.core.errors import BadInput
from schoolgate.media import proving
from schoolgate.media.proving import prove_picture


def picture_file(
    kind: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **save: object
) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(out, kind, **save)
    return out.getvalue()


def why(content: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        prove_picture(content)
    return str(caught.value.fields["picture"])


def test_a_jpeg_stays_a_jpeg_of_the_same_size():
    proven = prove_picture(picture_file())

    assert (proven.media_type, proven.width, proven.height) == ("image/jpeg", 40, 30)
    assert Image.open(io.BytesIO(proven.content)).format == "JPEG"


def test_a_picture_with_see_through_parts_stays_a_png():
    assert prove_picture(picture_file("PNG", mode="RGBA")).media_type == "image/png"


def test_the_place_that_a_camera_adds_is_gone():
    exif = Image.Exif()
    exif[0x010F] = "A telephone"
    exif.get_ifd(0x8825)[1] = "N"

    proven = prove_picture(picture_file(exif=exif, comment=b"taken at home"))

    again = Image.open(io.BytesIO(proven.content))
    assert dict(again.getexif()) == {}
    assert b"A telephone" not in proven.content
    assert b"taken at home" not in proven.content


def test_a_picture_lying_on_its_side_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    proven = prove_picture(picture_file(size=(40, 30), exif=exif))

    assert (proven.width, proven.height) == (30, 40)


def test_a_wrong_ending_changes_nothing_because_no_name_is_asked():
    assert prove_picture(picture_file("WEBP")).media_type == "image/jpeg"


def test_an_empty_file_is_refused():
    assert why(b"") == "There is no picture in this file. Choose the file again."


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"MZ" * 40, b"GIF89a" + b"\0" * 40])
def test_what_is_not_a_picture_is_refused(content):
    assert why(content) == (
        "This file isn’t a picture we can use. Choose a JPEG, HEIC, PNG, WebP or AVIF picture."
    )


@pytest.mark.parametrize("before", [b"", b"<?xml version='1.0'?><!-- x -->", b"\xef\xbb\xbf"])
def test_a_drawing_is_refused_as_what_it_is(before):
    said = why(before + b"<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'></svg>")

    assert said == "This is a drawing (SVG). Save it as a PNG picture and choose that."


def test_a_film_is_refused_as_what_it_is():
    assert why(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom") == "This is a film. Choose a still picture."


def test_half_a_picture_is_refused_as_damaged():
    whole = picture_file(size=(400, 300))

    assert why(whole[: len(whole) // 2]) == "This picture is damaged. Save it again and choose the new copy."


def test_a_moving_picture_is_refused():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])

    assert why(out.getvalue()) == "This picture is animated. Choose a still one."


def test_a_bomb_is_refused_before_it_is_unpacked():
    def chunk(tag: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )

    assert why(bomb) == "This picture has more than 40 million pixels. Save a smaller copy and choose that."


def test_twenty_megabytes_pass_the_first_look_and_one_byte_more_does_not(monkeypatch):
    content = picture_file()
    monkeypatch.setattr(proving, "MOST_BYTES", len(content))
    assert prove_picture(content).width == 40

    assert why(content + b"\0") == "This picture is larger than 20 MB. Save a smaller copy and choose that."


@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_refused_on_the_field_of_the_picture(content):
    with pytest.raises(BadInput) as refused:
        prove_picture(content)

    assert set(refused.value.fields) == {"picture"}


def test_a_picture_that_fits_is_sent_as_it_is():
    file = picture_file()
    proven = prove_picture(file)

    assert prove_picture(file, most_bytes=len(proven.content)) == proven


def test_a_picture_that_does_not_fit_is_made_smaller_the_same_way_each_time():
    file = picture_file(size=(900, 700))
    most = len(prove_picture(file).content) - 1

    first = prove_picture(file, most_bytes=most)

    assert len(first.content) <= most
    assert first == prove_picture(file, most_bytes=most)


def test_a_picture_that_cannot_be_made_small_enough_is_refused():
    with pytest.raises(BadInput) as refused:
        prove_picture(picture_file(size=(900, 700)), most_bytes=200)

    assert "small enough for the network" in str(refused.value.fields["picture"])
