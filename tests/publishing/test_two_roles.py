"""Where a policy wants the word of two roles, each gives their own about the same version."""

# ruff: noqa: F811 - the fixture is that of test_permitting

import pytest

from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.policy.permitting import permit
from schoolgate.publishing import queries
from schoolgate.publishing.approving import submit_post
from tests.cast import someone
from tests.publishing.test_permitting import advised, again, ask, at_work, changed, only  # noqa: F401 - fixture


@only("wootton")
def test_the_line_manager_and_the_finance_director_add_up_in_either_order(at_work):
    director = someone("Fay Finance", "finance-director")
    for manager_first in (True, False):
        post = at_work.handed_in(answers={"rights_in_doubt": True})
        asked = advised(at_work, ask(at_work, post, "rights_doubt"), director)
        if manager_first:
            assert at_work.approve(again(post)).state == "submitted"
            permit(by=director, at=at_work.at, asked=asked)
        else:
            permit(by=director, at=at_work.at, asked=asked)
            assert again(post).state == "submitted"
            at_work.approve(again(post))
        assert again(post).state == "approved"
        assert at_work.send(again(post)).state == "confirmed"


@only("wootton")
def test_the_finance_director_settles_that_point_and_no_other(at_work):
    director = someone("Fay Finance", "finance-director")
    post = at_work.handed_in(answers={"rights_in_doubt": True})
    asked = advised(at_work, ask(at_work, post, "rights_doubt"), director)
    permit(by=director, at=at_work.at, asked=asked)
    assert again(post).state == "submitted"
    (judged,) = queries.judged(again(post), at=at_work.at)
    assert (judged.decision.points["rights_doubt"], judged.decision.points["approval"]) == (
        "permitted",
        "hold",
    )
    with pytest.raises(NotAllowed):
        at_work.approve(again(post), by=director)


@only("wootton")
def test_an_approval_of_another_version_adds_up_with_nothing(at_work):
    director = someone("Fay Finance", "finance-director")
    post = at_work.approve(at_work.handed_in(answers={"rights_in_doubt": True}))
    new = changed(at_work, post, "Sports day is off.", rights_in_doubt=True)
    submit_post(by=at_work.writer, at=at_work.at, post=new)
    asked = advised(at_work, ask(at_work, again(post), "rights_doubt"), director)
    permit(by=director, at=at_work.at, asked=asked)
    assert again(post).state == "submitted"


@only("wootton")
def test_nobody_approves_the_same_version_twice(at_work):
    post = at_work.approve(at_work.handed_in(answers={"rights_in_doubt": True}))
    with pytest.raises(NotNow):
        at_work.approve(again(post))
    assert again(post).approvals.count() == 1
