"""Whatever the public sends, the page that answers says who helps now: 999, Childline, and Meic in Wales.
Also where what was sent isn't taken, because it may have been a child who sent it."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox import moderating
from schoolgate.inbox.models import Removal
from schoolgate.inbox.moderating import moderate
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.pupils import linking
from schoolgate.pupils.models import Pupil
from tests.stories import rolled_back
from tests.web.addresses import ALL
from tests.web.conftest import sent_before
from tests.web.everything import everything
from tests.web.things import NOW
from tests.worlds import world

__all__ = ["sent_before"]
CODE = "2222-2222-2222"


@world(everything)
def open_to_the_public(made: SimpleNamespace, _at) -> SimpleNamespace:
    """One of everything; Ann Thomas has a link for her daughter."""
    there = made.everything
    with scope(there.federation.pk):
        pupil = Pupil.objects.get(pk=there.value("pupil"))
        link = linking.make_link(by=there.sam, at=NOW, pupil=pupil, giver="parent", who="Ann Thomas")
        board = NoticeboardPost.objects.select_related("school").get(key=there.delivery.intent_key)
        code = linking.code_of(link)
        hidden = moderate(
            by=there.ben,
            at=NOW,
            item=there.item,
            how="hidden",
            because="improper",
            said={"relation": "other"},
        )
    moderating.advance(there.federation.pk, hidden.pk, clock=lambda: NOW)
    with scope(there.federation.pk):
        removal = Removal.objects.get(moderation=hidden).code
    return SimpleNamespace(
        slug=there.federation.slug, board=board, code=code, removal=removal, federation=there.federation
    )


@pytest.fixture
def here(in_world, home):
    return in_world(open_to_the_public, NOW)


def comment(here, good):
    to = reverse("noticeboard-comment", args=[here.slug, here.board.school.slug, here.board.key])
    return to, {"name": "Pat", "text": "I don’t feel safe at home." if good else ""}


def fake(here, good):
    sent = {"address": "https://example.org/not-ours" if good else "x", "words": "It isn’t ours."}
    return reverse("report-fake", args=[here.slug]), sent


def take_down(here, good):
    return reverse("take-down-asked", args=[here.slug]), {"words": "The girl in red." if good else ""}


def consent(here, good):
    to = reverse("consent", args=[here.slug, here.code])
    return to, {"use": "picture", "answer": "refused" if good else "perhaps"}


def why_removed(here, good):
    return reverse("why-removed", args=[here.slug]), {"code": here.removal if good else CODE}


def concern(here, good):
    return reverse("wrong-public", args=[here.slug]), {"what": "He hits me." if good else ""}


def concern_of_a_school(here, good):
    to = reverse("wrong-school", args=[here.slug, here.board.school.slug])
    return to, {"what": "He hits me." if good else ""}


def follow_up(here, good):
    thanks = Client().post(*concern(here, True)).content.decode() if good else ""
    code = next(iter(re.findall(r'id="code"[^>]*>([^<]+)<', thanks)), CODE)
    assert (code != CODE) is good
    return reverse("wrong-answer", args=[here.slug]), {"code": code, "words": "It happened again."}


SENT: dict[str, Callable[[SimpleNamespace, bool], tuple[str, dict[str, str]]]] = {
    "noticeboard-comment": comment,
    "report-fake": fake,
    "take-down-asked": take_down,
    "consent": consent,
    "why-removed": why_removed,
    "wrong-public": concern,
    "wrong-school": concern_of_a_school,
    "wrong-answer": follow_up,
}
"""The public's doors through which words or answers reach the school, and what is sent there: what is taken,
or what isn't."""
NOTHING_SENT = {
    "wrong-start": "leads to the form",
    "handed-over": "gives out a file",
    "noticeboard-picture": "gives out a picture",
    "consent-code": "takes a code, and leads to the answers",
    "public-may-i": "asks the policy; nothing is kept and no one is told",
    "policy-by-link": "shows a policy",
    "policy-by-link-document": "shows a policy",
    "policy-by-link-check": "compares a file, and keeps nothing",
    "governors-by-link": "shows a report",
    "register": "shows a list",
    "register-json": "shows a list",
    "register-atom": "shows a list",
}
"""Those that take a POST and through which nothing reaches a person."""


def public_posts() -> set[str]:
    """The addresses that anybody may open and that take a POST."""
    open_ones = [one for one in ALL if getattr(one.view, "open_to", "") == "anybody"]
    return {one.name for one in open_ones if "POST" in (getattr(one.view, "methods", None) or ["POST"])}


def test_every_door_of_the_public_says_who_helps_or_sends_nothing():
    assert public_posts() == set(SENT) | set(NOTHING_SENT)


def answered(here, name, good, *, language="en"):
    to, sent = SENT[name](here, good)
    browser = Client(headers={"accept-language": language})
    got = browser.post(to, sent, follow=True)
    return got.status_code, got.content.decode()


def says_who_helps(html, *, meic):
    assert "tel:999" in html
    assert "0800 1111" in html
    assert ("080880 23456" in html) is meic
    assert html.count("tel:999") <= 2, "once, or once more among what to do"


@pytest.mark.parametrize("good", [True, False], ids=["taken", "not taken"])
@pytest.mark.parametrize("name", sorted(SENT))
def test_whatever_is_sent_the_page_says_who_helps(here, name, good):
    for country, meic in (("england", False), ("wales", True)):
        with rolled_back():
            with scope(here.federation.pk):
                School.objects.update(country=country)
            for language in ("en", "cy"):
                with rolled_back():
                    status, html = answered(here, name, good, language=language)
                    assert status in ((200,) if good else (404, 409, 422)), status
                    says_who_helps(html, meic=meic)


def test_a_comment_where_none_may_be_left_any_more_is_answered_with_who_helps(here):
    with scope(here.federation.pk):
        NoticeboardPost.objects.update(comments_open=False)
    status, html = answered(here, "noticeboard-comment", good=True)
    assert status == 409
    says_who_helps(html, meic="080880 23456" in html)


def test_a_flood_is_answered_with_who_helps(here, sent_before):
    sent_before(10_000)
    for name in ("noticeboard-comment", "report-fake"):
        status, html = answered(here, name, good=True)
        assert status == 429, name
        assert "0800 1111" in html, name


def test_a_page_that_was_only_read_shows_its_own_words_alone(here):
    html = Client().get(reverse("register", args=[here.slug])).content.decode()
    assert "Childline" not in html
