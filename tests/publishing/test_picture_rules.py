"""What Wildground says about the pictures of a post as a whole, asked when it is sent for approval."""

import pytest

from schoolgate.core.errors import Refused
from schoolgate.publishing import facts
from schoolgate.publishing.approving import keep_pictures, picture_facts, submit_post
from schoolgate.publishing.facts import facts_of
from schoolgate.publishing.starting import begin_sending
from schoolgate.rulebook.situations.posts import PostPublish
from tests.publishing.conftest import ANSWERS
from tests.publishing.test_pictures import picture, pictured  # noqa: F401

NAMES_UNANSWERED = {name: given for name, given in ANSWERS.items() if name != "names_somebody"}


def test_a_picture_of_no_one_needs_no_answer_about_names(cast, at, draft, picture):  # noqa: F811
    post = draft(pictures=[picture(0)], answers={**NAMES_UNANSWERED, "fit": True})

    assert [each.outcome for each in keep_pictures(post, at=at, facts=facts_of(post, at=at))] == ["permitted"]
    assert submit_post(by=cast.amina, at=at, post=post).state == "submitted"


def test_a_picture_that_is_not_fit_is_refused(cast, at, draft, picture):  # noqa: F811
    post = draft(pictures=[picture(0)], answers={**ANSWERS, "fit": False})

    with pytest.raises(Refused):
        submit_post(by=cast.amina, at=at, post=post)


@pytest.fixture
def built(monkeypatch):
    """How often the facts of a post are read from its rows."""
    calls, read = [], facts.on_record
    monkeypatch.setattr(facts, "on_record", lambda *args, **more: calls.append(args) or read(*args, **more))
    return calls


def test_its_facts_are_read_once_for_both_questions_when_it_is_sent_for_approval(
    cast, at, draft, picture, built  # noqa: F811
):  # fmt: skip
    post = draft(pictures=[picture(0)], answers={**ANSWERS, "fit": True})
    built.clear()

    submit_post(by=cast.amina, at=at, post=post)

    assert len(built) == 1


def test_its_facts_are_read_once_for_both_questions_when_it_goes_out(
    cast, at, approved, picture, built  # noqa: F811
):  # fmt: skip
    post = approved(pictures=[picture(0)], answers={**ANSWERS, "fit": True})
    built.clear()

    assert len(begin_sending(at=at, post=post)) == 1

    assert len(built) == 1


@pytest.mark.parametrize(
    ("text", "tagging"),
    [
        ("Thank you, @hedges.example.", "on"),
        ("With @mrs_oak at the front", "on"),
        ("(@hedges)", "on"),
        ("Write to office@hedges.example.", "off"),
        ("See https://video.example/@hedges/live.", "off"),
        ("Doors open @ four.", "off"),
        ("", "off"),
    ],
)
def test_an_account_mentioned_beside_a_picture_is_as_good_as_tagged(cast, draft, picture, text, tagging):  # noqa: F811
    post = draft(pictures=[picture(0)])
    assert picture_facts(PostPublish(), post, text=text).tagging == tagging
