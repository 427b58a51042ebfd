"""A page that says when a post goes out asks the stop: what is held says so, and who can lift it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

import schoolgate
from schoolgate.core import stops
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.calendar_feed import calendar_of
from schoolgate.publishing.going_out import UNDO_MINUTE, note_held, when_out
from schoolgate.publishing.rules import LATEST
from tests.web.plain import check_page
from tests.web.posts_cast import NOW

HELD = "Held: posting is stopped"
PROMISES = re.compile(r"posted within a minute|It will be posted at|posted at its scheduled time")
"""Sentences that promise a time."""
PROMISED_IN = {"web/posts/going_out_words.py"}
"""The only code that says them; it asks the stop."""


def at(name: str, pk: int) -> str:
    return reverse(name, args=[pk])


def html(answer) -> str:
    return answer.content.decode()


@pytest.fixture(params=["school", "federation", "installation"])
def stopped(stage, request):
    """Press the stop for a school, the federation or the whole installation, and give who can lift it."""
    if request.param == "installation":
        stops.stop_installation(reason="wrong_post", at=NOW - timedelta(minutes=1))
        return "Only the person who runs the server can lift the stop."
    with scope(stage.federation.pk):
        school = stage.school if request.param == "school" else None
        stops.stop(reason="wrong_post", by=stage.people["ben"], at=NOW - timedelta(minutes=1), school=school)
    return "Who can lift the stop: "


def test_who_approves_during_a_stop_is_told_that_it_is_held_and_who_can_lift_it(stage, stopped):
    post = stage.submitted()
    ben = stage.browser("ben")
    seen = re.search(r'name="seen" value="(\w+)"', html(ben.get(at("post", post.pk))))[1]

    page = html(ben.post(at("post-approve", post.pk), {"seen": seen}, follow=True))

    assert "Approved, but held: posting is stopped." in page
    assert stopped in page
    assert not PROMISES.search(page)
    check_page(page)


def test_without_a_stop_the_time_is_promised(stage):
    post = stage.submitted()
    ben = stage.browser("ben")
    seen = re.search(r'name="seen" value="(\w+)"', html(ben.get(at("post", post.pk))))[1]
    page = html(ben.post(at("post-approve", post.pk), {"seen": seen}, follow=True))
    assert "Approved. It will be posted within a minute or two." in page
    assert "It will be posted at: " in page
    assert HELD not in page


def test_every_list_says_of_what_is_held_that_it_is(stage, stopped):
    post = stage.approved("For today.", planned_at=NOW + timedelta(minutes=10))
    amina = stage.browser("amina")
    addresses = ("/posts", "/posts?show=going", f"/posts/{post.pk}", reverse("stop"), "/posts?as=month")
    for address in addresses:
        page = html(amina.get(address))
        assert (address, HELD in page, bool(PROMISES.search(page))) == (address, True, False)
    with scope(stage.federation.pk):
        assert HELD.encode() in calendar_of(stage.people["amina"], at=NOW, link=str)


def test_a_stop_of_another_school_holds_nothing_here(stage):
    post = stage.approved()
    with scope(stage.federation.pk):
        other = School.objects.create(name="Elsewhere", slug="elsewhere")
        stops.stop(reason="wrong_post", by=stage.people["ben"], at=NOW, school=other)
        assert when_out(queries.post(post.pk), at=NOW).held == ()


@pytest.mark.parametrize(
    ("ends", "held", "missed"),
    [
        (timedelta(minutes=4), False, False),
        (timedelta(minutes=5) + LATEST, True, False),
        (timedelta(minutes=5, microseconds=1) + LATEST, True, True),
        (None, True, False),
    ],
)
def test_what_becomes_of_a_planned_time_follows_the_end_of_the_stop(stage, ends, held, missed):
    post = stage.approved(planned_at=NOW + timedelta(minutes=5))
    with scope(stage.federation.pk):
        stops.stop(reason="event", by=stage.people["ben"], at=NOW, until=NOW + ends if ends else None)
        found = when_out(queries.post(post.pk), at=NOW)
    assert (bool(found.held), found.missed) == (held, missed)


def test_a_time_that_passed_while_it_was_held_needs_a_new_one(stage):
    post = stage.approved()
    late = NOW + UNDO_MINUTE + LATEST
    with scope(stage.federation.pk):
        stops.stop(reason="event", by=stage.people["ben"], at=NOW)
        found = queries.post(post.pk)
        assert not when_out(found, at=NOW + LATEST).missed
        assert when_out(found, at=late).missed
        note_held([found], at=late)
        assert found.get_state_display() == HELD
        assert local_day(late) == local_day(NOW)


def test_no_other_code_promises_a_time():
    """A sentence that says when a post goes out stands in one file, which asks the stop."""
    root = Path(schoolgate.__file__).parent
    files = [each for kind in ("*.py", "*.html") for each in root.rglob(kind)]
    said = {
        each.relative_to(root).as_posix()
        for each in files
        if PROMISES.search(each.read_text(encoding="utf-8"))
    }
    assert said == PROMISED_IN
