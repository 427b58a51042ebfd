"""Ten and more kinds each of films and pictures that other programs' users reported: nothing hidden stays,
what is shown stays the right way round, and what can't be taken is refused with a sentence."""

import io

import av
from PIL import Image

from schoolgate.core.errors import BadInput
from schoolgate.media.films import prove_film
from schoolgate.media.proving import ProvenPicture, prove_picture
from tests.filming import pictures_in, pictures_played, seconds_of_sound_in
from tests.media import ugly_films, ugly_pictures
from tests.media.ugly_films import PLANTED, TURNS

CORNERS = ("left, above", "right, above", "left, below", "right, below")
# How films were held, and where the white corner is then seen.
SEEN_AT = dict(
    zip(TURNS, ("right, above", "right, below", "left, below", "right, above", "left, above"), strict=True)
)
FILMS = (
    ugly_films.located_in_every_way, ugly_films.place_each_second, ugly_films.second_sound,
    ugly_films.picture_on_the_sleeve, ugly_films.in_fragments, ugly_films.sound_later, ugly_films.long_pause,
    ugly_films.middle_cut_out, ugly_films.old_index_in_the_gap, ugly_films.stretched,
    ugly_films.between_lines, ugly_films.another_size_halfway,
)  # fmt: skip
SAID_OF_FILMS = {
    "yuv420p10le libx264": "colours",
    "yuv422p libx264": "colours",
    "yuv444p libx264": "colours",
    "yuv420p libx265": "isn’t H.264",
}
PICTURES = {
    **{
        f"{kind} held {how}": lambda kind=kind, how=how: ugly_pictures.held(kind, how)
        for kind, ways in (("JPEG", (2, 5, 6, 8)), ("PNG", (7,)), ("WEBP", (8,)), ("AVIF", (6,)))
        for how in ways
    },
    "held as XMP says": lambda: ugly_pictures.held_as_the_editor_says(6),
    "held in no way": lambda: ugly_pictures.held_in_no_way(99),
    "told by many programs": ugly_pictures.told_by_many_programs,
    "a small copy of all of it": ugly_pictures.small_copy_uncropped,
    "a film behind it": ugly_pictures.moving_by_the_telephone,
    "a gain map": ugly_pictures.brighter_on_some_screens,
    "a gain map beyond the end": ugly_pictures.brighter_at_a_wrong_place,
    "cropped over the old one": ugly_pictures.cropped_over_the_old_one,
    "two megabytes of words": ugly_pictures.words_without_end,
    "HEIC that Exif alone turns": ugly_pictures.heic_turned_by_exif_alone,
    "HEIC with others beside": ugly_pictures.heic_with_others_beside,
    "HEIC whose first isn't the one": ugly_pictures.heic_whose_first_is_not_the_one,
}
TURNED_LEFT = {
    "HEIC turned twice": ugly_pictures.heic_turned_twice,
    "HEIC of tiles": ugly_pictures.heic_of_tiles,
}


def corner(content: bytes) -> list[str]:
    """Where the white corner of a picture is; the rest of it is blue."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    wide, high = picture.size
    places = [(x, y) for y in (high // 8, high * 7 // 8) for x in (wide // 8, wide * 7 // 8)]
    seen = dict(zip(CORNERS, map(picture.getpixel, places), strict=True))
    assert all(blue > 150 for _red, _green, blue in seen.values()), seen
    return [at for at, (red, _green, _blue) in seen.items() if red > 128]


def stored(content: bytes):
    found = prove_film(io.BytesIO(content), size=len(content))
    laid = found.path.read_bytes()
    found.path.unlink()
    assert [each for each in PLANTED if each in laid] == []
    return found, laid


def said_of(prove, content: bytes) -> str:
    try:
        prove(content)
    except BadInput as refused:
        [(_field, said)] = refused.fields.items()
        return str(said)
    return ""


def test_of_an_ugly_film_only_what_is_played_is_stored():
    laid = {}
    for make in FILMS:
        given = make()
        found, laid[make.__name__] = stored(given)
        assert pictures_in(laid[make.__name__]) == pictures_played(given), make.__name__
        assert found.milliseconds == {"long_pause": 22_000, "between_lines": 1000}.get(
            make.__name__, found.milliseconds
        )
    for name in ("located_in_every_way", "place_each_second", "picture_on_the_sleeve"):
        assert any(each in getattr(ugly_films, name)() for each in PLANTED), name
        with av.open(io.BytesIO(laid[name])) as film:
            assert [each.type for each in film.streams] == ["video", "audio"]
    assert pictures_in(laid["middle_cut_out"]) == [*range(10), *range(30, 40)]
    assert seconds_of_sound_in(laid["second_sound"]) > 1.9
    with av.open(io.BytesIO(laid["sound_later"])) as film:
        [sound] = film.streams.audio
        assert abs(sound.start_time * sound.time_base - 0.5) < 0.05


def test_a_films_cover_is_as_players_show_it():
    for how, at in SEEN_AT.items():
        found, laid = stored(ugly_films.held(how))
        upright = (64, 96) if how in (90, 270, "mirrored and held upright") else (96, 64)
        assert (corner(found.cover), (found.width, found.height)) == ([at], upright), how
        sheet = Image.open(io.BytesIO(found.sheet))
        first = io.BytesIO()
        sheet.crop((0, 0, sheet.width // 3, sheet.height // 3)).save(first, "PNG")
        assert corner(first.getvalue()) == [at], how
        assert ugly_films.matrix(laid) == ugly_films.matrix(ugly_films.held(how))
    found, _laid = stored(ugly_films.stretched())
    assert (found.width, found.height, corner(found.cover)) == (128, 64, ["left, above"])


def test_a_film_of_colours_that_browsers_dont_show_is_refused_as_that():
    for name, part in SAID_OF_FILMS.items():
        content = ugly_films.coloured(*name.split())
        said = said_of(lambda content: prove_film(io.BytesIO(content), size=len(content)), content)
        assert part in said, (name, said)


def test_an_ugly_picture_is_stored_upright_with_nothing_beside_it():
    for at, makers in (("left, above", PICTURES), ("left, below", TURNED_LEFT)):
        for name, make in makers.items():
            proven = prove_picture(make())
            assert (corner(proven.content), b"Seren" in proven.content) == ([at], False), name


def test_a_colour_that_a_scanner_calls_transparent_is_gone():
    for depth in (8, 16):
        picture = Image.open(
            io.BytesIO(prove_picture(ugly_pictures.see_through_by_its_colour(depth)).content)
        )
        assert (picture.getpixel((9, 9)), picture.getpixel((80, 9))) == ((0, 0, 0, 0), (0, 0, 200, 255))


def test_the_thinnest_pictures_are_taken():
    def size(proven: ProvenPicture) -> tuple[int, int]:
        return proven.width, proven.height

    for given, taken in (((1, 1), (1, 1)), ((30_000, 1), (4096, 1)), ((1, 30_000), (1, 4096))):
        assert size(prove_picture(ugly_pictures.as_thin_as_a_line(given))) == taken


def test_other_kinds_of_picture_are_refused_with_a_sentence():
    wanted = {"WebP of several pictures": "animated", "cut off by a full card": "damaged"}
    for name, make in ugly_pictures.OTHERS.items():
        said = said_of(prove_picture, make())
        assert wanted.get(name, "Choose a JPEG, HEIC, PNG, WebP or AVIF picture") in said, (name, said)
    assert "damaged" in said_of(prove_picture, ugly_pictures.from_inside_an_app())
