"""Appendix B, each step pressed by whose step it is: written, signed, changed, signed again, approved."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.proposing import save_proposal, start_proposal
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.accounts.test_wootton import appendix_b
from tests.cast import give, someone
from tests.web.scriptless import Page, bring_session, expect, open_context, wrong_with

NOW = datetime.now(UTC)


@pytest.fixture
def wootton(make_federation, sign_in):
    """Wootton's policy in force, and Ann's draft of Appendix B with all but its aim and host."""
    federation = make_federation("wootton", "wootton", languages=["en", "cy"])
    with scope(federation.pk):
        school = School.objects.create(name="Wootton Upper", slug="upper")
        people = {
            "ann": someone("Ann Field", "site-author", "staff"),
            "lou": someone("Lou Grant"),
            "pat": someone("Pat Moor", "other-senior-manager"),
            "olwen": someone("Olwen Price", "principal"),
        }
        give(people["lou"], "line-manager", managed=people["ann"])
        team = [someone("Di Rook", "administrator"), someone("Ed Shaw", "administrator")]
        adopt(by=people["olwen"], at=NOW)
        cast = SimpleNamespace(
            author=people["ann"], line_manager=people["lou"], owner=people["olwen"], team=team
        )
        answers = appendix_b(cast, NOW)
        for key in ("aim", "host", "host.name"):
            del answers[key]
        proposal = save_proposal(
            proposal=start_proposal(by=people["ann"], at=NOW, school=school), by=people["ann"], at=NOW,
            name="Upper School art", network="noticeboard", kind="school", pupils_in_audience=False,
            answers=answers,
        )  # fmt: skip
    browsers = {name: sign_in(person) for name, person in people.items()}
    return SimpleNamespace(federation=federation, pk=proposal.pk, **browsers)


@pytest.fixture
def as_somebody(wootton):
    """`as_somebody("ann")`: a page in that person's own browser, on their page of today."""
    opened = []

    def open_one(name: str) -> Page:
        context = open_context()
        opened.append(context)
        bring_session(context, getattr(wootton, name))
        page = context.new_page()
        page.goto(reverse("today"))
        return page

    yield open_one
    for context in opened:
        context.close()


def paper_and_evidence(olwen, wootton) -> list[str]:
    """The printable form, and the evidence for the clause on the line manager's signature."""
    olwen.goto(reverse("proposal-paper", args=[wootton.pk]))
    expect(olwen.get_by_text("Given in Schoolgate using their own sign-in")).to_have_count(3)
    wrong = wrong_with(olwen)
    olwen.goto(reverse("clause-evidence", args=["wootton-b-56"]))
    cancelled = "A signature was cancelled because the content it covered changed."
    expect(olwen.get_by_text(cancelled).first).to_be_visible()
    return wrong


def test_appendix_b_signed_changed_signed_again_and_approved(wootton, as_somebody):
    wrong = []
    at = {name: reverse(name, args=[wootton.pk]) for name in ("proposal", "proposal-check", "proposal-sign")}
    part = {key: reverse("proposal-part", args=[wootton.pk, key]) for key in ("1", "3")}

    ann = as_somebody("ann")
    ann.goto(part["3"])
    ann.get_by_label("Wootton Upper", exact=True).check()
    ann.locator("[name='point-host.name']").fill("Wootton Upper School")
    ann.get_by_role("button", name="Save and continue").click()
    ann.goto(part["1"])
    ann.get_by_label("What the account should achieve").fill("To show what our artists make.")
    ann.get_by_role("button", name="Save and continue").click()
    ann.goto(at["proposal"])
    wrong += wrong_with(ann)
    ann.goto(at["proposal-check"])
    wrong += wrong_with(ann)
    ann.get_by_role("button", name="Send for approval").click()

    lou, pat = as_somebody("lou"), as_somebody("pat")
    for page in (lou, pat):
        page.goto(at["proposal-sign"])
        if page is lou:
            wrong += wrong_with(page)
        page.get_by_role("button", name="Sign", exact=True).click()
        expect(page.get_by_text("Your part is signed.")).to_be_visible()

    ann.goto(at["proposal"])
    ann.get_by_role("link", name="Edit").click()
    wrong += wrong_with(ann)
    ann.get_by_role("link", name="Who applies and what the site is for").click()
    ann.get_by_label("What the account should achieve").fill("To sell tickets for our shows.")
    ann.get_by_role("button", name="Save changes").click()
    expect(ann.get_by_role("heading", name="This change cancels signatures")).to_be_visible()
    wrong += wrong_with(ann)
    ann.get_by_role("button", name="Save changes").click()
    expect(ann.get_by_text("Changes saved.")).to_be_visible()
    wrong += wrong_with(ann)

    for page in (lou, pat):
        page.goto(reverse("today"))
        expect(page.get_by_text("your signature no longer counts").first).to_be_visible()
        page.goto(at["proposal-sign"])
        expect(page.get_by_role("cell", name="To sell tickets for our shows.")).to_be_visible()
        if page is lou:
            wrong += wrong_with(page)
        page.get_by_role("button", name="Sign again").click()
        expect(page.get_by_text("Your part is signed.")).to_be_visible()

    olwen = as_somebody("olwen")
    olwen.goto(at["proposal"])
    for words in ("who it is for", "who may take part", "what it is for", "what will be posted on it"):
        olwen.get_by_label(words, exact=True).check()
    olwen.get_by_role("button", name="Save").click()
    olwen.get_by_role("link", name="Decide").click()
    wrong += wrong_with(olwen)
    olwen.locator("[name=strong]").first.check()
    olwen.get_by_role("button", name="Approve").click()
    expect(olwen.get_by_text("Your decision has been saved.")).to_be_visible()

    wrong += paper_and_evidence(olwen, wootton)
    assert wrong == []
