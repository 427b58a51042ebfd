"""Saving a post: what only looks changes nothing, and one save is one transaction."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture
from tests.stories import rolled_back
from tests.web.posts_cast import ANSWERED, NOW, TEXT


@pytest.fixture
def typed(stage):
    """`typed(post, **more)`: the form as it is on the page of that post, for Bluesky."""

    def fill(text: str = TEXT, **more):
        accounts = [stage.accounts["bluesky"].pk]
        return {"text": text, "accounts": accounts, "when": "soon", "people": "0", **ANSWERED, **more}

    return fill


def edit(post) -> str:
    return reverse("post-edit", args=[post.pk])


def version_on(page) -> str:
    return re.search(r'name="version" value="(\d+)"', page.content.decode())[1]


def yesterday() -> dict[str, object]:
    day = (NOW - timedelta(days=1)).date()
    return {"when": "at", "day": f"{day:%Y-%m-%d}", "time": "10:00"}


def texts(stage, post) -> list[str]:
    return [target.text for target in stage.read(post).targets.all()]


def test_a_kept_draft_is_saved_after_a_page_that_kept_nothing(stage, typed):
    """But not over a save in another window since."""
    post, amina = stage.draft(), stage.browser("amina")
    for more in ({"do": "add-pictures"}, yesterday(), {"do": "add-person"}):
        page = amina.post(edit(post), typed(version="1", **more))
        with rolled_back():
            answer = amina.post(edit(post), typed("Another text.", version=version_on(page)))
            assert answer.status_code == 302, more
            assert texts(stage, post) == ["Another text."]

    amina.post(edit(post), typed("From the other window.", version="1"))
    answer = amina.post(edit(post), typed("From this one.", version=version_on(page)))
    assert answer.status_code == 409
    assert texts(stage, post) == ["From the other window."]


def test_a_second_press_does_not_write_over_the_other_window_without_a_choice(stage, typed):
    post, amina = stage.draft(), stage.browser("amina")
    amina.post(edit(post), typed("From the other window.", version="1"))
    page = amina.post(edit(post), typed("From this one.", version="1"))

    answer = amina.post(edit(post), typed("From this one.", version=version_on(page)))

    assert (page.status_code, answer.status_code) == (409, 409)
    assert texts(stage, post) == ["From the other window."]


def test_an_approved_post_is_shown_as_approved_while_a_person_is_added(stage, typed):
    page = stage.browser("amina").post(edit(stage.approved()), typed(version="1", do="add-person"))
    assert "Saving a change turns it back into a draft" in page.content.decode()


@pytest.fixture
def pictured(stage):
    """A draft with a picture of a gate in which nobody can be seen."""
    post = stage.draft(pictures=[stage.picture(alt="A gate.", shows_people=False, shows_pupils=False)])
    return stage.read(post)


def of_the_picture(post, **more) -> dict[str, object]:
    pk = post.pictures[0].pk
    said = {f"alt-{pk}": "A child at a gate.", f"who-{pk}": "pupils"}
    return {"kept_picture": pk, "version": "1", "answer-fit": "yes", **said, **more}


def described(stage, post) -> tuple[str, bool, bool]:
    with scope(stage.federation.pk):
        row = Picture.objects.get(pk=post.pictures[0].pk)
        return row.alt, row.shows_people, row.shows_pupils


def test_a_save_changes_the_picture_together_with_the_post_or_leaves_both(stage, typed, pictured):
    amina = stage.browser("amina")
    answer = amina.post(edit(pictured), typed(**of_the_picture(pictured, **yesterday())))
    assert answer.status_code == 422
    assert described(stage, pictured) == ("A gate.", False, False)
    assert "A child at a gate." in answer.content.decode(), "what was typed is still on the page"

    answer = amina.post(edit(pictured), typed(**of_the_picture(pictured)))
    assert answer.status_code == 302
    assert described(stage, pictured) == ("A child at a gate.", True, True)
