"""A film is taken for what it is and written again without place, device or title; everything else is refused
with a sentence."""

import io
import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import pytest
from PIL import Image

from bench.pictures import photograph
from schoolgate.core import home
from schoolgate.core.errors import BadInput
from schoolgate.media import bare, film_child, films
from schoolgate.media.bare import NotBare
from schoolgate.media.films import prove_film
from schoolgate.media.pictures import ALIKE, Compared, cover_of, take_in
from schoolgate.media.redrawing import prints_of
from tests.filming import (
    CAPTIONS,
    PLACE,
    TITLE,
    a_film,
    drawn,
    laid_again,
    pictures_in,
    pictures_played,
    seconds_of_sound_in,
    switched_off,
    trimmed,
)

PLANTED = [PLACE.encode(), TITLE.encode(), b"x264", b"Lavf", b"ISO6709"]


def proven(content, **more):
    found = prove_film(io.BytesIO(content), size=len(content), **more)
    laid = found.path.read_bytes()
    found.path.unlink()
    return found, laid


def why(content, **more):
    before = set(home.drafts().iterdir())
    with pytest.raises(BadInput) as refused:
        prove_film(io.BytesIO(content), size=len(content), **more)
    assert set(home.drafts().iterdir()) == before
    [(field, said)] = refused.value.fields.items()
    return field, str(said)


@pytest.mark.parametrize("kind", ["mp4", "mov"])
def test_a_film_of_a_telephone_is_laid_anew_without_place_title_and_maker(kind):
    given = a_film(told=True, kind=kind)
    assert any(planted in given for planted in PLANTED)

    found, laid = proven(given)

    assert [planted for planted in PLANTED if planted in laid] == []
    assert laid[4:8] == b"ftyp"
    assert (found.width, found.height, found.milliseconds, found.has_sound) == (64, 48, 2000, True)
    bare.check_bare_film(io.BytesIO(laid))


def test_the_second_reader_finds_what_the_first_would_leave():
    for given in (a_film(told=True), a_film(told=True, kind="mov"), a_film()):
        with pytest.raises(NotBare):
            bare.check_bare_film(io.BytesIO(given))
    _found, laid = proven(a_film())
    for wrong in (
        laid + b"PK\x03\x04", laid[:-1], laid[:300], b"",
        laid.replace(b"VideoHandler", b"Grace Y pupil"[:12]),
        laid + b"\0\0\0\x10uuid12345678", laid.replace(b"free\0\0\0\0\0", b"free51.5\0"),
    ):  # fmt: skip
        with pytest.raises(NotBare):
            bare.check_bare_film(io.BytesIO(wrong))


def test_a_film_without_sound_is_taken_and_says_so():
    found, laid = proven(a_film(sound=False))

    assert (found.has_sound, b"soun" in laid) == (False, False)


def test_the_sound_can_be_taken_off():
    found, laid = proven(a_film(), sound=False)

    assert (found.has_sound, b"soun" in laid, found.milliseconds) == (False, False, 2000)


def test_the_cover_is_the_picture_of_the_second_that_was_chosen():
    first, _laid = proven(a_film(), cover_at=0)
    later, _laid = proven(a_film(), cover_at=1.5)
    beyond, _laid = proven(a_film(), cover_at=99)

    reds = [Image.open(io.BytesIO(each.cover)).getpixel((30, 20))[0] for each in (first, later, beyond)]
    assert reds == [pytest.approx(red, abs=8) for red in (0, 75, 95)]
    assert take_in(later.cover).media_type == "image/png" or take_in(later.cover).width == 64


def test_what_a_film_shows_after_its_cover_is_found_again_and_a_face_in_it_too(looks_for_faces):
    """A withdrawn picture was shown in the middle of a film whose cover was another one."""
    shown = [photograph(number, (320, 240)) for number in range(3)]
    found, _laid = proven(drawn(seconds=9, size=(320, 240), sound=False, shows=shown))
    cover = cover_of(found)
    of_film = Compared(cover.prints)
    alike = [of_film.is_like(Compared(prints_of(photograph(n, (320, 240)))), bits=ALIKE) for n in range(8)]
    assert alike == [True] * 3 + [False] * 5
    assert [cover.prints[0], cover.faces] == [take_in(found.cover).prints[0], 0]

    head = Image.open(Path(__file__).with_name("face.jpg")).convert("RGB")
    beside = Image.new("RGB", (640, 480), "white")
    beside.paste(head, (40, 10))
    found, _laid = proven(drawn(seconds=4, size=(640, 480), sound=False, shows=[shown[0], beside]))
    assert (take_in(found.cover).faces, cover_of(found).faces) == (0, 1)


