"""A page that says when a post goes out asks the stop: what is held says so, and who can lift it."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from django.urls import reverse

import schoolgate
from schoolgate.core import stops
from schoolgate.core.leaving import Said
from schoolgate.core.models import School, Stop
from schoolgate.core.tenancy import scope
from schoolgate.jobs.minutely import start_due
from schoolgate.publishing import approving, hit_answers, queries
from schoolgate.publishing.calendar import calendar_of
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.rules import LATEST
from schoolgate.publishing.sending import UNDO_MINUTE, note_held, when_out
from schoolgate.pupils.models import Consent, Pupil
from tests.stories import rolled_back
from tests.web.plain import check_page
from tests.web.posts_cast import ANSWERED, NOW

HELD = "Held: posting is stopped"
PROMISES = re.compile(r"posted within a minute|It will be posted at|posted at its scheduled time")
"""Sentences that promise a time."""
PROMISED_IN = {"web/posts/wording.py"}
"""The only code that says them; it asks the stop."""


def at(name: str, pk: int) -> str:
    return reverse(name, args=[pk])


def html(answer) -> str:
    return answer.content.decode()


def press_stop(stage, of: str) -> str:
    """Press the stop of a school, the federation or the whole installation; gives who can lift it."""
    if of == "installation":
        stops.stop_installation(reason="wrong_post", at=NOW - timedelta(minutes=1))
        return "Only the person who runs the server can lift the stop."
    with scope(stage.federation.pk):
        school = stage.school if of == "school" else None
        stops.stop(reason="wrong_post", by=stage.people["ben"], at=NOW - timedelta(minutes=1), school=school)
    return "Who can lift the stop: "


ALLOWED = "</span>This is allowed</h"
STOPS = ("school", "federation", "installation")


def test_who_approves_is_promised_a_time_and_during_a_stop_told_that_it_is_held_and_who_can_lift_it(stage):
    post = stage.submitted()
    ben = stage.browser("ben")
    seen = re.search(r'name="seen" value="(\w+)"', html(ben.get(at("post", post.pk))))[1]
    for stop in STOPS:
        with rolled_back():
            told = press_stop(stage, stop)
            page = html(ben.post(at("post-approve", post.pk), {"seen": seen}, follow=True))
            assert "Approved, but held: posting is stopped." in page, stop
            assert told in page, stop
            assert not PROMISES.search(page), stop
            check_page(page)

    page = html(ben.post(at("post-approve", post.pk), {"seen": seen}, follow=True))
    assert "Approved. It will be posted within a minute or two." in page
    assert "It will be posted at: " in page
    assert HELD not in page


def test_a_scheduled_post_whose_consent_ended_is_promised_no_time_and_says_what_will_happen(stage):
    with scope(stage.federation.pk):
        gwen = Pupil.objects.create(school=stage.school, key="A1", first_name="Gwen", last_name="Parry")
        named = {"pupil": gwen, "use": "name", "giver": "parent", "form": "spoken", "at": NOW}
        Consent.objects.create(**named, answer="given", from_day=NOW.date(), by=stage.people["sam"])
    post = stage.draft("Well done to Gwen Parry.", planned_at=NOW + timedelta(days=2))
    with scope(stage.federation.pk):
        amina, ben = stage.people["amina"], stage.people["ben"]
        (found,) = hits_of(queries.post(post.pk), on=NOW.date()).stops
        said = {found.hit.key: Said("may_name")}
        hit_answers.answer_hits(by=amina, at=NOW, post=queries.post(post.pk), said=said)
        approving.submit_post(by=amina, at=NOW, post=queries.post(post.pk))
        seen = queries.seen_now(queries.post(post.pk), at=NOW)
        approving.approve_post(by=ben, at=NOW, post=queries.post(post.pk), seen=seen)
    browser = stage.browser("amina")
    before = html(browser.get(at("post", post.pk)))
    assert "It will be posted at: " in before
    assert "It won’t be posted as it is" not in before
    assert ALLOWED in before
    with scope(stage.federation.pk):
        Consent.objects.create(**named, answer="refused", from_day=NOW.date(), by=stage.people["sam"])
    page = html(browser.get(at("post", post.pk)))
    check_page(page)
    assert "It won’t be posted as it is" in page
    assert "it goes back for approval at: " in page
    assert not PROMISES.search(page)
    assert "First say why the words found in the text may stay, or change them." in page
    assert ALLOWED not in page
    assert "The policy allows it, but something else stops it." in page


def test_no_answer_beside_a_post_is_a_yes_while_posting_is_stopped(stage):
    post = stage.approved("For today.", planned_at=NOW + timedelta(minutes=10))
    amina = stage.browser("amina")
    assert ALLOWED in html(amina.get(at("post", post.pk)))
    for stop in STOPS:
        with rolled_back():
            press_stop(stage, stop)
            page = html(amina.get(at("post", post.pk)))
            assert ALLOWED not in page, stop
            assert "The policy allows it, but something else stops it." in page, stop


BACK = "The policy allows it, but something else stops it."


def test_beside_what_is_being_written_the_strongest_answer_is_told_with_a_script_and_without(
    stage, monkeypatch
):
    """As its page is opened, as it comes back from a button that saves nothing, and as a script asks while a
    person types: none says yes where a stop or a name keeps the post back, and each does where nothing does.
    What is typed has no approval yet, so without one it never says yes; here it has Ben's."""
    later = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=2)
    post = stage.approved("Well done to Gwen Parry.", planned_at=later)
    amina, edit = stage.browser("amina"), at("post-edit", post.pk)
    form = amina.get(edit).context["form"]
    typed = {
        form.add_prefix(each.name): each.value() for each in form if each.value() not in (None, [], False)
    }
    typed |= {"version": post.version, **ANSWERED}

    def told():
        yield "opened", html(amina.get(edit))
        yield "pressed", html(amina.post(edit, {**typed, "do": "add-pictures"}))
        yield "while typing", html(amina.post(at("post-edit-preview", post.pk), typed))

    for page in (
        html(amina.post(edit, {**typed, "do": "add-pictures"})),
        html(amina.post(f"{edit}/preview", typed)),
    ):
        assert ALLOWED not in page
    by_ben = partial(queries.judged, approver=stage.people["ben"])
    monkeypatch.setattr("schoolgate.publishing.drafting.judged", by_ben)
    for where, page in told():
        assert (ALLOWED in page, BACK in page) == (True, False), where
    with rolled_back():
        press_stop(stage, "school")
        for where, page in told():
            assert (ALLOWED in page, BACK in page, HELD in page) == (False, True, True), where
    with scope(stage.federation.pk):
        Pupil.objects.create(school=stage.school, key="A1", first_name="Gwen", last_name="Parry")
    for where, page in told():
        assert (ALLOWED in page, BACK in page) == (False, True), where
        assert "First say why the words found in the text may stay" in page, where


