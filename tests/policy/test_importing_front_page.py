"""What a document's first page says of its adoption and review is taken over, to be confirmed."""

import pytest

from schoolgate.policy.importing.document import FIRST, FrontPage, front_page


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            ["Adopted by the Governing Body on 12 November 2026.", "Review: every two years."],
            FrontPage("2026-11-12", "Governing Body", "", 24),
        ),
        (
            ["Approved by: Governing Body.", "Date: 3 November 2026.", "Next review due by: November 2027."],
            FrontPage("2026-11-03", "Governing Body", "2027-11", 0),
        ),
        (
            ["Ratified by the Board of Trustees: 04/09/2025", "To be reviewed in Autumn 2027"],
            FrontPage("2025-09-04", "Board of Trustees", "Autumn 2027", 0),
        ),
        (
            ["Mabwysiadwyd gan y Corff Llywodraethu ar 5 Hydref 2026.", "Adolygu: bob dwy flynedd."],
            FrontPage("2026-10-05", "Corff Llywodraethu", "", 24),
        ),
        (["Agreed in May 2024", "Review date: 1st June 2025"], FrontPage("", "", "2025-06-01", 0)),
        (["Adopted by the Governing Body on 31 February 2026."], FrontPage("", "Governing Body", "", 0)),
        (["Staff must ask.", "Posts may be made until 12 May 2027."], FrontPage()),
    ],
)
def test_the_dates_and_the_body_of_the_first_page_are_read_in_both_languages(lines, found):
    assert front_page((one, True) for one in lines) == found


@pytest.mark.parametrize(
    ("says", "by"),
    [
        ("The Governing Body approves this policy and reviews it every two years.", "Governing Body"),
        ("This policy is approved by the Board of Trustees.", "Board of Trustees"),
        ("The accounts are only used by staff who are trained and approved by the Headteacher.", ""),
        ("Any change to an account is approved by the Headteacher.", ""),
        ("The Headteacher approves this policy’s pictures.", ""),
    ],
)
def test_who_adopts_the_policy_is_its_own_clause_and_never_who_approves_something_else(says, by):
    before = [("Staff must ask.", False)] * FIRST
    assert front_page([(says, False)]).by == by
    assert front_page([*before, (says, False)]).by == by
    printed = ("Ratified by the Full Governing Board", True)
    assert front_page([printed, (says, False)]).by == "Full Governing Board"


def test_further_down_only_a_label_counts_or_what_says_how_often_the_policy_is_reviewed():
    before = [("Staff must ask.", False)] * FIRST
    late = "Consent is approved by the Head Teacher on 3 May 2026."
    assert front_page([*before, (late, False)]) == FrontPage()
    assert front_page([*before, ("Date: 3 May 2026.", True)]).adopted == "2026-05-03"
    assert front_page([*before, ("This policy is reviewed annually.", False)]).every_months == 12
    assert front_page([*before, ("Accounts are reviewed annually.", False)]).every_months == 0
