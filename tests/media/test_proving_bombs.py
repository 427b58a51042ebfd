"""Pictures that were made to keep the program busy or to fill it: refused, by a process that may be ended."""

import io
import struct
import zlib
from dataclasses import replace

import pytest
from PIL import Image

from schoolgate.core.errors import BadInput
from schoolgate.media import proving
from schoolgate.media.proving import prove_picture

DAMAGED = "This picture is damaged. Save it again and choose the new copy."


def file(kind: str, size: tuple[int, int], mode: str = "RGB", **how) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **how)
    return out.getvalue()


def layered(layers: int, size: tuple[int, int]) -> bytes:
    """A progressive JPEG whose last layer comes so many times more: some ninety bytes each."""
    whole = file("JPEG", size, progressive=True, quality=1)
    begin = whole.rindex(b"\xff\xc4", 0, whole.rindex(b"\xff\xda"))
    return whole[:-2] + whole[begin:-2] * layers + whole[-2:]


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.fixture
def impatient(monkeypatch):
    """A picture may take one second of processor time, so that the test does not take twenty."""
    monkeypatch.setattr(proving, "REDRAW", replace(proving.REDRAW, seconds=1))


def why(content: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        prove_picture(content)
    return str(refused.value.fields["picture"])


def test_a_picture_of_thousands_of_layers_is_given_up(impatient):
    bomb = layered(5000, (6324, 6324))
    assert len(bomb) < 1_000_000

    assert why(bomb) == DAMAGED


def test_an_ordinary_picture_in_layers_is_taken():
    assert prove_picture(layered(0, (1200, 900))).width == 1200


def test_text_in_a_picture_that_unpacks_without_end_is_refused(impatient):
    small = file("PNG", (8, 8))
    text = chunk(b"zTXt", b"k\0\0" + zlib.compress(b"a" * 1_000_000))

    assert why(small[:33] + text * 2000 + small[33:]) == DAMAGED
    assert prove_picture(small[:33] + text + small[33:]).width == 8


def test_a_crash_while_decoding_is_a_damaged_picture(tmp_path, monkeypatch):
    script = tmp_path / "crashes.py"
    script.write_text("import os; os.abort()")
    monkeypatch.setattr(proving, "REDRAW", replace(proving.REDRAW, script=script))

    assert why(file("PNG", (8, 8))) == DAMAGED


@pytest.mark.parametrize(
    ("kind", "mode", "quick"),
    [("PNG", "RGBA", {"compress_level": 1}), ("WEBP", "RGB", {"method": 0, "quality": 1})],
)
def test_the_largest_picture_fits_the_limits(kind, mode, quick):
    assert prove_picture(file(kind, (8000, 5000), mode, **quick)).width == proving.LONGEST_EDGE


def test_forty_million_pixels_are_taken_and_one_row_more_is_not():
    assert why(file("PNG", (8000, 5001), compress_level=1)).startswith(
        "This picture has more than 40 million pixels."
    )