def test_every_list_says_of_what_is_held_that_it_is(stage):
    post = stage.approved("For today.", planned_at=NOW + timedelta(minutes=10))
    amina = stage.browser("amina")
    addresses = ("/posts", "/posts?show=going", f"/posts/{post.pk}", reverse("stop"), "/posts?as=month")
    for stop in STOPS:
        with rolled_back():
            press_stop(stage, stop)
            for address in addresses if stop == "school" else addresses[:1]:
                page = html(amina.get(address))
                assert (address, HELD in page, bool(PROMISES.search(page))) == (address, True, False), stop
            with scope(stage.federation.pk):
                assert HELD.encode() in calendar_of(stage.people["amina"], at=NOW, link=str), stop


ENDS = [
    (timedelta(minutes=4), False, False),
    (timedelta(minutes=5) + LATEST, True, False),
    (timedelta(minutes=5, microseconds=1) + LATEST, True, False),
    (None, True, False),
]


def test_what_becomes_of_a_planned_time_follows_the_end_of_the_stop_and_another_schools_holds_nothing(stage):
    post = stage.approved(planned_at=NOW + timedelta(minutes=5))

    def found(**stop):
        with rolled_back(), scope(stage.federation.pk):
            stops.stop(reason="event", by=stage.people["ben"], at=NOW, **stop)
            return when_out(queries.post(post.pk), at=NOW)

    for ends, held, missed in ENDS:
        out = found(until=NOW + ends if ends else None)
        assert (bool(out.held), out.missed) == (held, missed), ends
    with scope(stage.federation.pk):
        other = School.objects.create(name="Elsewhere", slug="elsewhere")
    assert found(school=other).held == ()


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


def test_lifted_before_the_instant_that_the_page_names_it_goes_out_without_a_new_approval(stage):
    """The stop was to last until tomorrow, and can be lifted within a minute."""
    begun = datetime.now(UTC)
    with scope(stage.federation.pk):
        stop = stops.stop(
            reason="trying", by=stage.people["ben"], at=begun, until=begun + timedelta(hours=20)
        )
    post = stage.approved(at=begun)

    page = html(stage.browser("amina").get(at("post", post.pk)))
    assert "If the stop is lifted before" in page
    assert "it goes out then" in page
    assert "won’t go out" not in page

    with scope(stage.federation.pk):
        stops.lift(stop=stop, by=stage.people["ben"], at=begun + timedelta(seconds=50))
    start_due(stage.federation.pk, begun + UNDO_MINUTE)
    assert stage.read(post).state == "sending"


def test_lifted_after_the_instant_that_the_page_named_it_needs_a_new_time(stage):
    with scope(stage.federation.pk):
        stop = stops.stop(reason="trying", by=stage.people["ben"], at=NOW)
    post = stage.approved()

    page = html(stage.browser("amina").get(at("post", post.pk)))
    assert "Its time passed while posting was stopped. It needs a new time and a new approval." in page
    assert "If the stop is lifted before" not in page

    late = NOW + LATEST + timedelta(minutes=1)
    with scope(stage.federation.pk):
        stops.lift(stop=stop, by=stage.people["ben"], at=late)
    start_due(stage.federation.pk, late)
    assert stage.read(post).state == "expired"


