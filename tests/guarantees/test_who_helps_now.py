"""After whatever the public sends, the page says who helps now: 999, Childline, and Meic in Wales."""

from pathlib import Path

import pytest

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from tests.web.addresses import ALL

TEMPLATES = Path(__file__).parents[2] / "schoolgate" / "web"

MESSAGE, ITSELF = "a message on a page of base_public.html", "the page itself"
SENT = {
    "noticeboard-comment": MESSAGE,
    "report-fake": MESSAGE,
    "consent": MESSAGE,
    "why-removed": ITSELF,
    "wrong-public": ITSELF,
    "wrong-school": ITSELF,
    "wrong-answer": ITSELF,
}
"""The public's doors through which words or answers reach the school, and what says who helps."""
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
PAGES = {
    "why-removed": ["public/templates/public/why_removed.html"],
    "wrong-public": ["incidents/templates/wrong/thanks.html", "incidents/templates/wrong/too_much.html"],
    "wrong-school": ["incidents/templates/wrong/thanks.html", "incidents/templates/wrong/too_much.html"],
    "wrong-answer": ["incidents/templates/wrong/answer.html"],
}
SAYS = ("{% who_helps %}", '{% include "wrong/_danger.html" %}')


def public_posts() -> set[str]:
    """The addresses that anybody may open and that take a POST."""
    open_ones = [one for one in ALL if getattr(one.view, "open_to", "") == "anybody"]
    return {one.name for one in open_ones if "POST" in (getattr(one.view, "methods", None) or ["POST"])}


def test_every_door_of_the_public_says_who_helps_or_sends_nothing():
    assert public_posts() == set(SENT) | set(NOTHING_SENT)


@pytest.mark.parametrize("name", [name for name, how in SENT.items() if how == ITSELF])
def test_a_page_that_thanks_says_it_itself(name):
    for page in PAGES[name]:
        text = (TEMPLATES / page).read_text("utf-8")
        assert any(words in text for words in SAYS), page


def test_every_public_page_with_a_message_says_it():
    base = (TEMPLATES / "frame/templates/base_public.html").read_text("utf-8")
    assert "{% if messages %}{% who_helps %}{% endif %}" in base


@pytest.mark.parametrize(("country", "meic"), [("england", False), ("wales", True)])
def test_after_a_report_of_a_fake_account_the_page_says_who_helps(client, federation, country, meic):
    with scope(federation.pk):
        School.objects.create(name="North School", slug="north", country=country)
    sent = {"address": "https://example.org/not-ours", "words": "It isn’t ours."}
    before = client.get(f"/{federation.slug}/register").content.decode()
    html = client.post(f"/{federation.slug}/register/fake", sent, follow=True).content.decode()
    assert "Childline 0800 1111" not in before
    assert "Thank you" in html
    assert "tel:999" in html
    assert "Childline 0800 1111" in html
    assert ("Meic 080880 23456" in html) is meic
