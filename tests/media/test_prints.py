"""Pictures that may be the same are found again after what networks and telephones do to them."""

import random
from functools import partial

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from bench.pictures import CHANGES, photograph
from schoolgate.core.tenancy import scope
from schoolgate.media.handlers import compare_with_others
from schoolgate.media.models import Picture
from schoolgate.media.pictures import (
    ALIKE,
    OF_ONE_SIDE,
    TURNS,
    UPRIGHT,
    Compared,
    look_for_like,
    pictures_like,
    pictures_like_each,
)
from schoolgate.media.redrawing import prints_of
from tests.cast import someone
from tests.web.posts_cast import NOW

NUMBER = 12


@pytest.fixture(scope="module")
def photographs() -> list[Image.Image]:
    return [photograph(number, (640, 480)) for number in range(NUMBER)]


@pytest.fixture(scope="module")
def prints(photographs) -> list[list[int]]:
    return [prints_of(each) for each in photographs]


def differ(one: int, other: int) -> int:
    return ((one ^ other) & (1 << 64) - 1).bit_count()


def least(one: list[int], other: list[int]) -> int:
    """The first of each is of the whole picture."""
    return min(*(differ(one[0], each) for each in other), *(differ(each, other[0]) for each in one))


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_picture_is_found_again(photographs, prints, change):
    changed = [prints_of(CHANGES[change](each)) for each in photographs]
    found = [least(one, other) <= ALIKE for one, other in zip(prints, changed, strict=True)]

    assert sum(found) >= NUMBER - 1


def test_different_pictures_are_not_taken_for_one(prints):
    pairs = [least(one, other) for place, one in enumerate(prints) for other in prints[:place]]

    assert min(pairs) > ALIKE


def test_half_of_another_picture_is_not_taken_for_one(photographs, prints):
    for number, each in enumerate(photographs):
        half = prints_of(CHANGES["left half"](each))
        assert all(least(others, half) > ALIKE for place, others in enumerate(prints) if place != number)


@pytest.mark.parametrize("turn", ["mirrored", "turned left", "upside down"])
def test_half_of_a_picture_is_found_mirrored_and_turned(photographs, prints, turn):
    """Half of a withdrawn picture was mirrored, and was in public within three minutes."""
    kept = [Compared(each) for each in prints]
    halves = [Compared(prints_of(CHANGES[turn](CHANGES["lower half"](each)))) for each in photographs]
    found = [half.is_like(own, bits=ALIKE) for half, own in zip(halves, kept, strict=True)]
    assert sum(found) >= NUMBER - 1
    others = [(half, own) for n, half in enumerate(halves) for m, own in enumerate(kept) if m != n]
    assert not any(own.is_like(half, bits=ALIKE) for half, own in others)


def beside(*pictures: Image.Image, gap: int = 0) -> Image.Image:
    """These pictures in one, from left to right, with a white frame around each."""
    whole = Image.new("RGB", (sum(each.width + gap for each in pictures) + gap, 480 + 2 * gap), "white")
    left = gap
    for each in pictures:
        whole.paste(each, (left, gap))
        left += each.width + gap
    return whole


def above(*pictures: Image.Image, gap: int = 0) -> Image.Image:
    turned = (each.transpose(Image.Transpose.TRANSPOSE).resize((640, 480)) for each in pictures)
    return beside(*turned, gap=gap).transpose(Image.Transpose.TRANSPOSE)


