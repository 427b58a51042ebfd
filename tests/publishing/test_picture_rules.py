"""What Wildground says about the pictures of a post as a whole, asked when it is sent for approval."""

import pytest

from schoolgate.core.errors import Refused
from schoolgate.publishing.actions import submit_post
from schoolgate.publishing.picture_use import keep_pictures
from tests.publishing.conftest import ANSWERS
from tests.publishing.test_pictures import picture, pictured  # noqa: F401

NAMES_UNANSWERED = {name: given for name, given in ANSWERS.items() if name != "names_somebody"}


def test_a_picture_of_no_one_needs_no_answer_about_names(cast, at, draft, picture):  # noqa: F811
    post = draft(pictures=[picture(0)], answers={**NAMES_UNANSWERED, "fit": True})

    assert [each.outcome for each in keep_pictures(post, at=at)] == ["permitted"]
    assert submit_post(by=cast.amina, at=at, post=post).state == "submitted"


def test_a_picture_that_is_not_fit_is_refused(cast, at, draft, picture):  # noqa: F811
    post = draft(pictures=[picture(0)], answers={**ANSWERS, "fit": False})

    with pytest.raises(Refused):
        submit_post(by=cast.amina, at=at, post=post)
