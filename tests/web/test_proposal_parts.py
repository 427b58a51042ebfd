"""The page of a proposal: people who aren't employed get permission for their part, or lose it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.accounts.proposing import submit_proposal
from schoolgate.core.tenancy import scope
from tests.accounts.conftest import drafted
from tests.cast import someone
from tests.web.proposals_cast import NOW, answers_of, handed_in, page, people_of_wootton, wootton_as
from tests.worlds import world

__all__ = ["wootton_as"]


@world(people_of_wootton)
def with_a_parent(cast, at):
    """Sent for approval with a parent among the moderators; `.pk`, `.parent`."""
    ann = cast.people.ann
    with scope(cast.federation.pk):
        cast.parent = someone("Ray Hill", relation="parent")
        answers = answers_of(cast, at) | {"moderators": [cast.people.di.pk, cast.parent.pk]}
        proposal = drafted(ann, at, school=cast.school, name="Upper School art", answers=answers)
        cast.pk = submit_proposal(proposal=proposal, by=ann, at=at).pk
    return cast


@pytest.fixture
def sent(wootton_as):
    return wootton_as(with_a_parent)


def allow(browser, cast, **posted):
    return browser.post(reverse("proposal-allow", args=[cast.pk]), {"person": cast.parent.pk, **posted})


def test_who_decides_gives_and_ends_permission_on_the_page(sent):
    before = page(sent.owner, "proposal", sent.pk)
    assert "Ray Hill" in before
    assert "No permission yet" in before
    assert "Give permission" in before

    last = (NOW + timedelta(days=90)).date()
    assert allow(sent.owner, sent, **{f"person-{sent.parent.pk}-to_day": last.isoformat()}).status_code == 302
    given = page(sent.owner, "proposal", sent.pk)
    assert "Permission given" in given
    assert "Last day:" in given
    assert "No permission yet" not in given

    assert allow(sent.owner, sent, end="yes").status_code == 302
    assert "No permission yet" in page(sent.owner, "proposal", sent.pk)


def test_others_see_who_still_needs_it_and_give_none(sent):
    shown = page(sent.ann, "proposal", sent.pk)
    assert "No permission yet" in shown
    assert "Give permission" not in shown
    assert allow(sent.ann, sent).status_code == 403
    assert allow(sent.lou, sent).status_code in (403, 404)


def test_a_day_in_the_past_is_said_beside_its_field_and_nobody_else_is_given_anything(sent):
    field = f"person-{sent.parent.pk}-to_day"
    response = allow(sent.owner, sent, **{field: (NOW - timedelta(days=2)).date().isoformat()})
    assert response.status_code == 422
    assert field in response.content.decode()
    for person in ("", "0", "x"):
        answer = sent.owner.post(reverse("proposal-allow", args=[sent.pk]), {"person": person})
        assert answer.status_code == 404, person


def test_employed_people_need_no_permission(wootton_as):
    sent = wootton_as(handed_in)
    assert "No permission yet" not in page(sent.owner, "proposal", sent.pk)