def test_captions_come_with_it_and_are_checked_against_its_length():
    found, _laid = proven(a_film(), captions=CAPTIONS)

    assert found.captions == CAPTIONS
    late = CAPTIONS.replace("00:00:00.000 --> 00:00:01.500", "00:00:02.500 --> 00:00:03.000")
    assert why(a_film(), captions=late) == (
        "captions",
        "Line 3 of the captions: This caption begins after the end of the film.",
    )


def _png():
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(written, "PNG")
    return written.getvalue()


BAD = {
    "nothing": (lambda: b"", "There is no film in this file"),
    "a picture named mp4": (_png, "isn’t a film we can use"),
    "a text": (lambda: b"<html>film.mp4</html>" * 40, "isn’t a film we can use"),
    "WebM": (lambda: a_film(kind="matroska", sound=False), "isn’t a film we can use"),
    "only a head": (lambda: a_film()[:32], "damaged or cut off"),
    "cut off": (lambda: a_film(seconds=4)[:-9000], "damaged or cut off"),
    "no index": (lambda: a_film().replace(b"moov", b"mooz"), "damaged or cut off"),
    "a broken index": (lambda: a_film().replace(b"stbl", b"\xff\xff\xff\xff"), "damaged|no picture|H.264"),
    "only sound": (lambda: _sound_alone(a_film()), "no picture"),
    "another codec": (lambda: a_film(codec="mpeg4"), "isn’t H.264"),
    "another sound": (lambda: a_film(sound_codec="libmp3lame"), "isn’t AAC"),
    "four hours": (
        lambda: a_film(seconds=4 * 3600, fps=Fraction(1, 1800), sound=False),
        "longer than 10 minutes",
    ),
    "an animated heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 400, "damaged|no picture"),
}


def _sound_alone(film):
    import av

    written = io.BytesIO()
    with av.open(io.BytesIO(film)) as given, av.open(written, "w", format="mp4") as out:
        sound = given.streams.audio[0]
        to = out.add_stream_from_template(sound)
        for packet in given.demux(sound):
            if packet.dts is not None:
                packet.stream = to
                out.mux(packet)
    return written.getvalue()


@pytest.mark.parametrize("name", list(BAD))
def test_what_is_no_film_is_refused_with_a_sentence(name):
    make, said = BAD[name]

    field, found = why(make())

    assert field == "film"
    assert any(part in found for part in said.split("|")), found


def test_a_film_without_a_single_picture_is_refused():
    given = a_film(sound=False)
    broken = given[: given.index(b"mdat") + 4] + bytes(len(given) - given.index(b"mdat") - 4)
    moov_last = given.index(b"moov") > given.index(b"mdat")
    if moov_last:
        index = given[given.index(b"moov") - 4 :]
        broken = given[: given.index(b"mdat") + 4]
        broken += bytes(len(given) - len(broken) - len(index)) + index

    assert why(broken)[0] == "film"


def test_a_huge_picture_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(films, "MOST_PIXELS", 64 * 48 - 1)

    assert "too large" in why(a_film())[1]


def test_a_file_that_is_two_kinds_leaves_only_its_film():
    given = a_film() + b"PK\x03\x04" + b"<script>alert(1)</script>"

    _found, laid = proven(given)

    assert (b"PK\x03\x04" in laid, b"<script" in laid) == (False, False)


def test_a_film_larger_than_the_house_takes_is_not_opened(monkeypatch):
    monkeypatch.setattr(films.LAY_ANEW.__class__, "between", None)

    with pytest.raises(BadInput) as refused:
        prove_film(io.BytesIO(a_film()), size=films.MOST_BYTES + 1)

    assert "100 MB" in str(refused.value.fields["film"])


def test_a_film_that_keeps_the_reader_busy_is_given_up():
    slow = films.LAY_ANEW.__class__(Path(film_child.__file__), megabytes=2000, seconds=0, most=1000)
    films_was, films.LAY_ANEW = films.LAY_ANEW, slow
    try:
        assert "damaged" in why(a_film())[1]
    finally:
        films.LAY_ANEW = films_was


