"""The first account and the first post: the next step, by whom, and who is told where no task tells it."""

from datetime import UTC, datetime

import pytest

from schoolgate.accounts.models import Account
from schoolgate.accounts.proposing import submit_proposal
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Post, PostState
from schoolgate.reports.ready import first_post_is_out, next_steps, points
from tests.accounts.conftest import case, drafted
from tests.cast import someone
from tests.publishing.conftest import account_on

AT = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)
BOTH = {"propose_account", "write_post"}


@pytest.fixture
def sam(school):
    """Of the SLT, with the policy in force."""
    sam = someone("Sam Slater", "slt")
    adopt(by=sam, at=AT)
    return sam


def point(key: str):
    return next(each for each in points(at=AT) if each.key == key)


def told(*capacities: str) -> list[str]:
    return [each.key for each in next_steps(at=AT, capacities=capacities)]


def a_draft(school) -> Post:
    """Amina's post on an open account."""
    amina = someone("Amina Khan", "staff")
    account = account_on("noticeboard", school, AT)
    return draft_post(by=amina, at=AT, school=school, targets=[TargetText(account, "The pond is clean.")])


def test_somebody_proposes_and_somebody_opens_or_the_roles_that_may_are_named(sam):
    says = str(point("running").says)
    assert not point("running").done
    assert "Staff, Lead staff member" in says
    assert "Administrator / Moderator" in says
    someone("Tom Ellery", "lead-staff-member")
    assert str(point("running").says) == (
        "No one opens accounts yet. These policy roles may: Administrator / Moderator."
    )
    someone("Joe Lister", "administrator-moderator")
    assert point("running").done


def test_each_policy_names_its_own_roles_for_it(make_federation):
    with scope(make_federation("llanidloes", "llanidloes").pk):
        says = str(point("running").says)
    assert says.endswith("These policy roles may: staff.")
    assert "Lead" not in says


def test_the_first_account_is_proposed_decided_and_opened_by_those_whose_step_it_is(sam, school):
    tom = someone("Tom Ellery", "lead-staff-member")
    joe = someone("Joe Lister", "administrator-moderator")
    assert (point("account").who, point("account").to) == (("Tom Ellery",), "accounts")
    proposal = drafted(tom, AT, school=school, answers=case(tom, joe))
    assert (point("account").who, point("account").to) == (("Tom Ellery",), "proposals")
    submit_proposal(by=tom, at=AT, proposal=proposal)
    assert (point("account").who, point("account").to) == (("Sam Slater",), "proposals")
    account_on("noticeboard", school, AT)
    Account.objects.update(state="waiting", opened_at=None, opened_by=None)
    assert point("account").who == ("Joe Lister", "Opener of noticeboard")
    assert (told("open_account"), told("propose_account")) == (["account"], [])
    Account.objects.update(state="open", opened_at=AT, opened_by=joe)
    assert point("account").done
    assert told("open_account") == []


def test_the_first_post_comes_once_an_account_is_open_and_is_the_last_point(sam, school):
    assert "once an account is open" in str(point("post").says)
    account_on("noticeboard", school, AT)
    assert str(point("post").says) == "No posts yet. Write one, and someone else will approve it."
    assert points(at=AT)[-1].key == "post"


@pytest.mark.parametrize(
    ("state", "who", "says"),
    [
        (PostState.DRAFT, ("Amina Khan", "Opener of noticeboard"), "not sent for approval yet"),
        (PostState.SUBMITTED, ("Opener of noticeboard", "Sam Slater"), "other than the author"),
        (PostState.APPROVED, (), "at its time"),
        (PostState.SENDING, (), "at its time"),
        (PostState.NOT_SENT, ("Amina Khan", "Opener of noticeboard"), "needs to set a new time"),
        (PostState.EXPIRED, ("Amina Khan", "Opener of noticeboard"), "needs to set a new time"),
        (
            PostState.WITHDRAWN,
            ("Amina Khan", "Opener of noticeboard"),
            "No posts yet. Write one, and someone else will approve it.",
        ),
    ],
)
def test_what_is_next_with_the_first_post(sam, school, state, who, says):
    a_draft(school)
    Post.objects.update(state=state)
    found = point("post")
    assert (found.done, found.who, says in str(found.says)) == (False, who, True)


@pytest.mark.parametrize("state", [PostState.PUBLISHED, PostState.TAKING_DOWN, PostState.TAKEN_DOWN])
def test_it_is_out_whatever_became_of_it_since(sam, school, state):
    a_draft(school)
    assert not first_post_is_out()
    Post.objects.update(state=state)
    assert point("post").done
    assert told(*BOTH) == []


def test_a_turn_is_told_to_whom_no_task_tells_it_and_to_nobody_else(sam, school):
    assert told(*BOTH) == ["account"]
    assert told("write_post") == []
    assert told("approve_post") == []
    drafted(someone("Tom Ellery", "lead-staff-member"), AT, school=school)
    assert told(*BOTH) == ["account"]
    a_draft(school)
    assert told(*BOTH) == ["post"]
    assert told("propose_account") == []
    Post.objects.update(state=PostState.SUBMITTED)
    assert told(*BOTH) == []


def test_nobody_is_told_before_a_policy_is_in_force(school):
    someone("Tom Ellery", "lead-staff-member")
    assert told(*BOTH) == []
