"""A list shows small copies of pictures: of their shape, light, and without what was transparent."""

import io

import pytest
from PIL import Image

from schoolgate.media.pictures import EDGE, small_copy


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("JPEG", "L")])
def test_a_small_copy_keeps_the_shape_and_is_a_light_jpeg(kind, mode):
    file = io.BytesIO()
    Image.new(mode, (1600, 800)).save(file, kind)
    file.seek(0)
    small = Image.open(io.BytesIO(small_copy(file)))
    assert (small.format, small.size) == ("JPEG", (EDGE, EDGE // 2))


def test_what_is_clear_in_a_picture_is_white_in_its_small_copy():
    file = io.BytesIO()
    Image.new("RGBA", (300, 300), (200, 0, 0, 0)).save(file, "PNG")
    file.seek(0)
    assert Image.open(io.BytesIO(small_copy(file))).getpixel((70, 70)) == (255, 255, 255)
