"""What an approver is shown of a film that changed since they looked: another film, sound or cover, and the
words of its captions before and after."""

from datetime import timedelta

import pytest

from schoolgate.publishing import queries
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.drafting import TargetText, edit_post
from schoolgate.publishing.reviewing import (
    ADDED,
    GONE,
    SAME,
    Run,
    changes_between,
    content_of,
    last_look,
    look_at,
)
from tests.filming import CAPTIONS
from tests.publishing.conftest import ANSWERS
from tests.publishing.test_films import ALT, film, filmed  # noqa: F401
from tests.publishing.test_pictures import FIT

HOUR = timedelta(hours=1)
FILM = {"file": "f" * 64, "sound": True, "captions": CAPTIONS, "no_speech": None}


@pytest.fixture
def looked_at(cast, film, filmed, at):  # noqa: F811
    """A post with a film that Ben has looked at."""
    cover = film()
    post = submit_post(by=cast.amina, at=at, post=filmed(cover))
    look_at(by=cast.ben, at=at, post=post)
    return post


def changes_for_ben(cast, post):
    look = last_look(post, cast.ben.pk)
    return changes_between(look.shown, content_of(post), since=look.at, version=look.version)


def saved(cast, post, *covers, at, **more):
    given = {"answers": ANSWERS | FIT, "asked_again": ANSWERS | FIT, "planned_at": post.planned_at, **more}
    targets = [TargetText(each.account, each.text) for each in post.targets.all()]
    kept = edit_post(
        by=cast.amina, at=at, post=post, version=post.version, targets=targets,
        pictures=covers or post.pictures, **given,
    )  # fmt: skip
    return queries.post(kept.pk)


def content(film=FILM, file="c" * 64):  # noqa: F811
    of_film = {"film": film} if film else {}
    return {
        "time": None, "accounts": [], "people": [], "pictures": [{"file": file, "alt": ALT, **of_film}]
    }  # fmt: skip


def between(before, now, at):
    return changes_between(before, now, since=at, version=1)


def test_an_approver_sees_the_captions_words_before_and_after(cast, looked_at, at):
    said = {"alt": ALT, "shows_people": False, "shows_pupils": False}
    captions = CAPTIONS.replace("Welcome", "Croeso")

    post = saved(
        cast, looked_at, at=at + HOUR, described={looked_at.pictures[0].pk: said | {"captions": captions}}
    )

    found = changes_for_ben(cast, post)
    assert found
    assert found.film.captions == [
        Run(GONE, "Welcome"), Run(ADDED, "Croeso"), Run(SAME, " to our sports day."),
    ]  # fmt: skip
    assert (found.film.other, found.film.cover, found.film.sound) == (False, False, None)


def test_nothing_is_marked_where_the_film_stayed(cast, looked_at, at):
    post = saved(cast, looked_at, at=at + HOUR)

    assert not changes_for_ben(cast, post)


def test_a_film_without_its_sound_is_another_film(cast, looked_at, film, at):  # noqa: F811
    post = saved(cast, looked_at, film(sound=False), at=at + HOUR)

    found = changes_for_ben(cast, post).film
    assert (found.other, found.sound) == (True, False)


@pytest.mark.parametrize(
    ("now", "what"),
    [
        (content(FILM | {"file": "e" * 64}), {"other": True}),
        (content(FILM | {"file": "e" * 64, "sound": False}), {"other": True, "sound": False}),
        (content(file="d" * 64), {"cover": True}),
        (content(FILM | {"no_speech": True}), {"no_speech": True}),
        (content(FILM | {"captions": CAPTIONS.replace("01.500", "01.400")}), {"times": True}),
        (
            content(FILM | {"captions": ""}),
            {"captions": [Run(GONE, "Welcome to our sports day.")]},
        ),
    ],
)
def test_each_choice_about_a_film_is_a_change(now, what, at):
    found = between(content(), now, at)
    nothing = {"other": False, "cover": False, "sound": None, "captions": [], "times": False}

    assert vars(found.film) == {**nothing, "no_speech": None, **what}
    assert found
    assert not between(now, now, at)


def test_a_film_in_a_pictures_place_and_a_picture_in_a_films_are_changed_pictures(at):
    picture, filmed = content(film=None, file="d" * 64), content()  # noqa: F811

    to_film, to_picture = between(picture, filmed, at), between(filmed, picture, at)

    assert (to_film.pictures_edited, to_film.film) == ([1], None)
    assert (to_picture.pictures_edited, to_picture.film) == ([1], None)


def test_a_cover_alone_that_became_a_film_is_marked(at):
    found = between(content(film=None), content(), at)

    assert found.film.other