def test_without_the_optional_part_films_are_refused_with_whom_to_ask(monkeypatch):
    monkeypatch.setattr(films, "can_read", lambda: False)

    assert "install that part" in why(a_film())[1]


def test_the_reader_imports_nothing_of_the_program(tmp_path):
    (tmp_path / "film").write_bytes(a_film())
    with (tmp_path / "film").open("rb") as given:
        found = subprocess.run(
            [sys.executable, "-I", film_child.__file__, "1000000", "600000", "0", "1", "3"],
            stdin=given, capture_output=True, check=True,
        )  # fmt: skip

    assert json.loads(found.stdout.partition(b"\n")[0])["ms"] >= 2000


# --- Nothing is stored that is not shown --------------------------------------------------------------------


@pytest.mark.parametrize("drawn_from_later", [False, True])
@pytest.mark.parametrize(("begins", "ends"), [(1000, 3000), (0, 3000), (2000, 4000), (1000, 3300), (0, 2450)])
def test_of_a_trimmed_film_only_what_is_shown_is_stored(begins, ends, drawn_from_later):
    given = trimmed(a_film(seconds=4, drawn_from_later=drawn_from_later), begins, ends)
    shown = pictures_played(given)
    assert (len(pictures_in(given)), len(shown)) == (40, -(-(ends - begins) // 100))

    found, laid = proven(given)

    stored = pictures_in(laid)
    assert stored == pictures_played(laid) == shown[: len(stored)]
    assert len(stored) >= len(shown) - (2 if drawn_from_later else 0)
    assert found.milliseconds == len(stored) * 100
    assert seconds_of_sound_in(laid) == pytest.approx((ends - begins) / 1000, abs=0.05)


def test_the_cover_is_a_picture_that_is_stored():
    found, laid = proven(trimmed(a_film(seconds=4), 1000, 2000), cover_at=30)
    red = Image.open(io.BytesIO(found.cover)).convert("RGB").getpixel((20, 20))[0]
    assert round(red / 5) == pictures_in(laid)[-1] == 19


@pytest.mark.parametrize(("begins", "across"), [(1300, False), (200, False), (1000, True)])
def test_a_film_whose_beginning_is_drawn_from_what_was_cut_off_is_refused_with_what_to_do(begins, across):
    given = trimmed(a_film(seconds=4, drawn_from_later=across, drawn_across=across), begins, 4000)
    field, said = why(given)
    assert field == "film"
    assert "what was cut off is still in the file. Export it as a new film" in said


@pytest.mark.parametrize("piece", [(0, 1000), (1000, 2000), (500, 1500)])
def test_the_second_reader_finds_pictures_and_sound_that_are_not_shown(piece):
    for sound in (True, False):
        _found, laid = proven(a_film(sound=sound))
        with pytest.raises(NotBare, match=r"not shown|edits"):
            bare.check_bare_film(io.BytesIO(trimmed(laid, *piece)))


def test_a_track_that_is_switched_off_stays_behind():
    given = laid_again(a_film(colour=0), a_film(colour=150, sound=False))
    assert pictures_in(proven(given)[1])[0] == 0
    assert pictures_in(proven(switched_off(given, 0))[1])[0] == 30


def test_sound_that_is_switched_off_stays_behind():
    found, laid = proven(switched_off(a_film(), 1))
    assert not found.has_sound
    with av.open(io.BytesIO(laid)) as film:
        assert not film.streams.audio


@pytest.mark.parametrize("kind", [6, 12, 14, 19, 20, 21, 24, 31])
def test_units_that_draw_nothing_stay_behind(kind):
    planted = bytes([kind]) + b"Grace Young, 12 Elm Road"
    given = laid_again(a_film(), also=planted)
    assert planted in given

    _found, laid = proven(given)

    assert planted not in laid
    assert pictures_in(laid) == list(range(20))
    with pytest.raises(NotBare):
        bare.check_bare_film(io.BytesIO(laid.replace(b"\x65\x88", bytes([kind]) + b"\x88", 1)))


def test_a_film_that_hides_what_was_cropped_is_refused_with_what_to_do():
    cropped = laid_again(a_film(size=(128, 96)), through="h264_metadata=crop_right=64")
    assert "cropped, but what was cut off is still in the file" in why(cropped)[1]
    edge = laid_again(a_film(size=(128, 96)), through="h264_metadata=crop_bottom=8")
    assert proven(edge)[0].height == 88
