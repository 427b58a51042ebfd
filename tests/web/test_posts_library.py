"""The library of pictures: where each was used, whether it may be used again, and a new draft with it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.publishing.models import Post
from schoolgate.pupils.models import Pupil
from tests.cast import someone
from tests.web.plain import check_page
from tests.web.posts_cast import NOW

POSTS = "posts"


def html(answer) -> str:
    return answer.content.decode()


def library(browser, **asked):
    return browser.get(reverse(POSTS), {"as": "pictures", **asked})


@pytest.fixture
def ava(stage):
    with scope(stage.federation.pk):
        return Pupil.objects.create(
            school=stage.school,
            key="A1",
            first_name="Ava",
            last_name="Thomas",
            born_on=NOW.date() - timedelta(2500),
        )


@pytest.fixture
def used(stage, ava):
    """A picture with Ava in it, in a post of Amina's for Bluesky."""
    picture = stage.picture(shows_people=True, shows_pupils=True)
    post = stage.draft(
        "Sports day.", pictures=[picture],
        people=[{"pupil": ava, "relation": "pupil", "shown": True, "named": "no"}],
    )  # fmt: skip
    return picture, post


def test_a_picture_is_shown_with_where_it_was_used(stage, used):
    """Without a parent's answer it may not be used again; who doesn't write posts starts none with it."""
    picture, post = used
    ben = stage.browser("ben")
    page, one = library(ben), library(ben, picture=picture.pk)
    assert f"picture={picture.pk}" in html(page)
    assert reverse("post", args=[post.pk]) in html(one)
    assert "May not be used again" in html(one)
    check_page(html(page))
    check_page(html(one))
    again = ben.post(reverse("post-picture-again", args=[picture.pk]))
    assert again.status_code in (302, 403)


def test_a_new_draft_has_the_picture_and_its_people_but_no_word_on_consent(stage, used, ava):
    picture, post = used
    with scope(stage.federation.pk):
        post.people.update(consent=True, consent_written=True)
    stage.browser("amina").post(reverse("post-picture-again", args=[picture.pk]))

    with scope(stage.federation.pk):
        made = Post.objects.order_by("-id")[0]
        (person,) = made.people.all()
        assert (made.pk != post.pk, made.state, made.pictures) == (True, "draft", [picture])
        assert (person.pupil, person.shown, person.named, person.consent) == (ava, True, "", None)


def test_a_picture_of_no_post_is_not_in_the_library(stage):
    loose = stage.picture()

    assert library(stage.browser("amina"), picture=loose.pk).status_code == 404
    assert stage.browser("amina").post(reverse("post-picture-again", args=[loose.pk])).status_code == 404


def test_it_is_filtered_by_account_month_and_pupil(stage, used, ava):
    ben, picture = stage.browser("ben"), used[0]
    facebook, bluesky = stage.accounts["facebook"].pk, stage.accounts["bluesky"].pk

    assert [each for each, _n in library(ben, account=bluesky).context["pictures"]] == [picture]
    assert library(ben, account=facebook).context["pictures"] == []
    assert len(library(ben, month=NOW.strftime("%Y-%m")).context["pictures"]) == 1
    assert library(ben, month="2001-02").context["pictures"] == []
    assert library(ben, month="nonsense").status_code == 404
    amina, address = stage.browser("amina"), f"{reverse(POSTS)}?as=pictures"
    assert len(amina.post(address, {"pupil": "thomas"}).context["pictures"]) == 1
    assert amina.post(address, {"pupil": "Nobody Else"}).context["pictures"] == []


def test_those_who_may_not_see_pupils_cannot_search_by_one(stage, used):
    with scope(stage.federation.pk):
        olga = someone("Olga Over", "governing-body")
    browser = stage.sign_in(olga)
    found = browser.post(f"{reverse(POSTS)}?as=pictures", {"pupil": "Nobody Else"})

    assert "Pupil’s name" not in html(found)


def test_the_library_costs_the_same_for_one_picture_and_for_many(stage, same_queries):
    browser = stage.browser("amina")
    stage.draft("One", pictures=[stage.picture()])
    library(browser)

    def grow():
        for number in range(3):
            stage.draft(f"Post {number}", pictures=[stage.picture()])

    same_queries(lambda: library(browser), grow)
