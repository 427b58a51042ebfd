"""A face was counted and *No one recognisable* chosen: the page asks its author why, and its approver reads
it. Where no program has looked, the approver is told that."""

from __future__ import annotations

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture
from schoolgate.publishing import queries
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import HitAnswer, Post
from schoolgate.pupils.models import Pupil
from tests.web.plain import check_page
from tests.web.posts_cast import NOW
from tests.web.writing_cast import edit, new, only, typed

__all__ = ["new", "typed"]

REASON = "The faces are on a painted wall."


@pytest.fixture
def picture(stage):
    """A picture with two faces, about which nothing is said yet."""
    found = stage.picture(alt="", shows_people=None, shows_pupils=None)
    return counted(stage, found, 2)


def counted(stage, picture, faces):
    with scope(stage.federation.pk):
        Picture.objects.filter(pk=picture.pk).update(faces=faces)
    return picture


def about(picture, who="none"):
    return {"kept_picture": [picture.pk], f"alt-{picture.pk}": "A hall.", f"who-{picture.pk}": who}


def key_of(stage, post):
    with scope(stage.federation.pk):
        (found,) = [one for one in hits_of(queries.post(post.pk), on=NOW.date()).hits if one.is_face]
        return f"hit-{found.hit.key}"


def test_who_writes_it_is_asked_only_beside_no_one_recognisable(stage, new, typed, picture):
    preview, amina = reverse("post-preview", args=[stage.school.pk]), stage.browser("amina")
    for who, asks in (("none", True), ("adults", False), ("pupils", False), ("", False)):
        html = amina.post(preview, typed(**about(picture, who))).content.decode()
        assert ("a face was found, but “No one recognisable” is chosen" in html) is asks, who
    amina.post(new, typed(**about(picture)))
    post = only(stage)
    key = key_of(stage, post)
    html = amina.get(edit(post)).content.decode()
    assert f'name="{key}-words"' in html
    assert "Why can no one be recognised?" in html
    assert f'name="{key}"' not in html, "one answer is no choice"
    assert "Picture 1: say why no one can be recognised, or change who can be seen" in html


def test_a_reason_given_while_writing_is_saved_and_one_word_is_none(stage, new, typed, picture):
    amina = stage.browser("amina")
    amina.post(new, typed(**about(picture)))
    post = only(stage)
    key = key_of(stage, post)
    for words, saved in (("ok", []), (REASON, [REASON])):
        said = {
            **about(picture),
            f"{key}-alone": "right",
            f"{key}-words": words,
            "version": only(stage).version,
        }
        amina.post(edit(post), typed(**said))
        with scope(stage.federation.pk):
            assert [each.words for each in HitAnswer.objects.filter(post=post.pk)] == saved


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_approver_reads_the_reason_beside_the_picture(stage, language):
    post = stage.draft(pictures=[counted(stage, stage.picture(), 2)])
    key = key_of(stage, post)
    address = reverse("post-words", args=[post.pk])
    amina = stage.browser("amina")
    assert amina.post(address, {key: "right", f"{key}-words": "iawn"}).status_code == 422
    assert amina.post(address, {key: "right", f"{key}-words": REASON}).status_code == 302
    with scope(stage.federation.pk):
        submit_post(by=stage.people["amina"], at=NOW, post=queries.post(post.pk))
    ben = stage.browser("ben")
    ben.cookies["django_language"] = language
    html = ben.get(reverse("post", args=[post.pk])).content.decode()
    check_page(html, language)
    assert REASON in html
    agrees = f'id="{key}-agree" name="{key}" value="right"'
    assert agrees in html
    assert agrees not in amina.get(reverse("post", args=[post.pk])).content.decode()
    if language == "en":
        assert "No one can be recognised" in html
        assert "I’ve also looked: no one can be recognised" in html
    assert ben.post(address, {key: "right"}).status_code == 302
    with scope(stage.federation.pk):
        assert hits_of(queries.post(post.pk), on=NOW.date()).to_approve == []


@pytest.mark.parametrize("language", ["en", "cy"])
def test_part_of_a_picture_with_pupils_is_asked_about_by_their_names(stage, language):
    group, part = stage.picture(shows_people=True, shows_pupils=True), stage.picture(shows_people=False)
    with scope(stage.federation.pk):
        Picture.objects.filter(pk=part.pk).update(like=[group.pk])
        ava = Pupil.objects.create(school=stage.school, key="A", first_name="Ava", last_name="Thomas")
    stage.draft(pictures=[group], people=[{"pupil": ava, "relation": "pupil", "shown": True, "named": "no"}])
    post = stage.draft(pictures=[part])
    key = key_of(stage, post)

    def page_of(who):
        browser = stage.browser(who)
        browser.cookies["django_language"] = language
        html = browser.get(reverse("post", args=[post.pk])).content.decode()
        check_page(html, language)
        return html[html.index('id="screening"') :]

    html = page_of("amina")
    assert "Ava Thomas" in html
    assert f'name="{key}-words"' in html
    if language == "en":
        assert "may be part of a picture with people, but “No one recognisable” is chosen" in html
    stage.browser("amina").post(reverse("post-words", args=[post.pk]), {key: "right", f"{key}-words": REASON})
    with scope(stage.federation.pk):
        Post.objects.filter(pk=post.pk).update(state="submitted")
    html = page_of("ben")
    assert "Ava Thomas" in html
    if language == "en":
        assert "I’ve also looked: none of these pupils, and no one else, can be recognised" in html


@pytest.mark.parametrize(("faces", "told"), [(None, True), (0, False)])
def test_who_writes_it_is_told_where_nothing_looked_for_faces(stage, new, typed, faces, told):
    picture = counted(stage, stage.picture(), faces)
    stage.browser("amina").post(new, typed(**about(picture)))
    post = only(stage)
    html = stage.browser("amina").get(edit(post)).content.decode()
    assert ("No program has looked for faces in it. Look for people" in html) is told


@pytest.mark.parametrize(
    ("faces", "people", "told"), [(None, False, True), (None, True, False), (0, False, False)]
)
def test_where_nothing_looked_for_faces_the_approver_is_told(stage, faces, people, told):
    picture = counted(stage, stage.picture(shows_people=people), faces)
    post = stage.draft(pictures=[picture])
    with scope(stage.federation.pk):
        Post.objects.filter(pk=post.pk).update(state="submitted")
    html = stage.browser("ben").get(reverse("post", args=[post.pk])).content.decode()
    claims = html[html.index('id="claims"') :]
    assert ("No program has looked for faces in it" in claims) is told
