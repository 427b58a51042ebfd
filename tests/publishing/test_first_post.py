"""A federation's first post waits until someone leads on safeguarding, by whichever door it would go out."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import pytest

import schoolgate
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.networks.handshake import Intent
from schoolgate.people.models import Person
from schoolgate.publishing import queries as of_posts
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.models import Delivery, Post
from schoolgate.publishing.rules import LEAD, waits_for_lead
from schoolgate.publishing.starting import begin_sending, send_again
from tests.cast import give, someone
from tests.publishing.conftest import approve_for

MINUTE = timedelta(minutes=1)


@pytest.fixture
def no_lead(cast, at):
    """The lead's entry has ended."""
    Safeguarder.objects.update(ended_at=at)
    assert waits_for_lead(on=local_day(at))


def test_its_author_is_told_before_sending_it_for_approval_and_what_to_do(no_lead, cast, draft, at):
    post = draft()
    with pytest.raises(BadInput) as refused:
        submit_post(by=cast.amina, at=at, post=post)
    assert list(refused.value.fields) == [LEAD]
    assert "names a safeguarding lead under Set up" in str(refused.value.fields[LEAD])
    assert not of_posts.is_ready(of_posts.post(post.pk), at=at)
    Safeguarder.objects.update(ended_at=None)
    assert approve_for(cast, at, of_posts.post(post.pk)).state == "approved"


def test_no_one_approves_it_once_the_lead_has_gone(cast, draft, at):
    post = submit_post(by=cast.amina, at=at, post=draft())
    Person.objects.filter(pk=Safeguarder.objects.get().person_id).update(left_on=at.date())
    with pytest.raises(BadInput) as refused:
        approve_for(cast, at, post)
    assert list(refused.value.fields) == [LEAD]


def test_an_approved_one_goes_back_to_its_approvers_and_nothing_is_sent(cast, approved, at):
    post = approved()
    Safeguarder.objects.update(ended_at=at)
    assert begin_sending(at=at, post=post) == []
    assert not Delivery.objects.exists()
    assert Post.objects.get(pk=post.pk).state == "submitted"


@pytest.mark.parametrize("network", ["bluesky", "facebook"])
def test_what_failed_or_waits_for_a_hand_isnt_sent_again(network, cast, started, advance, at):
    delivery = started(accounts=[getattr(cast, network)])
    Delivery.objects.filter(pk=delivery.pk).update(state=Intent.FAILED, because="refused")
    Post.objects.filter(pk=delivery.post_id).update(state="not_sent")
    Safeguarder.objects.update(ended_at=at)
    with pytest.raises(NotNow, match="No one leads on safeguarding"):
        send_again(by=cast.amina, at=at + MINUTE, delivery=of_posts.delivery(delivery.pk))


def test_once_one_is_out_the_next_ones_go_on(cast, approved, started, advance, at):
    advance(started())
    Safeguarder.objects.update(ended_at=at)
    assert not waits_for_lead(on=local_day(at))
    assert begin_sending(at=at, post=approved("The hall is closed.")) != []


def test_a_role_that_the_policy_makes_lead_counts_once_two_people_agreed(make_federation, at):
    with scope(make_federation("learn-to-live", "learn-to-live").pk):
        held = give(someone("Ola Officer"), "designated-safeguarding-officer")
        assert not waits_for_lead(on=local_day(at))
        type(held).objects.filter(pk=held.pk).update(leads_since=None)
        assert waits_for_lead(on=local_day(at))


def test_the_question_is_one_query(cast, at, queries):
    waits_for_lead(on=local_day(at))
    with queries() as seen:
        waits_for_lead(on=local_day(at))
    assert len(seen) == 1


# --- The doors are a closed list

WRITES = {
    "publishing/starting.py: begin_sending": "waits_for_lead",
    "publishing/starting.py: send_again": "judge_again",
    "publishing/sending.py: _write_doubted": "sent before the restore: looked up, not sent",
}
"""Who writes the intent to publish a post, and where each asks about the lead."""


def test_whatever_writes_the_intent_to_publish_asks_for_a_lead():
    root = Path(schoolgate.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        text = path.read_text()
        if "write_intent" not in text:
            continue
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and {"write_intent", "_write"} & _called(node):
                found.add(f"{path.relative_to(root)}: {node.name}")
    assert found - {"publishing/starting.py: _write"} == set(WRITES)


def _called(node: ast.AST) -> set[str]:
    calls = [each.func for each in ast.walk(node) if isinstance(each, ast.Call)]
    return {each.id for each in calls if isinstance(each, ast.Name)}
