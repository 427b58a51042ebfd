"""Every kind of picture that a telephone or an office has: taken with its colours right, or refused."""

import io
import zlib
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Semaphore, Thread

import pytest
from PIL import Image, ImageCms

from schoolgate.core.errors import BadInput
from schoolgate.media import proving
from schoolgate.media.bare import NotBare, check_bare
from schoolgate.media.proving import ProvenPicture, prove_picture
from tests.media.test_proving import picture_file, why
from tests.media.test_proving_bombs import chunk

TELEPHONE = Path(__file__).with_name("telephone.heic")
"""Blue to the left, red to the right, with a place and a maker; 60 by 40."""
# Display P3, as telephones write it: the same white as sRGB, wider red and green. ICC's own form of numbers.
P3_TO_XYZ = ((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841))


def colour(proven: ProvenPicture, place: tuple[int, int] = (5, 5)) -> tuple[int, ...]:
    return Image.open(io.BytesIO(proven.content)).getpixel(place)


def near(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 4) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


def plain(mode: str, fill: object, kind: str, **save: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (40, 30), fill).save(out, kind, **save)
    return out.getvalue()


def display_p3() -> bytes:
    """sRGB's profile of the library with the three colours of Display P3 in their places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for tag, values in zip((b"rXYZ", b"gXYZ", b"bXYZ"), P3_TO_XYZ, strict=True):
        entry = profile.index(tag)
        at = int.from_bytes(profile[entry + 4 : entry + 8], "big") + 8
        for number, value in enumerate(values):
            profile[at + 4 * number : at + 4 * number + 4] = round(value * 65536).to_bytes(
                4, "big", signed=True
            )
    return bytes(profile)


def test_a_heic_of_a_telephone_is_taken_without_its_place():
    content = TELEPHONE.read_bytes()
    assert b"A telephone" in content

    proven = prove_picture(content)

    assert (proven.media_type, proven.width, proven.height) == ("image/jpeg", 60, 40)
    assert b"A telephone" not in proven.content
    assert near(colour(proven, (5, 20)), (41, 60, 199), 8)
    assert near(colour(proven, (55, 20)), (200, 40, 40), 8)


def test_half_a_heic_is_refused_as_damaged():
    content = TELEPHONE.read_bytes()

    assert "damaged" in why(content[:400])
    assert "damaged" in why(content[:60])


def test_an_avif_is_taken():
    proven = prove_picture(plain("RGB", (200, 40, 40), "AVIF"))

    assert proven.media_type == "image/jpeg"
    assert near(colour(proven), (200, 40, 40), 8)


def test_a_moving_avif_and_a_moving_png_are_refused():
    frames = [Image.new("RGB", (16, 16), each) for each in ("red", "blue")]
    for kind in ("AVIF", "PNG"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:])
        assert why(out.getvalue()) == "This picture is animated. Choose a still one."


def test_the_second_picture_that_a_telephone_adds_is_left_out():
    frames = [Image.new("RGB", (40, 30), each) for each in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "MPO", save_all=True, append_images=frames[1:])

    proven = prove_picture(out.getvalue())

    assert near(colour(proven), (254, 0, 0))
    assert len(proven.content) < len(out.getvalue())


def test_wide_colours_are_brought_to_srgb_before_their_profile_is_dropped():
    shown = plain("RGB", (180, 120, 60), "JPEG", quality=100, icc_profile=display_p3())

    proven = prove_picture(shown)

    assert colour(prove_picture(plain("RGB", (180, 120, 60), "JPEG", quality=100))) == colour(
        prove_picture(plain("RGB", (180, 120, 60), "PNG"))
    )
    wanted = ImageCms.profileToProfile(
        Image.new("RGB", (1, 1), (180, 120, 60)),
        ImageCms.ImageCmsProfile(io.BytesIO(display_p3())),
        ImageCms.createProfile("sRGB"),
    ).getpixel((0, 0))
    assert near(colour(proven), wanted)
    assert not near(colour(proven), (180, 120, 60))
    assert colour(proven)[0] > 185
    assert "icc_profile" not in Image.open(io.BytesIO(proven.content)).info


@pytest.mark.parametrize("profile", [b"no profile", display_p3()[:200], b"\0" * 3000])
def test_a_broken_profile_leaves_the_colours_as_they_are(profile):
    assert near(
        colour(prove_picture(plain("RGB", (180, 120, 60), "PNG", icc_profile=profile))), (180, 120, 60)
    )


def test_a_profile_for_another_kind_of_picture_is_not_used():
    assert near(colour(prove_picture(plain("L", 120, "PNG", icc_profile=display_p3()))), (120, 120, 120))


def test_colours_for_print_become_colours_for_a_screen():
    assert near(colour(prove_picture(plain("CMYK", (0, 255, 255, 0), "JPEG"))), (255, 0, 0), 6)


def test_sixteen_bits_of_grey_are_scaled_and_not_cut_off():
    out = io.BytesIO()
    Image.new("I;16", (40, 30), 0x8000).save(out, "PNG")

    assert near(colour(prove_picture(out.getvalue())), (128, 128, 128))


def test_sixteen_bits_a_colour_are_taken():
    row = b"\0" + b"\xc8\x00\x28\x00\x28\x00" * 16
    head = b"\0\0\0\x10\0\0\0\x10\x10\x02\0\0\0"
    file = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(row * 16))
        + chunk(b"IEND", b"")
    )

    assert near(colour(prove_picture(file)), (200, 40, 40))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_other_modes_are_taken(mode):
    assert prove_picture(picture_file("PNG", mode=mode)).width == 40


def test_a_picture_that_is_also_an_archive_and_a_page_loses_both():
    proven = prove_picture(picture_file() + b"PK\x03\x04 a.txt <script>alert(1)</script> PK\x05\x06")

    assert b"PK\x03\x04" not in proven.content
    assert b"<script>" not in proven.content


def test_a_broken_note_of_how_it_was_held_does_not_cost_the_picture():
    assert prove_picture(picture_file(exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")).width == 40


def test_two_hundred_megapixels_are_refused_with_what_to_do():
    head = b"\0\0\x41\x00\0\0\x30\x00\x08\x02\0\0\0"  # 16,640 by 12,288
    file = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )

    assert why(file) == "This picture has more than 40 million pixels. Save a smaller copy and choose that."


# --- The second reader --------------------------------------------------------------------------------------


def with_part(content: bytes, kind: int, data: bytes) -> bytes:
    return content[:2] + bytes((0xFF, kind)) + (len(data) + 2).to_bytes(2, "big") + data + content[2:]


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_bare_picture_is_bare(kind):
    check_bare(picture_file(kind))
    check_bare(picture_file(kind, mode="L"))


def test_a_progressive_picture_is_bare():
    check_bare(picture_file(progressive=True))


@pytest.mark.parametrize("kind", [*range(0xE0, 0xF0), 0xFE])
def test_no_part_of_a_camera_or_a_program_passes(kind):
    with pytest.raises(NotBare):
        check_bare(with_part(picture_file(), kind, b"Exif\0\0 anything"))


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP", b"tIME", b"prVt"])
def test_no_text_of_a_png_passes(kind):
    file = picture_file("PNG")
    with pytest.raises(NotBare):
        check_bare(file[:33] + chunk(kind, b"k\0v") + file[33:])


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_nothing_passes_after_the_end_nor_without_it(kind):
    file = picture_file(kind)
    for wrong in (file + b"x", file[:-3], b"GIF89a"):
        with pytest.raises(NotBare):
            check_bare(wrong)


def test_a_small_copy_inside_the_first_part_does_not_pass():
    with pytest.raises(NotBare):
        check_bare(with_part(picture_file()[:2] + picture_file()[20:], 0xE0, b"JFIF\0\1\1\0\0\1\0\1\1\1abc"))


def test_a_picture_whose_metadata_stayed_is_not_stored(monkeypatch):
    def keeps_all(content: bytes, *told: int) -> bytes:
        return b'{"width": 40, "height": 30, "media_type": "image/jpeg", "prints": []}\n' + with_part(
            picture_file(), 0xE1, b"Exif\0\0"
        )

    monkeypatch.setattr(proving, "REDRAW", keeps_all)

    assert why(picture_file()).startswith("The place and device couldn’t be removed from this picture.")


# --- Taking turns -------------------------------------------------------------------------------------------


@contextmanager
def _others_at_work(number):
    """So many pictures are worked on by other threads; a thread keeps its place for all of one picture."""
    done, has_place = Event(), Semaphore(0)

    def works():
        with proving.turn():
            has_place.release()
            done.wait()

    threads = [Thread(target=works) for _each in range(number)]
    for thread in threads:
        thread.start()
        has_place.acquire()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()


def test_an_upload_waits_for_its_turn_and_is_told_when_it_is_too_long(monkeypatch):
    monkeypatch.setattr(proving, "LONGEST_WAIT", 0.01)
    with _others_at_work(proving.AT_ONCE - 1):
        assert prove_picture(picture_file()).width == 40
    with _others_at_work(proving.AT_ONCE), pytest.raises(BadInput) as refused:
        prove_picture(picture_file())

    assert "Many pictures are coming in" in str(refused.value.fields["picture"])
    assert prove_picture(picture_file()).width == 40


# --- Behind what is seen ------------------------------------------------------------------------------------

SECRET, SEEN = (200, 10, 10), (20, 90, 200)


def half_hidden(kind, mode="RGBA", **save):
    """A picture whose left half is wholly transparent over a colour, and whose middle nearly is."""
    picture = Image.new("RGBA", (64, 32), (*SEEN, 255))
    picture.paste((*SECRET, 0), (0, 0, 32, 32))
    picture.paste((*SECRET, 1), (32, 0, 36, 32))
    out = io.BytesIO()
    picture.convert(mode).save(out, kind, **save)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "save"),
    [("PNG", {}), ("WEBP", {"lossless": True, "exact": True}), ("AVIF", {"quality": 100})],
)
def test_no_colour_stays_behind_what_is_transparent(kind, save):
    given = half_hidden(kind, **save)
    assert Image.open(io.BytesIO(given)).convert("RGBA").getpixel((5, 5))[0] > 150

    stored = Image.open(io.BytesIO(prove_picture(given).content))

    assert stored.mode == "RGBA"
    assert {stored.getpixel((x, y)) for x in range(30) for y in range(32)} == {(0, 0, 0, 0)}
    assert near(stored.getpixel((50, 5)), (*SEEN, 255))


def test_what_is_hardly_seen_has_no_finer_colour_than_it_shows():
    stored = Image.open(io.BytesIO(prove_picture(half_hidden("PNG")).content))
    assert set(stored.getpixel((33, 5))) <= {0, 1, 255}


def test_a_colour_that_a_palette_calls_transparent_is_gone():
    picture = Image.new("P", (8, 8), 1)
    picture.putpalette([*SEEN, *SECRET])
    picture.paste(0, (4, 0, 8, 8))
    out = io.BytesIO()
    picture.save(out, "PNG", transparency=1)
    stored = Image.open(io.BytesIO(prove_picture(out.getvalue()).content))
    assert (stored.getpixel((1, 1)), near(stored.getpixel((6, 1)), (*SEEN, 255))) == ((0, 0, 0, 0), True)


def test_a_smaller_copy_for_a_network_shows_white_where_the_picture_is_transparent():
    noise = Image.effect_noise((900, 900), 90).convert("RGB")
    noise.putalpha(255)
    noise.paste((*SECRET, 0), (0, 0, 900, 450))
    out = io.BytesIO()
    noise.save(out, "PNG")
    copy = prove_picture(out.getvalue(), most_bytes=100_000)
    assert copy.media_type == "image/jpeg"
    assert near(colour(copy, (20, 20)), (255, 255, 255))
