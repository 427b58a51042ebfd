"""Online searches of shortlisted candidates under Wootton's policy, from the vacancy to the destruction."""

import pytest

from schoolgate.core.clock import local_day, now
from tests.eyes import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
FOUND, ANSWER = "Runs a public blog on chemistry for pupils", "Yes, that blog is mine."


def enters(karen, today, names, *, searcher):
    """Karen enters the vacancy: two people are on the shortlist; she and Pat are the panel."""
    karen.open("/searches?show=vacancies")
    karen.page.locator("summary").filter(has_text="Enter a vacancy").click()
    karen.fill("Job", "Teacher of chemistry")
    karen.fill("Shortlisted on", today)
    karen.fill("People on the shortlist", "2")
    karen.fill("Candidates to search for", names)
    karen.fill("Search terms for all", "Full name and town, public pages only")
    for name in ("Karen Bright", "Pat Moor"):
        karen.page.get_by_label(name, exact=True).check()
    karen.choose_person("Who searches?", searcher)
    karen.press("Save vacancy")


def told(karen, today):
    """Karen records that the candidates were told beforehand."""
    karen.fill("Candidates told on", today)
    karen.choose("How were they told?", "By email")
    karen.press("Save date told")


def test_candidates_are_told_all_searched_answered_and_destroyed(house, somebody):
    today = local_day(now()).isoformat()
    karen = somebody(house, "karen")
    karen.sign_in()
    enters(karen, today, "Ida Example", searcher="Pat Moor")
    told(karen, today)
    karen.press("Start search for all")
    karen.look("a-searcher-on-the-panel-and-not-all")
    karen.reads("Candidates for a job must be searched for alike")
    expect(karen.named("Read results")).to_have_count(0)

    enters(karen, today, "Ida Example\nOwen Example", searcher="Di Rook")
    expect(karen.named("Start search for all")).to_have_count(0)
    karen.look("candidates-not-told-yet")
    told(karen, today)
    karen.press("Start search for all")
    here = karen.path

    di = somebody(house, "di")
    di.sign_in()
    di.open(here)
    for found in (FOUND, ""):
        di.answer("Did you use the agreed terms?", "Yes")
        di.fill("What is relevant to the job?", found)
        di.fill("Why is it relevant?", "Shows that they can explain it." if found else "")
        di.press("Save search")
    assert FOUND not in di.page.content()
    expect(di.named("Read results")).to_have_count(0)

    karen.open(here)
    assert FOUND not in karen.page.content()
    karen.press("Read results")
    karen.reads(FOUND)
    karen.page.locator("summary").filter(has_text="Record the candidate’s answer").first.click()
    karen.page.get_by_label("Candidate’s answer", exact=True).first.fill(ANSWER)
    karen.named("Save answer").first.click()
    karen.sees("Answer saved.")
    karen.page.locator("summary").filter(has_text="Record the appointment").click()
    karen.fill("Decided on", today)
    karen.page.get_by_label("Ida Example", exact=True).check()
    karen.press("Save decision")
    karen.sees("your federation’s own choice")
    karen.look("kept-until-its-day")
    karen.press("Destroy names and results")
    karen.sees("Names, results and answers destroyed")
    assert "Ida Example" not in karen.page.content()
