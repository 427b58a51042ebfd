"""What a comment tells of danger to a child: one act makes the concern, with everything attached, and locks
it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.duties.actions import discharge
from schoolgate.inbox import rules
from schoolgate.inbox.actions import Hiding, lock_and_hide, lock_item
from schoolgate.inbox.dangers import danger_in
from schoolgate.inbox.duty_kinds import DANGER
from schoolgate.inbox.models import Item
from schoolgate.inbox.ranking import note_of_staff
from schoolgate.incidents.actions.reporting import ReportContent, report_wrong
from schoolgate.incidents.models import Report
from schoolgate.incidents.states import Danger
from schoolgate.people.leads import can_open
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import leads


@dataclass(frozen=True)
class Disclosed:
    """The concern, and whether the item could be locked: only where someone leads on safeguarding. `hiding`:
    what was asked for on the network, where the person wanted it hidden too."""

    report: Report
    locked: bool
    hiding: Hiding | None = None


@action
def disclose(
    *,
    by: Person,
    at: datetime,
    item: Item,
    mark: str,
    danger: bool = False,
    of_staff: bool = False,
    hide: bool = False,
    may_show_abuse: bool | None = None,
) -> Disclosed:
    """Report what this item tells, as the sort of danger that it shows (`inbox.dangers`), and lock it to the
    safeguarding leads.

    The concern is kept to the leads too, with a copy of every version, the author, the post and the digests
    of the photos. Where no one leads on safeguarding it goes to the people that the policy names, and the
    item isn't locked. `mark`: the form's own (`codes.new_mark`), so that a second tap makes no second report.
    `of_staff`: this person says that it may be about someone who works or helps here. Where the words say so
    it's asked of no one: untold who, two seats get it (`actions.two_seats`).
    `hide`: hide it on its network too (`lock_and_hide`), where this person may; else the leads do.
    `may_show_abuse`: as this person says, where the policy asks that. Raises NotFound for people who may not
    read it; NotNow where it is locked already.
    """
    if not rules.may_see(by, item, on=local_day(at)):
        raise NotFound
    school = item.school or item.account.school
    on = local_day(at)
    has_leads = bool(can_open(leads(book_for(item.account), school, on=on), on=on))
    if of_staff:
        note_of_staff(item)
    sort = danger_in(item.why, locked=True)
    report = report_wrong(
        at=at,
        reporter=by,
        said_here=ReportContent(
            what=str(sort.reported),
            mark=mark,
            page=f"item-{item.pk}",
            kinds=(sort.said,),
            did="yes" if sort.of_staff else "",
            danger=Danger.YES if danger else Danger.UNKNOWN,
            school=school,
            for_leads=True,
        ),
    )
    if not has_leads:
        discharge(kind=DANGER, subject=item, by=by, at=at, how="reported")
        return Disclosed(report, locked=False)
    if hide and can(rules.check_may_hide, by, item, on=local_day(at)):
        return Disclosed(
            report, locked=True, hiding=lock_and_hide(by=by, at=at, item=item, may_show_abuse=may_show_abuse)
        )
    lock_item(by=by, at=at, item=item)
    return Disclosed(report, locked=True)
