"""A picture that must not be shown: who writes the post is told whom to ask, and others say why it may go."""

from __future__ import annotations

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import HitAnswer, WithheldPicture
from schoolgate.pupils.models import Consent, Pupil
from tests.cast import someone
from tests.web.plain import check_page
from tests.web.posts_cast import NOW
from tests.web.writing_cast import new, typed

__all__ = ["new", "typed"]


@pytest.fixture
def post(stage):
    """A post with a picture that shows Gwen, whose parents said no."""
    draft = stage.draft(pictures=[stage.picture()])
    with scope(stage.federation.pk):
        gwen = Pupil.objects.create(school=stage.school, key="G", first_name="Gwen", last_name="Parry")
        Consent.objects.create(pupil=gwen, use="picture", answer="refused", giver="parent", form="paper",
                               from_day=NOW.date(), by=stage.people["sam"], at=NOW)  # fmt: skip
        (picture,) = draft.pictures
        WithheldPicture.objects.create(post=draft, pupil=gwen, digest=picture.digest, prints=[], at=NOW)
        stage.people["olwen"] = someone("Olwen Office", "administrator-moderator")
    return draft


def key_of(stage, post):
    with scope(stage.federation.pk):
        (found,) = [one for one in hits_of(queries.post(post.pk), on=NOW.date()).hits if one.is_picture]
        return f"hit-{found.hit.key}"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_who_writes_it_is_told_whom_to_ask_and_learns_no_name(stage, post, language):
    browser = stage.browser("amina")
    browser.cookies["django_language"] = language
    for address in (reverse("post", args=[post.pk]), reverse("post-edit", args=[post.pk])):
        html = browser.get(address).content.decode()
        check_page(html, language)
        assert key_of(stage, post) + "-words" not in html
        assert "Gwen" not in html
        if language == "en":
            assert "who didn’t write the post, says here why it may be shown" in " ".join(html.split()) or (
                "and didn’t write the post, says here why it may be shown" in " ".join(html.split())
            )


def test_who_keeps_consents_is_shown_whom_it_may_show_and_says_why_it_may_go(stage, post):
    address, page = reverse("post-words", args=[post.pk]), reverse("post", args=[post.pk])
    key = key_of(stage, post)
    said = {key: "not_it", f"{key}-words": "It’s the empty field."}
    assert stage.browser("amina").post(address, said).status_code == 422
    olwen = stage.browser("olwen")
    html = olwen.get(page).content.decode()
    assert "Gwen Parry" in html
    assert olwen.post(address, {key: "right"}).status_code == 422
    assert olwen.post(address, said).status_code == 302
    with scope(stage.federation.pk):
        assert [each.words for each in HitAnswer.objects.filter(post=post.pk)] == ["It’s the empty field."]
    shown = stage.browser("ben").get(page).content.decode()
    assert "It’s the empty field." in shown
    assert "Olwen Office" in shown
