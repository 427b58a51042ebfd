"""Expected press attention on Today, until its last day."""

from __future__ import annotations

from schoolgate.press.enquiries import expected_for, still_expected
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.parts import PagePart, on_today_page_if
from schoolgate.web.inbox.press_shown import expected_shown, here


@on_today_page_if(still_expected)
def expected_today(visit: Visit) -> PagePart | None:
    """Return the card for people at the school that it is about; None where nothing is expected."""
    rows = expected_for(visit.person, on=visit.on)
    if not rows:
        return None
    return PagePart("inbox/press/_today.html", {"rows": expected_shown(visit, rows), "here": here()})