def four(*pictures: Image.Image, gap: int = 0, in_a_row: int = 2) -> Image.Image:
    rows = -(-len(pictures) // in_a_row)
    size = (in_a_row * 640 + (in_a_row + 1) * gap, rows * 480 + (rows + 1) * gap)
    whole = Image.new("RGB", size, "white")
    for number, each in enumerate(pictures):
        down, across = divmod(number, in_a_row)
        whole.paste(each, (gap + across * (640 + gap), gap + down * (480 + gap)))
    return whole


IN_THREES = partial(four, in_a_row=3)
TOGETHER = {
    "beside": (beside, 2), "above": (above, 2), "four": (four, 4), "three": (beside, 3),
    "six": (IN_THREES, 6), "nine": (IN_THREES, 9),
}  # fmt: skip


@pytest.mark.parametrize("together", TOGETHER)
@pytest.mark.parametrize("gap", [0, 10])
def test_a_picture_is_found_in_one_that_is_made_of_several(photographs, prints, together, gap):
    """Two withdrawn pictures were put side by side, and the one picture was in public."""
    put, number = TOGETHER[together]
    tried = found = 0
    for first in range(0, NUMBER - number + 1, number):
        of = range(first, first + number)
        made = prints_of(put(*(photographs[place] for place in of), gap=gap))
        tried += number
        found += sum(least(prints[place], made) <= ALIKE for place in of)
        assert all(least(prints[place], made) > ALIKE for place in range(NUMBER) if place not in of)

    assert found >= tried - 2


def test_prints_fit_the_column_and_the_same_picture_has_the_same(photographs, prints):
    assert all(-(1 << 63) <= one < 1 << 63 for each in prints for one in each)
    assert prints[0] == prints_of(photographs[0])


@pytest.mark.parametrize("size", [(1, 1), (1, 2000), (3000, 2)])
def test_a_picture_of_any_shape_has_prints(size):
    assert prints_of(Image.new("RGB", size))


def kept(school, by, prints: list[int]) -> Picture:
    return Picture.objects.create(
        school=school, digest="0" * 64, media_type="image/jpeg", width=1, height=1, size=1,
        prints=prints, added_by=by, added_at=NOW,
    )  # fmt: skip


def test_pictures_are_like_one_up_to_the_limit(federation, photographs):
    from schoolgate.core.models import School

    with scope(federation.pk):
        school, by = School.objects.create(name="North", slug="north"), someone("Amina", "staff")
        prints = prints_of(photographs[0])
        asked = kept(school, by, prints)
        at_limit = kept(school, by, [prints[0] ^ ((1 << ALIKE) - 1)])
        near = kept(school, by, [prints[0] ^ 1])
        over = kept(school, by, [prints[0] ^ ((1 << ALIKE + 1) - 1)])
        mirrored = kept(school, by, prints_of(ImageOps.mirror(photographs[0])))
        brighter = kept(school, by, prints_of(ImageEnhance.Brightness(photographs[0]).enhance(1.1)))
        half = kept(school, by, prints_of(CHANGES["left half"](photographs[0])))
        without = kept(school, by, [])

        assert pictures_like([asked]) == {each.pk for each in (mirrored, brighter, near, at_limit, half)}
        assert asked.pk in pictures_like([half])
        assert over.pk in pictures_like([at_limit, near])
        assert pictures_like([without]) == set()


def near_by_comparing(one: Picture, other: Picture) -> bool:
    """One of any two prints is of a whole picture, upright; turned it's compared with what is left of one
    side."""

    def close(some: list[int], others: list[int]) -> bool:
        return any((a ^ b).bit_count() <= ALIKE for a in map(unsigned, some) for b in map(unsigned, others))

    def unsigned(print_: int) -> int:
        return print_ & (1 << 64) - 1

    return any(
        close(a.prints, b.prints[:UPRIGHT]) or close(a.prints[:OF_ONE_SIDE], b.prints[:TURNS])
        for a, b in ((one, other), (other, one))
    )


def test_pictures_compared_once_they_are_saved_are_those_that_each_pair_of_prints_finds(federation):
    """Each is compared by itself, in whatever order and however late: until then who asks compares it."""
    from schoolgate.core.models import School

    made = random.Random(35)
    with scope(federation.pk):
        school, by = School.objects.create(name="North", slug="north"), someone("Amina", "staff")

    def prints(known: list[Picture]) -> list[int]:
        """Prints of their own, some a few bits from another's at a place of any kind."""
        own = [made.getrandbits(64) - (1 << 63) for _ in range(OF_ONE_SIDE + 8)]
        for each in made.sample(known, min(len(known), 3)):
            flipped = sum(1 << at for at in made.sample(range(63), made.choice((2, 9, 10, 11, 14))))
            places = [
                made.choice((range(UPRIGHT), range(UPRIGHT, TURNS), range(TURNS, len(own)))) for _ in "ab"
            ]
            own[made.choice(places[0])] = made.choice([each.prints[n] for n in places[1]]) ^ flipped
        return own

    rows: list[Picture] = []
    with scope(federation.pk):
        for _ in range(40):
            rows.append(kept(school, by, prints(rows)))
        wanted = {
            row.pk: {other.pk for other in rows if other.pk != row.pk and near_by_comparing(row, other)}
            for row in rows
        }
        assert sum(map(len, wanted.values())) > 20
        assert {row.pk: look_for_like(row) for row in rows} == wanted, "of two each finds the other"
        for row in made.sample(rows, 25):
            compare_with_others(subject_id=row.pk)
        assert pictures_like_each(list(Picture.objects.order_by("pk"))) == wanted
        for row in rows:
            compare_with_others(subject_id=row.pk)
        assert not Picture.objects.filter(like=None).exists()
        assert pictures_like_each(list(Picture.objects.order_by("pk"))) == wanted


def test_of_two_pictures_that_are_added_at_once_each_finds_the_other(federation, photographs):
    """Compared while it was added, neither saw the other, which wasn't saved yet."""
    from schoolgate.core.models import School

    with scope(federation.pk):
        school, by = School.objects.create(name="North", slug="north"), someone("Amina", "staff")
        one, other = (kept(school, by, prints_of(photographs[0])) for _ in range(2))
        assert one.like is None
        compare_with_others(subject_id=one.pk)
        compare_with_others(subject_id=other.pk)
        assert dict(Picture.objects.values_list("pk", "like")) == {one.pk: [other.pk], other.pk: [one.pk]}


def test_another_federation_s_pictures_are_never_found(federation, make_federation, photographs):
    from schoolgate.core.models import School

    prints = prints_of(photographs[0])
    other = make_federation("north", "wildground")
    with scope(other.pk):
        kept(School.objects.create(name="N", slug="n"), someone("Nia", "staff"), prints)
    with scope(federation.pk):
        own = kept(School.objects.create(name="O", slug="o"), someone("Olu", "staff"), prints)
        assert pictures_like([own]) == set()


def on_a_page(picture: Image.Image, *, size: tuple[int, int], left: int, top: int, wide: int) -> Image.Image:
    """A picture between lines of words, as a slide, a page or a telephone's screen shows it."""
    page = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(range(20, size[1] - 20, 26)):
        for start in range(30, size[0] - 60 - number % 4 * 50, 60):
            pen.rectangle((start, line, start + 20 + (start + number * 7) % 30, line + 9), fill=(60, 60, 60))
    high = wide * picture.height // picture.width
    pen.rectangle((left - 12, top - 12, left + wide + 12, top + high + 12), fill="white")
    page.paste(picture.resize((wide, high)), (left, top))
    return page


SHOWN_ON = {
    "a page": {"size": (800, 1100), "left": 200, "top": 300, "wide": 400},
    "a slide": {"size": (1280, 720), "left": 600, "top": 120, "wide": 620},
    "a telephone": {"size": (540, 1170), "left": 0, "top": 240, "wide": 540},
}


@pytest.mark.parametrize("where", SHOWN_ON)
def test_a_picture_is_found_in_a_screenshot_of_what_it_stands_on(photographs, prints, where):
    """A picture that was taken down can be photographed from a page that still shows it."""
    kept = [Compared(each) for each in prints]
    shots = [Compared(prints_of(on_a_page(each, **SHOWN_ON[where]))) for each in photographs]
    found = [shot.is_like(own, bits=ALIKE) for shot, own in zip(shots, kept, strict=True)]
    assert sum(found) >= NUMBER - 1
    others = [(shot, own) for n, shot in enumerate(shots) for m, own in enumerate(kept) if m != n]
    wrong = sum(shot.is_like(own, bits=ALIKE) for shot, own in others)
    assert wrong <= 1, "of 132, as words between which a picture stands are taken for half of one on its side"


def test_a_crop_of_both_sides_is_found_mirrored_as_often_as_it_is(photographs, prints):
    cropped = [CHANGES["half, cut at three edges"](each) for each in photographs]
    for crops in (cropped, [ImageOps.mirror(each) for each in cropped]):
        found = [
            Compared(prints_of(each)).is_like(Compared(own), bits=ALIKE)
            for each, own in zip(crops, prints, strict=True)
        ]
        assert sum(found) >= NUMBER - 1
