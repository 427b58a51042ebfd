"""The same facts under Llanidloes's guidance: dismissal only for what was found to be gross misconduct."""

import pytest

from schoolgate.rulebook import book
from tests.browsing import PHONE
from tests.journeys import misconduct as step

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MAY = book("llanidloes").clauses["llanidloes-abuse-7"].says
NOT_HERE = (book("wootton").clauses["wootton-related-21"].says, "Principal", "Wootton")
BY = "Rhian Evans"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_dismissal_is_open_only_after_gross_misconduct_was_found(house, somebody, language):
    gethin = somebody(house, "gethin", size=PHONE, language=language)
    rhian = somebody(house, "rhian", size=PHONE, language=language)
    gethin.sign_in()
    step.reports(gethin)

    rhian.sign_in()
    step.takes(rhian)
    step.answers(rhian, "Assessment", step.ASSESSED)
    step.saves(rhian)
    step.answers(rhian, "Investigation", step.INVESTIGATED)
    step.named(rhian, "lead", BY)
    step.saves(rhian)
    step.answers(rhian, "Conduct", step.JUDGED, {"marked_as_own_view": "no", "with_permission": "no"})
    step.saves(rhian)

    here = rhian.page.url
    step.answers(rhian, "Outcome", step.FOUND, step.DISMISSED, {"rank": "other"})
    step.named(rhian, "discipline.by", BY)
    rhian.press("Save")
    rhian.look("not-for-less")
    step.shows_only(rhian, MAY, *NOT_HERE)

    rhian.page.goto(here)
    step.answers(rhian, "Outcome", step.FOUND, step.DISMISSED, {"rank": "gross misconduct"})
    step.named(rhian, "discipline.by", BY)
    step.saves(rhian)
    rhian.press("Outcome")
    step.shows_only(rhian, MAY, *NOT_HERE)
    rhian.look("dismissal-may-follow")
    rhian.page.go_back()
    step.closes(rhian, "Alun Rees")
    alun = somebody(house, "alun", size=PHONE, language=language)
    alun.sign_in()
    step.confirms(alun)
