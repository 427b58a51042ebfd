"""Changing a post on its page: what is asked again, what stays, what is never overwritten."""

import re
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.publishing.models import PostState
from schoolgate.screening import Kind
from schoolgate.web.posts.written import _is_open
from tests.stories import rolled_back
from tests.web.posts_cast import ANSWERED
from tests.web.writing_cast import edit, new, typed

__all__ = ["new", "typed"]


def test_an_answer_about_other_words_is_asked_again(stage, typed):
    """Unless it was given again, or says that a statement is not so; the same words keep theirs."""
    post, amina = stage.draft(), stage.browser("amina")
    amina.post(edit(post), typed(version="1", **ANSWERED))
    assert stage.read(post).answers["suitable_for_children"]["answer"] is True, "the same words"
    other = "Something else entirely."
    with rolled_back():
        answer = amina.post(edit(post), typed(other, version="2", **ANSWERED))
        assert answer["Location"] == edit(post)
        assert stage.read(post).answers == {}
    with rolled_back():
        again = {"asked_again": "suitable_for_children"}
        amina.post(edit(post), typed(other, version="2", **again, **ANSWERED))
        assert stage.read(post).answers["suitable_for_children"]["answer"] is True
    answered = {**ANSWERED, "answer-names_somebody": "yes"}
    amina.post(edit(post), typed(version="2", **answered))
    amina.post(edit(post), typed(other, version="3", **answered))
    assert stage.read(post).answers["names_somebody"]["answer"] is True


def test_what_lapses_while_writing_is_asked_on_the_page(stage, typed):
    post = stage.draft()
    address = reverse("post-edit-preview", args=[post.pk])
    page = stage.browser("amina").post(address, typed("Something else entirely.", version="1", **ANSWERED))
    assert {"suitable_for_children", "names_somebody", "labelled", "signed"} <= set(page.context["lapsed"])
    html = page.content.decode()
    for name in ("names_somebody", "signed"):
        assert f'name="asked_again" value="{name}"' in html
        assert not re.search(f'name="answer-{name}" value="yes" checked', html)


def test_two_windows_do_not_overwrite_each_other_unasked(stage, typed):
    post = stage.draft()
    amina = stage.browser("amina")
    amina.post(edit(post), typed("From the first window.", version="1"))
    answer = amina.post(edit(post), typed("From the second window.", version="1"))
    assert answer.status_code == 409
    assert "From the second window." in answer.content.decode()
    assert [t.text for t in stage.read(post).targets.all()] == ["From the first window."]

    amina.post(edit(post), typed("From the second window.", version="2"))

    assert [t.text for t in stage.read(post).targets.all()] == ["From the second window."]


def test_changing_an_approved_post_makes_it_a_draft_again_and_says_so_first(stage, typed):
    """Only the author changes it, and not on its way."""
    post = stage.approved()
    amina = stage.browser("amina")
    assert stage.browser("ben").get(edit(post)).status_code == 403
    assert "Saving a change turns it back into a draft" in amina.get(edit(post)).content.decode()
    amina.post(edit(post), typed("Another day.", version="1", **ANSWERED))
    assert stage.read(post).state == PostState.DRAFT

    answer = amina.get(reverse("post-edit", args=[stage.started()[0].post_id]))
    assert answer.status_code == 409
    assert "Take it down instead." in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "known", "found", "asked"),
    [
        ("Well done to all who sang!", 0, [], set()),
        ("Well done to Nerys Vaughan, who sang!", 0, [], {"names_somebody"}),
        ("Well done to Nerys Vaughan, who sang!", 30, [], set()),
        ("Well done to Nerys Vaughan in Year 5!", 30, [Kind.CLUE], {"names_somebody", "tells_details"}),
        ("Well done to Osian!", 30, [Kind.PUPIL], {"names_somebody"}),
    ],
)
def test_no_author_is_asked_to_confirm_what_words_of_the_post_speak_against(text, known, found, asked):
    """Without a list of pupils no one has looked for names, so what only looks like one counts."""
    hits = [SimpleNamespace(hit=SimpleNamespace(kind=kind)) for kind in found]
    written = SimpleNamespace(
        hits=SimpleNamespace(hits=hits, number=known),
        form=SimpleNamespace(sent_on=lambda account: (text, account)),
        desk=SimpleNamespace(accounts=["noticeboard"]),
    )
    assert {name for name in ("names_somebody", "tells_details", "live") if _is_open(name, written)} == asked
