"""What was claimed of a post stands between its content and the button that approves it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture
from schoolgate.publishing import queries
from schoolgate.publishing.drafting import TargetText, edit_post
from schoolgate.publishing.models import LeftOut, Post, PostTarget, WithheldPicture
from schoolgate.publishing.rules import PEOPLE, problems_of
from schoolgate.pupils.models import Consent, Pupil
from tests.publishing.conftest import ANSWERS
from tests.web.plain import check_page
from tests.web.posts_cast import NOW, TEXT
from tests.web.writing_cast import new, typed

__all__ = ["new", "typed"]


@pytest.fixture
def claimed(stage):
    """A post that waits for Ben: Ava is chosen and may be shown, and Osian was taken out after a no."""
    picture = stage.picture(shows_people=True, shows_pupils=True)
    with scope(stage.federation.pk):
        ava, osian = (
            Pupil.objects.create(school=stage.school, key=first, first_name=first, last_name="Thomas")
            for first in ("Ava", "Osian")
        )
        Consent.objects.create(pupil=ava, use="picture", answer="given", giver="parent", form="paper",
                               from_day=NOW.date(), by=stage.people["sam"], at=NOW)  # fmt: skip
    both = [{"pupil": each, "relation": "pupil", "shown": True, "named": "no"} for each in (ava, osian)]
    draft = stage.draft(pictures=[picture], people=both)
    with scope(stage.federation.pk):
        post = queries.post(draft.pk)
        edit_post(
            by=stage.people["amina"], at=NOW, post=post, version=post.version, pictures=[picture],
            planned_at=None, answers={**ANSWERS, "fit": True}, people=both[:1],
            targets=[TargetText(stage.accounts["bluesky"], TEXT)],
        )  # fmt: skip
        Post.objects.filter(pk=draft.pk).update(state="submitted")
    return draft


def shown(stage, post, language="en", who="ben"):
    browser = stage.browser(who)
    browser.cookies["django_language"] = language
    return browser.get(reverse("post", args=[post.pk])).content.decode()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_approver_sees_who_is_in_it_with_consent_and_who_was_taken_out(stage, claimed, language):
    html = shown(stage, claimed, language)
    check_page(html, language)
    claims = html[html.index('id="claims"') :]
    assert html.index('id="networks"') < html.index('id="claims"')
    assert claims.index("Ava Thomas") < claims.index("Osian Thomas")
    if language == "en":
        assert "consent for Bluesky" in claims
        assert "Are they in the picture all the same?" in claims
        assert "Amina" in claims


def test_a_name_without_consent_and_a_picture_like_a_withheld_one_are_marked(stage, claimed):
    with scope(stage.federation.pk):
        ava = Pupil.objects.get(first_name="Ava")
        Consent.objects.create(pupil=ava, use="picture", answer="refused", giver="parent", form="paper",
                               from_day=NOW.date(), by=stage.people["sam"], at=NOW)  # fmt: skip
        (picture,) = queries.post(claimed.pk).pictures
        WithheldPicture.objects.create(post=claimed, digest=picture.digest, prints=[], at=NOW)
    html = shown(stage, claimed)
    claims = html[html.index('id="claims"') :]
    assert "no consent for Bluesky" in claims
    assert "may be one that must not be shown" in claims
    assert reverse("post-approve", args=[claimed.pk]) not in html


def test_who_was_left_out_is_no_longer_once_they_are_chosen_again(stage, claimed):
    with scope(stage.federation.pk):
        (row,) = LeftOut.objects.all()
        post = queries.post(claimed.pk)
        edit_post(
            by=stage.people["amina"], at=NOW, post=post, version=post.version, pictures=post.pictures,
            planned_at=None, answers={}, targets=[TargetText(stage.accounts["bluesky"], TEXT)],
            people=[{"pupil": row.pupil, "relation": "pupil", "shown": True, "named": "no"}],
        )  # fmt: skip
        assert [each.pupil.first_name for each in LeftOut.objects.all()] == []


def test_one_taken_out_while_the_post_is_written_is_noted_too(stage, new, typed):
    with scope(stage.federation.pk):
        osian = Pupil.objects.create(school=stage.school, key="O", first_name="Osian", last_name="Thomas")
    picture = stage.picture(shows_people=True, shows_pupils=True)
    about = {"kept_picture": [picture.pk], f"alt-{picture.pk}": "A.", f"who-{picture.pk}": "pupils"}
    amina = stage.browser("amina")
    html = amina.post(new, typed(**about, pupil=[osian.pk], **{"remove-pupil": osian.pk})).content.decode()
    assert f'name="left-out" value="{osian.pk}"' in html
    amina.post(new, typed(**about, **{"left-out": osian.pk}))
    with scope(stage.federation.pk):
        assert [each.pupil_id for each in LeftOut.objects.all()] == [osian.pk]


def test_a_name_that_the_text_gives_is_never_shown_as_not_given(stage, claimed):
    assert "Does the post name them? Not named" in shown(stage, claimed)
    target = PostTarget.objects.filter(post=claimed)
    with scope(stage.federation.pk):
        target.update(text="Ava read her harvest poem to the whole school.")
    html = shown(stage, claimed)
    assert "Does the post name them? By first name: the name is in the text" in html
    assert "Not named" not in html
    with scope(stage.federation.pk):
        target.update(text=TEXT)
        Picture.objects.update(alt="Ava Thomas with her poem.")
    assert "By full name: the name is in the text" in shown(stage, claimed)


@pytest.mark.parametrize(
    ("entry", "picture", "contradicts"),
    [
        ({"relation": "pupil"}, {"shows_people": False, "shows_pupils": False}, True),
        ({"relation": "pupil"}, {"shows_people": True, "shows_pupils": False}, True),
        ({"relation": "staff"}, {"shows_people": False, "shows_pupils": False}, True),
        ({"relation": "staff"}, {"shows_people": True, "shows_pupils": False}, False),
        ({"relation": "pupil"}, {"shows_people": True, "shows_pupils": True}, False),
        ({"relation": "pupil"}, {"shows_people": None, "shows_pupils": None}, False),
        ({"relation": "pupil"}, None, False),
        ({"relation": "pupil", "shown": False}, {"shows_people": False, "shows_pupils": False}, False),
    ],
)
def test_an_entry_that_every_picture_contradicts_stops_the_post_with_a_question(
    stage, entry, picture, contradicts
):
    pictures = [stage.picture(**picture)] if picture is not None else []
    draft = stage.draft(pictures=pictures, people=[{"shown": True, "named": "no", **entry}])
    with scope(stage.federation.pk):
        found = problems_of(queries.post(draft.pk), on=NOW.date())
    assert ("Who can be seen? Change" in str(found.get(PEOPLE))) is contradicts
