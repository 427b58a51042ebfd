"""The pages of enquiries from the press: who opens them, what they say, what stays in a refused form."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.inbox.locking import lock_item
from schoolgate.press.models import Enquiry, Expectation
from tests import days
from tests.cast import someone
from tests.web.inboxes import NOW, TEXT, came_in, fresh, seen, wild

__all__ = ["came_in", "fresh", "wild"]

PRESS = "?as=press"
CALL = {
    "how": "telephone", "wants": "Is the pool open?", "outlet": "The Herald", "about_posts": "yes",
    "school": "0",
}  # fmt: skip


def one(wild):
    with scope(wild.federation.pk):
        return Enquiry.objects.get()


def here(pk):
    return f"{reverse('inbox')}{PRESS}&enquiry={pk}"


def test_any_of_the_staff_records_a_call_and_the_list_shows_it(wild):
    empty = seen(wild.amina.get(reverse("inbox") + PRESS))
    assert "No enquiries" in empty
    answer = wild.amina.post(reverse("press-enter"), {**CALL, "school": wild.school.pk})
    found = one(wild)
    assert (answer.status_code, answer["Location"]) == (302, here(found.pk))
    page = seen(wild.amina.get(here(found.pk)))
    assert "Is the pool open?" in page
    assert "The Herald" in seen(wild.ben.get(reverse("inbox") + PRESS))
    assert "The Herald" not in seen(wild.ben.get(f"{reverse('inbox')}{PRESS}&show=closed"))
    seen(wild.ben.get(f"{reverse('inbox')}{PRESS}&show=else"), 404)


def test_what_was_typed_stays_where_it_is_refused(wild):
    page = seen(wild.amina.post(reverse("press-enter"), {**CALL, "wants": "", "outlet": "My Paper"}), 422)
    assert "Fill in this field" in page
    assert "My Paper" in page
    late = {**CALL, "until_day": (days.today() - timedelta(days=1)).isoformat()}
    assert "Choose a time after now" in seen(wild.amina.post(reverse("press-enter"), late), 422)


def test_a_comment_is_marked_in_one_tap_and_its_page_says_not_to_answer(wild, came_in, fresh):
    item = came_in()
    assert "This is from the press" in seen(wild.ben.get(reverse("item", args=[item.pk])))
    wild.ben.post(reverse("item-press", args=[item.pk]))
    assert fresh(item).from_press is True
    page = seen(wild.ben.get(reverse("item", args=[item.pk])))
    assert "From the press: don’t answer yet" in page
    assert "This is from the press" not in page
    seen(wild.ben.post(reverse("item-press", args=[item.pk])), 409)
    enquiry = seen(wild.ben.get(here(one(wild).pk)))
    assert TEXT in enquiry
    assert "Is it about what was posted?" in enquiry


def test_the_question_of_the_policy_is_answered_and_a_statement_written_and_given(wild, came_in):
    item = came_in()
    wild.ben.post(reverse("item-press", args=[item.pk]))
    act = reverse("press-act", args=[one(wild).pk])
    seen(wild.ben.post(act, {"do": "say", "question": "about_posts", "answer": "perhaps"}), 422)
    wild.ben.post(act, {"do": "say", "question": "about_posts", "answer": "yes"})
    assert "Is it about what was posted?" not in seen(wild.ben.get(here(one(wild).pk))).split("History")[0]
    seen(wild.ben.post(act, {"do": "draft", "text": "", "version": "0"}), 422)
    wild.ben.post(act, {"do": "draft", "text": "It is open.", "version": "0"})
    again = seen(wild.ben.post(act, {"do": "draft", "text": "It is shut.", "version": "0"}), 409)
    assert "It is shut." in again
    reply = seen(wild.ben.get(reverse("item", args=[item.pk]) + "?statement=1"))
    assert "It is open.</textarea>" in reply
    refused = {"do": "release", "version": "1", "how": "telephone", "steps": "no"}
    seen(wild.ben.post(act, refused), 409)
    wild.ben.post(act, {**refused, "steps": "yes"})
    assert "Read out by telephone" in seen(wild.ben.get(here(one(wild).pk)))
    seen(wild.ben.post(act, {"do": "close"}), 422)
    wild.ben.post(act, {"do": "close", "outcome": "answered"})
    assert "Open again" in seen(wild.ben.get(here(one(wild).pk)))
    wild.ben.post(act, {"do": "reopen"})
    assert one(wild).state == "open"
    seen(wild.ben.post(act, {"do": "nothing"}), 404)


def test_what_is_expected_is_seen_by_all_staff_and_ended(wild):
    given = {"about": "The pool", "until": days.today().isoformat(), "line": "It stays open.", "school": "0"}
    seen(wild.ben.post(reverse("press-expect"), {**given, "about": ""}), 422)
    wild.ben.post(reverse("press-expect"), given)
    page = seen(wild.amina.get(reverse("inbox") + PRESS))
    assert "It stays open." in page
    with scope(wild.federation.pk):
        row = Expectation.objects.get()
    seen(wild.amina.post(reverse("press-expected-end", args=[row.pk])), 403)
    wild.ben.post(reverse("press-expected-end", args=[row.pk]))
    assert "It stays open." not in seen(wild.amina.get(reverse("inbox") + PRESS))


@pytest.mark.parametrize("relation", ["parent", "volunteer"])
def test_a_parent_and_a_volunteer_open_nothing(wild, sign_in, relation):
    wild.ben.post(reverse("press-enter"), CALL)
    with scope(wild.federation.pk):
        person = someone("Pat Parent", relation=relation)
    browser = sign_in(person)
    seen(browser.get(reverse("inbox") + PRESS), 403)
    seen(browser.post(reverse("press-enter"), CALL), 403)
    seen(browser.get(here(one(wild).pk)), 404)


def test_another_federation_sees_nothing(wild, make_federation, sign_in):
    wild.ben.post(reverse("press-enter"), CALL)
    found = one(wild)
    with scope(make_federation("elsewhere", "wildground").pk):
        stranger = someone("Sol Stranger", "slt")
    browser = sign_in(stranger)
    assert browser.get(here(found.pk)).status_code == 404
    assert browser.post(reverse("press-act", args=[found.pk]), {"do": "holding"}).status_code == 404


def test_what_is_expected_is_on_today_of_those_at_that_school_until_its_day(wild):
    said = {"about": "The boiler", "until": days.today().isoformat(), "line": "We stay open.", "school": "0"}
    wild.ben.post(reverse("press-expect"), said)
    for browser in (wild.ben, wild.amina):
        page = seen(browser.get(reverse("today")))
        assert "The press may call" in page
        assert "The boiler" in page
        assert "We stay open." in page
    with scope(wild.federation.pk):
        row = Expectation.objects.get()
    wild.ben.post(reverse("press-expected-end", args=[row.pk]))
    assert "The press may call" not in seen(wild.amina.get(reverse("today")))


def test_an_enquiry_about_a_locked_comment_is_not_found_by_any_address(wild, came_in):
    item = came_in()
    wild.ben.post(reverse("item-press", args=[item.pk]))
    found = one(wild)
    with scope(wild.federation.pk):
        Safeguarder.objects.create(place="lead", person_id=someone("Dee Lead").pk, since=NOW)
        lock_item(by=found.kept_by, at=NOW, item=item)
    seen(wild.ben.get(here(found.pk)), 404)
    assert f"enquiry={found.pk}" not in seen(wild.ben.get(f"{reverse('inbox')}{PRESS}&show=all"))
    seen(
        wild.ben.post(reverse("press-act", args=[found.pk]), {"do": "draft", "text": "x", "version": "0"}),
        404,
    )
    seen(wild.ben.post(reverse("press-ask", args=[found.pk]), {"covers": "press"}), 404)
