"""Whatever reaches the public of a post, and whatever was claimed about it: changed after its approval, it is
asked about again and nothing goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.apps import apps
from django.db import models

from schoolgate.core import files
from schoolgate.core.data_map.entries import load
from schoolgate.core.doors import Door
from schoolgate.core.tenancy import scope
from schoolgate.media.films import prove_film
from schoolgate.media.models import Film, Picture
from schoolgate.media.pictures import (
    add_film,
    add_picture,
    describe_picture,
    store,
    store_film,
    take_in,
    vouch,
)
from schoolgate.publishing import queries
from schoolgate.publishing.cards import note_card
from schoolgate.publishing.models import LeftOut, LinkCard, Post
from schoolgate.publishing.starting import begin_sending
from schoolgate.pupils.models import Consent, Pupil
from tests.filming import CAPTIONS, a_film
from tests.publishing.cards import LINK, PICTURE, SEEN
from tests.publishing.conftest import ANSWERS, account_on, approve_for, draft_of, led
from tests.publishing.five_policies import CAREFUL
from tests.stories import rolled_back
from tests.web.posts_cast import jpeg
from tests.worlds import world

WRITTEN_AFTERWARDS = {"publishing.Delivery", "publishing.ReadyVersion"}
"""A delivery is frozen when the sending begins; an emergency text is approved by itself, beforehand."""
CLAIMED = {
    "publishing.PostPerson": {
        "pupil", "number", "relation", "shown", "heard", "named", "consent", "consent_written", "consent_by",
        "leadership_agrees", "opted_out", "do_not_publish", "at_school_activity",
    },
    "publishing.PostTarget": {"account", "text", "language"},
    "publishing.PostPicture": {"picture"},
    "publishing.Post": {"planned_at"},
    "publishing.LinkCard": {"shown"},
    "media.Picture": {"shows_people", "shows_pupils"},
    "media.Film": {"no_speech", "hears_pupils"},
}  # fmt: skip
"""What an approver is shown of a post beside the words and files that leave."""
APPROVES_NOTHING = {
    "publishing.PostPerson": {"place", "post", "id", "federation"},
    "publishing.PostTarget": {"post", "id", "federation", "as_thread"},  # its parts are: the text doesn't fit
    "publishing.PostPicture": {"post", "id", "federation", "place"},  # alone: with others the order counts
}


@world(led)
def consent_given(before, at):
    """Wildground, and Ava: everything of her may be shown."""
    found = before.cast
    with scope(found.federation.pk):
        found.ava = Pupil.objects.create(school=found.school, key="A", first_name="Ava", last_name="Thomas")
        for use in ("picture", "film", "voice"):
            Consent.objects.create(pupil=found.ava, use=use, answer="given", giver="parent", form="paper",
                                   by=found.sam, from_day=at.date(), at=at)  # fmt: skip
    return found


@world(consent_given)
def picture_approved(here, at):
    """A post with a picture of her is approved."""
    return approved(here, at, pictured)


@world(consent_given)
def film_approved(here, at):
    """A post with a film of her is approved."""
    return approved(here, at, filmed)


@world(consent_given)
def link_approved(here, at):
    """A post with a link is approved."""
    return approved(here, at, linked)


def approved(here, at, make):
    with scope(here.federation.pk):
        here.post = make(here, at).pk
    return here


OTHER_POSTS = {"publishing.LinkCard": link_approved, "media.Film": film_approved}


@pytest.fixture
def here(in_world, at, home, request):
    """Where a post is approved that has what the test is about."""
    about = request.node.callspec.params["table"] if hasattr(request.node, "callspec") else ""
    found = in_world(OTHER_POSTS.get(about, picture_approved), at)
    with scope(found.federation.pk):
        yield found


def pictured(here, at):
    proven = take_in(jpeg())
    picture = add_picture(
        by=here.amina, at=at, school=here.school, proven=proven, alt="Children on the field.",
        digest=store(proven, federation_id=here.federation.pk), shows_people=True, shows_pupils=True,
    )  # fmt: skip
    return with_ava(here, at, picture)


def filmed(here, at):
    content = a_film()
    proven = prove_film(BytesIO(content), size=len(content), captions=CAPTIONS)
    cover = add_film(by=here.amina, at=at, school=here.school,
                     film=store_film(proven, federation_id=here.federation.pk))  # fmt: skip
    cover = describe_picture(by=here.amina, at=at, picture=cover, alt="Runners.", shows_people=True,
                             shows_pupils=True, hears_pupils=True)  # fmt: skip
    return with_ava(here, at, cover)


def with_ava(here, at, picture):
    vouch(by=here.sam, at=at, picture=picture, channel="bluesky", list_dated=at.date(), everybody_may=True)
    ava = {"pupil": here.ava, "relation": "pupil", "shown": True, "heard": True, "named": "no"}
    return approve_for(here, at, draft_of(here, at, answers=CAREFUL, pictures=[picture], people=[ava]))


def linked(here, at):
    answers = {**ANSWERS, "links_own_business": False}
    post = draft_of(here, at, f"Science week: {LINK}.", answers=answers)
    (card,) = LinkCard.objects.filter(post=post)
    digest = files.keep(PICTURE.content, "image/jpeg", federation_id=here.federation.pk).digest
    note_card(at=at, pk=card.pk, seen=replace(SEEN, picture=PICTURE), digest=digest)
    return approve_for(here, at, queries.post(post.pk))


def leaving():
    """Return the fields that the data map says leave with a post, and those that are claimed of it."""
    found = {
        (each.table, each.name)
        for each in load().fields()
        if each.leaves == Door.POST
        and each.table not in WRITTEN_AFTERWARDS
        and not each.table.startswith("networks.")
    }
    return sorted(found | {(table, name) for table, names in CLAIMED.items() for name in names})


def another(here, field: models.Field, old):
    if isinstance(field, models.BooleanField):
        return not old
    if isinstance(field, models.DateTimeField):
        return here.later
    if field.name == "pupil":
        return Pupil.objects.create(school=here.school, key="B", first_name="Ben", last_name="Hill").pk
    if field.name == "account":
        return account_on("mastodon", here.school, here.later).pk
    if field.name == "picture":
        return Picture.objects.create(
            school=here.school, digest="e" * 64, media_type="image/jpeg", width=1, height=1, size=1,
            alt="Else.", shows_people=True, shows_pupils=True, added_by=here.amina, added_at=here.later,
        ).pk  # fmt: skip
    if isinstance(field, models.IntegerField):
        return old + 1
    known = {"digest": "f" * 64, "named": "first", "relation": "staff", "shown": "words", "language": "cy",
             "consent_by": "carer"}  # fmt: skip
    return known.get(field.name, f"{old} changed")


def rows_of(model, post):
    covers = [each.pk for each in post.pictures]
    of = {Post: {"pk": post.pk}, Picture: {"pk__in": covers}, Film: {"cover__in": covers}}
    return model.objects.filter(**of.get(model, {"post": post.pk}))


@pytest.mark.parametrize(("table", "name"), leaving())
def test_a_change_after_the_approval_asks_again(here, at, table, name):
    here.later = at + timedelta(minutes=5)
    model = apps.get_model(table)
    field = model._meta.get_field(name)
    post = queries.post(here.post)
    with rolled_back():
        assert begin_sending(at=at, post=post) != [], "unchanged it goes out"
    (row,) = rows_of(model, post)
    new = another(here, field, getattr(row, field.attname))
    beside = {"shows_pupils": False} if name == "shows_people" else {}
    rows_of(model, post).update(**{field.attname: new}, **beside)
    assert begin_sending(at=at, post=queries.post(post.pk)) == []
    assert queries.post(post.pk).state == "submitted"


@pytest.mark.parametrize("table", sorted(APPROVES_NOTHING))
def test_each_column_about_people_accounts_and_pictures_is_claimed_or_said_to_be_none(table):
    columns = {each.name for each in apps.get_model(table)._meta.concrete_fields}
    assert columns == CLAIMED[table] | APPROVES_NOTHING[table]


def test_who_was_left_out_since_is_shown_before_another_approval(here, at):
    post = queries.post(here.post)
    ben = Pupil.objects.create(school=here.school, key="B", first_name="Ben", last_name="Hill")
    LeftOut.objects.create(post=post, pupil=ben, by=here.amina, at=at)
    assert begin_sending(at=at, post=queries.post(post.pk)) == []
