"""A concern for the safeguarding leads alone: for everyone else it is as if it had never been there."""

import re

import pytest

from schoolgate.core.clock import now
from tests.journeys.example import concerns, setting_up
from tests.notices.mails import mails_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SAID = "Mared in year 6 told me what her uncle does at night."
NEVER_THERE = 987654321


@pytest.fixture
def lead(house):
    """Priya leads on safeguarding. Helen looks after people and sees concerns, and is no lead."""
    with setting_up.inside(house):
        setting_up.leads(setting_up.person("priya"), by=setting_up.person("helen"))


def counts(one) -> list[str]:
    """What the badges and numbers of the person's pages say."""
    found = []
    for path in ("/today", "/menu", "/evidence", "/wrong/reports?show=all", "/breaches", "/messages"):
        one.page.goto(path)
        found.append(re.sub(r"\s+", " ", one.page.locator("body").inner_text()))
    return found


def answer_at(one, path: str) -> tuple[int, str]:
    """The status and the text at an address, without the address itself."""
    answer = one.page.request.get(f"{one.house.address}{path}")
    text = re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", answer.text())
    return answer.status, re.sub(r"\d+", "n", text)


def test_what_is_kept_to_the_leads_is_nowhere_for_an_administrator(house, lead, somebody):
    helen, priya = somebody(house, "helen"), somebody(house, "priya")
    helen.sign_in()
    priya.sign_in()
    before = counts(helen)

    visitor = somebody(house, "")
    concerns.report(visitor, SAID, path="/wildground/something-is-wrong")
    reference = concerns.send(visitor)
    concern = concerns.open_listed(priya, reference)
    priya.press("I’ll deal with this")
    priya.look("only-lead-kept")
    assert concerns.lists(priya, reference)

    assert not concerns.lists(helen, reference)
    for there, was in zip(counts(helen), before, strict=True):
        assert reference not in there
        assert there == was
    for path in ("", "/chronology.pdf", "/stages/assess"):
        hidden = answer_at(helen, f"{concern}{path}")
        assert hidden[0] == 404
        never = re.sub(r"\d+", str(NEVER_THERE), concern)
        assert hidden == answer_at(helen, f"{never}{path}")
    helen.open(concern)
    helen.headed("Page not found")
    helen.look("only-lead-for-an-administrator")

    letters = mails_of(house.federation.pk, now())
    assert not any(reference in each.body or "Mared" in each.body for each in letters)
