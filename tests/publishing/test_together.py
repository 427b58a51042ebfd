"""Several pictures are judged as the one that protects best, and a single one as it is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.publishing.facts import Known, together
from schoolgate.rulebook.situations.posts import ConsentListCheck

AT = datetime(2026, 11, 2, 10, tzinfo=UTC)


def check(*, days: int = 0, channel: str = "bluesky", of_this_version: bool = True) -> ConsentListCheck:
    """A check of a list that is so many days old."""
    return ConsentListCheck(
        by="people.person:1", at=AT, list_dated=(AT - timedelta(days=days)).date(), channel=channel,
        of_this_version=of_this_version,
    )  # fmt: skip


TRI = st.sampled_from([True, False, None])
CHECKS = st.builds(check, days=st.integers(-3, 30), of_this_version=st.sampled_from([True, False, None]))
ONE = st.builds(
    Known, alt_text=st.none() | st.text(min_size=1), shows_people=TRI, shows_pupils=TRI,
    checked=st.none() | CHECKS,
)  # fmt: skip
SEVERAL = st.lists(ONE, min_size=2, max_size=4)


def shows_pupils(one: Known) -> bool | None:
    """As the facts have it: a picture that shows no one shows no pupil."""
    return False if one.shows_people is False and one.shows_pupils is None else one.shows_pupils


@given(ONE)
def test_a_single_picture_is_judged_as_it_is(one):
    assert together([one]) == one


@given(SEVERAL)
def test_what_one_of_them_shows_the_post_shows(pictures):
    found = together(pictures)

    assert (found.shows_people is True) is any(each.shows_people is True for each in pictures)
    assert (found.shows_pupils is True) is any(shows_pupils(each) is True for each in pictures)


@given(SEVERAL)
def test_the_post_shows_no_one_only_where_that_is_known_of_every_picture(pictures):
    found = together(pictures)

    assert (found.shows_people is False) is all(each.shows_people is False for each in pictures)
    assert (found.shows_pupils is False) is all(shows_pupils(each) is False for each in pictures)


@given(SEVERAL)
def test_a_check_counts_only_where_every_picture_that_may_show_someone_has_one(pictures):
    found = together(pictures).checked
    needed = [each for each in pictures if each.shows_people is not False]

    assert (found is not None) is (bool(needed) and all(each.checked for each in needed))
    if found is not None:
        assert found.of_this_version is True or not all(each.checked.of_this_version for each in needed)
        assert found in [each.checked for each in needed]


@given(SEVERAL)
def test_a_check_that_does_not_count_for_one_picture_does_not_count_for_the_post(pictures):
    found = together(pictures).checked
    needed = [each.checked for each in pictures if each.shows_people is not False and each.checked]

    if found is not None and any(one.list_dated > AT.date() for one in needed):
        assert found.list_dated > AT.date() or found.of_this_version is not True
    if found is not None and any(one.of_this_version is not True for one in needed):
        assert found.of_this_version is not True


@given(SEVERAL, st.randoms())
def test_their_order_changes_no_answer(pictures, chance):
    turned = list(pictures)
    chance.shuffle(turned)
    one, other = together(pictures), together(turned)

    assert (one.shows_people, one.shows_pupils) == (other.shows_people, other.shows_pupils)
    assert (one.alt_text is None) is (other.alt_text is None)
    assert (one.checked is None) is (other.checked is None)


@given(SEVERAL)
def test_a_description_that_is_missing_is_missing_of_the_post(pictures):
    assert (together(pictures).alt_text is None) is any(each.alt_text is None for each in pictures)


def test_checks_for_different_networks_are_no_check():
    shown = [Known("A", True, True, check(channel=each)) for each in ("bluesky", "facebook")]

    assert together(shown).checked is None


def test_the_oldest_list_is_the_one_that_is_named():
    shown = [Known("A", True, True, check(days=days)) for days in (3, 20, 1)]

    assert together(shown).checked == check(days=20)


def test_of_no_picture_nothing_is_known():
    with pytest.raises(ValueError, match="nothing"):
        together([])
