"""Why a name might be written down goes with what it was written about, and with the pupil."""

from __future__ import annotations

import pytest

from schoolgate.publishing.models import HitAnswer, WordAnswer
from schoolgate.pupils.models import Pupil
from schoolgate.records import destroying
from tests.publishing.conftest import draft_of
from tests.records.conftest import kind

WHY = "Her mother agreed on the telephone."


@pytest.fixture
def pupil(cast, at):
    return Pupil.objects.create(
        school=cast.school, key="A1", first_name="Ava", last_name="Llewelyn", form="4B", left_on=at.date()
    )


def said(cast, at, about, pupils=()):
    return WordAnswer.objects.create(
        about=about, door="reply", hit="h", kind="pupil", reply="may_name", words=WHY, pupils=list(pupils),
        by=cast.ben, at=at,
    )  # fmt: skip


def erase(cast, at, key, pk):
    destroying.erase_one(
        by=cast.sam, at=at, kind=kind(key), pk=pk, because="asked", words="Her mother asked."
    )


def words_of(row):
    row.refresh_from_db()
    return row.words


def test_a_reason_goes_with_the_comment_that_it_was_given_about(cast, closed, at):
    gone, stays = closed("c1"), closed("c2")
    mine, others = said(cast, at, f"inbox.item:{gone.pk}"), said(cast, at, f"inbox.item:{stays.pk}")
    erase(cast, at, "comments", gone.pk)
    assert (words_of(mine), mine.reply, words_of(others)) == ("", "may_name", WHY)


def test_a_reason_goes_with_the_pupil_whose_name_it_was_about(cast, closed, pupil, at):
    about = f"inbox.item:{closed().pk}"
    hers, anothers = said(cast, at, about, [pupil.pk]), said(cast, at, about, [pupil.pk + 1])
    over, open_ = (draft_of(cast, at, "A text.") for _each in range(2))
    type(over).objects.filter(pk=over.pk).update(state="taken_down")
    of_posts = [
        HitAnswer.objects.create(
            post=post,
            hit="h",
            kind="pupil",
            reply="not_pupil",
            words=WHY,
            pupils=[pupil.pk],
            by=cast.ben,
            at=at,
        )
        for post in (over, open_)
    ]
    erase(cast, at, "pupils", pupil.pk)
    assert (words_of(hers), words_of(anothers)) == ("", WHY)
    assert [words_of(row) for row in of_posts] == ["", WHY]
    assert hers.pupils == [pupil.pk]