def test_what_the_page_says_of_a_time_to_come_names_it_and_the_last_one(stage):
    now = datetime.now(UTC)
    with scope(stage.federation.pk):
        stops.stop(reason="trying", by=stage.people["ben"], at=now)
    post = stage.approved(at=now, planned_at=now + timedelta(days=2))
    page = html(stage.browser("amina").get(at("post", post.pk)))
    assert "it goes out then, but not before" in page


def test_todays_coming_up_says_that_a_post_is_held(stage):
    stage.approved(at=NOW, planned_at=datetime.now(UTC) + timedelta(days=1))
    amina = stage.browser("amina")
    assert "Scheduled post" in html(amina.get(reverse("today")))
    with scope(stage.federation.pk):
        stops.stop(reason="trying", by=stage.people["ben"], at=NOW)
    page = html(amina.get(reverse("today")))
    assert "Held post (posting is stopped)" in page
    assert "Scheduled post" not in page
    with scope(stage.federation.pk):
        stop = Stop.objects.get()
        stops.lift(stop=stop, by=stage.people["ben"], at=NOW)
        stops.stop(
            reason="trying", by=stage.people["ben"], at=NOW, until=datetime.now(UTC) + timedelta(hours=2)
        )
    assert "Scheduled post" in html(amina.get(reverse("today"))), "this stop ends before its time"


def test_a_post_by_hand_is_held_and_not_being_sent_while_posting_is_stopped(stage):
    (copy,) = stage.started("By hand.", "facebook")
    amina = stage.browser("amina")
    for address in (at("post", copy.post_id), "/posts", "/posts?as=month"):
        page = html(amina.get(address))
        assert ("To post by hand</span>" in page, "Being sent" in page) == (True, False), address
    with scope(stage.federation.pk):
        stops.stop(reason="trying", by=stage.people["ben"], at=NOW)
    for address in (at("post", copy.post_id), "/posts", "/posts?as=month"):
        page = html(amina.get(address))
        assert HELD in page, address
        assert "Being sent" not in page.replace("Being sent now", ""), address
    page = html(amina.get(at("post", copy.post_id)))
    assert "Once the stop is lifted, a person posts it on the network itself." in page


def test_what_has_left_for_a_network_is_still_being_sent_during_a_stop(stage):
    copies = stage.started("Both.", "bluesky", "facebook")
    with scope(stage.federation.pk):
        Delivery.objects.filter(pk=copies[0].pk).update(state="sent", sent_at=NOW)
        stops.stop(reason="trying", by=stage.people["ben"], at=NOW)
        post = queries.post(copies[0].post_id)
        note_held([post], at=NOW)
        assert post.get_state_display() == "Being sent"


STATUS_DRAWN = {
    "web/posts/templates/posts/list.html": "web/posts/views.py",
    "web/posts/templates/posts/post.html": "web/posts/one.py",
    "web/posts/templates/posts/stop.html": "web/posts/take_down.py",
    "web/posts/templates/posts/take_downs.html": "web/posts/take_down.py",
    "web/posts/templates/posts/_news_sent.html": "web/posts/news.py",
    "web/posts/templates/posts_live/picture.html": "web/posts/library.py",
    "web/posts/templates/posts_live/export.html": "publishing/archive.py",
    "publishing/archive.py": "publishing/archive.py",
}
"""What draws a post's status, and the code that asks the stop for it."""
TIME_DRAWN = {
    "web/posts/templates/posts/list.html": "get_state_display",
    "web/posts/templates/posts/stop.html": "get_state_display",
    "web/posts/templates/posts/_out.html": "Scheduled:",
    "web/posts/templates/posts_review/_networks.html": "Scheduled:",
    "web/today/today.py": "held_posts",
    "web/posts/planning.py": "Moved to",
}
"""What shows people the time of a post, and what is beside it: its status, or that it is only a plan."""
SHOWS_TIME = re.compile(r"planned_at\|[a-z]|_in_words\([a-z.]*planned_at|\"planned_at\", \"pk\", Left")


def test_whatever_draws_the_status_of_a_post_asks_the_stop():
    root = Path(schoolgate.__file__).parent
    drawn = {name for name, text in _sources(root) if re.search(r"\bpost\.get_state_display", text)}
    assert drawn == set(STATUS_DRAWN)
    for name in STATUS_DRAWN.values():
        assert "note_held(" in (root / name).read_text(encoding="utf-8"), name


def test_whatever_shows_the_time_of_a_post_shows_beside_it_how_it_stands():
    shown = {
        name: text
        for name, text in _sources(Path(schoolgate.__file__).parent)
        if name.startswith("web/") and SHOWS_TIME.search(text)
    }
    assert set(shown) == set(TIME_DRAWN)
    for name, text in shown.items():
        assert TIME_DRAWN[name] in text, name


def _sources(root: Path):
    for kind in ("*.py", "*.html"):
        for each in root.rglob(kind):
            yield each.relative_to(root).as_posix(), each.read_text(encoding="utf-8")


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
