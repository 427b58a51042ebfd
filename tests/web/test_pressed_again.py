"""A press is answered like the one before only if nothing came between: of No, Yes, No the last No counts."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory

from schoolgate.core.tenancy import scope
from schoolgate.pupils.models import Consent
from schoolgate.web.frame.twice import once
from tests.web.test_consent_page import in_force, office

__all__ = ["in_force", "office"]


@pytest.fixture(autouse=True)
def _committed(own_database, home):
    cache.clear()


def answered(federation) -> list[str]:
    with scope(federation.pk):
        return [row.answer for row in Consent.objects.order_by("id")]


def say(browser, path, answer, drawn="drawn once"):
    sent = {"use": "picture", "answer": answer, "csrfmiddlewaretoken": drawn}
    assert browser.post(path, sent).status_code == 302


def test_the_last_of_no_yes_no_on_one_page_counts(office, federation):
    parent = Client()
    for answer in ("refused", "given", "refused"):
        say(parent, office["Ann"], answer)
    assert answered(federation) == ["refused", "given", "refused"]


def test_a_yes_in_another_tab_comes_between(office, federation):
    parent = Client()
    say(parent, office["Ann"], "refused")
    say(parent, office["Ann"], "given", drawn="in another tab")
    say(parent, office["Ann"], "refused")
    assert answered(federation) == ["refused", "given", "refused"]


def test_a_yes_on_another_phone_comes_between(office, federation):
    one, other = Client(), Client()
    for browser in (one, other):
        browser.get(office["Ann"])
    say(one, office["Ann"], "refused")
    say(other, office["Ann"], "given", drawn="on another phone")
    say(one, office["Ann"], "refused")
    assert answered(federation) == ["refused", "given", "refused"]


def test_a_double_touch_still_counts_once(office, federation):
    parent = Client()
    for answer in ("refused", "refused", "given", "given", "refused", "refused"):
        say(parent, office["Ann"], answer)
    assert answered(federation) == ["refused", "given", "refused"]


class Presses:
    """Which presses were carried out, by a view that does what it is told."""

    def __init__(self):
        self.done: list[str] = []

    def press(self, path, do="hide", *, by=1, drawn="a", answer=None, names=None, **headers):
        """Press the button `do` of a form at this address; `names` are the ids in it."""
        sent = {"do": do, "csrfmiddlewaretoken": drawn}
        request = RequestFactory().post(path, sent, headers=headers)
        request.resolver_match = SimpleNamespace(kwargs=names or {})

        def view():
            self.done.append(do)
            return answer or HttpResponseRedirect(f"/{len(self.done)}")

        return once(request, by, view)


@pytest.fixture
def presses():
    return Presses()


ITEM = {"pk": 7}


def hide(presses, **more):
    return presses.press("/inbox/7/sight", "hide", names=ITEM, **more)


def test_the_same_press_again_gets_the_same_answer(presses):
    assert hide(presses).url == hide(presses).url
    assert presses.done == ["hide"]


@pytest.mark.parametrize(
    "between",
    [
        {"path": "/inbox/7/show", "names": ITEM},
        {"path": "/inbox/7/show", "names": ITEM, "by": 2},
        {"path": "/inbox/7/sight", "names": ITEM, "by": 2, "drawn": "b"},
        {"path": "/undo"},
        {"path": "/me/keys", "answer": HttpResponse("the key, shown once")},
        {
            "path": "/inbox/7/words",
            "names": ITEM,
            "hx-request": "true",
            "answer": HttpResponse("saved", headers={"X-Saved": "yes"}),
        },
    ],
    ids=[
        "by the same person on the same thing",
        "by somebody else on the same thing",
        "by somebody else with the same button",
        "by the same person elsewhere",
        "by the same person, answered with a page",
        "saved by a script",
    ],
)
def test_what_came_between_makes_it_another_press(presses, between):
    hide(presses)
    presses.press(**{"do": "show", **between})
    hide(presses)
    assert presses.done == ["hide", "show", "hide"]


@pytest.mark.parametrize(
    "between",
    [
        {"path": "/inbox/8/show", "names": {"pk": 8}, "by": 2},
        {"path": "/board/comment", "names": {"federation": "wildground"}, "by": 2},
        {"path": "/inbox/7/look", "names": ITEM, "hx-request": "true", "answer": HttpResponse("looked up")},
    ],
    ids=["by somebody else elsewhere", "by somebody else on a page of no one thing", "a look of a script"],
)
def test_what_did_not_come_between_leaves_a_double_click_one_press(presses, between):
    hide(presses)
    presses.press(**{"do": "show", **between})
    hide(presses)
    assert presses.done == ["hide", "show"]


def test_what_strangers_send_to_one_public_page_does_not_come_between(presses):
    """Two parents report at the same moment, and one of them touches twice."""
    report = {"path": "/wildground/wrong", "names": {"federation": "wildground"}, "by": None}
    for phone in ("one", "other", "one"):
        request_of(presses, phone, report)
    assert presses.done == ["one", "other"]


def request_of(presses, phone, report):
    request = RequestFactory().post(report["path"], {"do": phone, "csrfmiddlewaretoken": "a"})
    request.META["CSRF_COOKIE"] = phone
    request.resolver_match = SimpleNamespace(kwargs=report["names"])

    def view():
        presses.done.append(phone)
        return HttpResponseRedirect("/thanks")

    return once(request, None, view)


def test_a_refused_press_is_tried_again(presses):
    for _ in range(2):
        hide(presses, answer=HttpResponse(status=422))
    assert presses.done == ["hide", "hide"]
