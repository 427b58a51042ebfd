"""A matter about the headteacher: it goes to the chair by itself, never to the head; two people end it."""

import pytest

from schoolgate.core.clock import now
from tests.journeys.example import concerns, setting_up
from tests.notices.mails import mails_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SAID = "Rhian shouts at children in the videos of the school, and one of them was crying."
NOTED = "The videos show it. Two members of staff were there."
DID = "The governors have given a warning. The videos are gone and the family has been told."
READ = "I read the notes and agree."
BY_OWN_RULE = (
    "This may be about a person who leads here, so the governors were told: the chair first, "
    "if there is one. This is Schoolgate’s own rule."
)


@pytest.fixture
def lead(house):
    """Mair leads on safeguarding."""
    with setting_up.inside(house):
        rhian = setting_up.Person.objects.get(email="rhian@llanidloes.example")
        mair = setting_up.Person.objects.get(email="mair@llanidloes.example")
        setting_up.leads(mair, by=rhian)


def never_reaches(head, reference: str, concern: str) -> None:
    """The head finds it nowhere, and at its address what there is at any that doesn't exist."""
    assert not concerns.lists(head, reference)
    for path in ("", "/chronology.pdf", "/stages/assess", "/stages/conclude"):
        assert head.page.request.get(f"{head.house.address}{concern}{path}").status == 404
    head.page.goto("/evidence")
    assert reference not in head.page.content()
    letters = mails_of(head.house.federation.pk, now())
    to_head = [each for each in letters if each.to_address.startswith("rhian@")]
    assert not any(reference in f"{each.subject}{each.body}" for each in to_head)


def test_a_matter_about_the_head_goes_to_the_chair_and_is_ended_by_two(house, lead, somebody):
    # Carys and Rhian read Welsh; the chair and the safeguarding lead read either.
    carys, rhian = (somebody(house, key, language="cy") for key in ("carys", "rhian"))
    alun, mair = (somebody(house, key, language="cy") for key in ("alun", "mair"))
    rhian.sign_in()
    carys.sign_in()
    concerns.report(carys, SAID)
    concerns.answer(carys, "kinds", "child_treated")
    carys.group("Is it about one of these people?").get_by_label("Rhian Evans").check()
    concerns.answer(carys, "harmed", "child")
    carys.look("head-report")
    reference = concerns.send(carys)
    carys.look("head-thanks")

    # The chair of governors has it among what waits for him; Rhian has nothing.
    alun.sign_in()
    alun.takes("Read and respond", about=reference)
    alun.reads(SAID)
    alun.sees(BY_OWN_RULE)
    concern = concerns.here(alun)
    alun.look("head-waits")
    never_reaches(rhian, reference, concern)
    alun.press("I’ll deal with this")

    alun.press("Assessment")
    concerns.answer(alun, "kinds", "worry")
    concerns.answer(alun, "subject", "staff")
    alun.press("Save")
    alun.press("Investigation")
    alun.look("head-investigation")
    concerns.answer(alun, "breach", "actual")
    alun.page.locator('[name="lead"]').select_option(label="Alun Rees")
    for name in ("begun", "investigation.findings_written", "investigation.ended"):
        if alun.page.locator(f'[name="{name}"]').count():
            concerns.answer(alun, name, "yes")
    alun.fill("Note", NOTED)
    alun.press("Save")
    alun.press("Outcome")
    alun.look("head-outcome")
    concerns.answer(alun, "found", "breach")
    alun.press("Save")
    concerns.closes(alun, DID, second="Mair Davies")
    alun.sees("A second person closes the concern")

    mair.sign_in()
    mair.takes("Read and close", about=reference)
    mair.reads(SAID)
    mair.look("head-second")
    mair.fill("Reason", READ)
    mair.press("Close concern")
    mair.sees("Closed")

    carys.open("/wrong/reports?show=reported")
    carys.page.get_by_role("link", name=reference).click()
    carys.sees("We’ve dealt with it, and it’s closed.")
    carys.look("head-over")
    assert DID not in carys.page.content()
    never_reaches(rhian, reference, concern)
    paper = concerns.chronology(alun, concern)
    for said in (NOTED, DID, READ):
        assert said in paper, paper
