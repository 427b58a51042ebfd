"""From what came in to the facts of `item.received` and `item.answer`."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db.models import Max, Min
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.calendars import for_school
from schoolgate.core.clock import local_day
from schoolgate.core.models import School, Term
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person as PersonRow
from schoolgate.people.queries import roles_of
from schoolgate.rulebook.facts import Person
from schoolgate.rulebook.situations.item_answer import ItemAnswer
from schoolgate.rulebook.situations.item_received import ItemReceived, WorkingDayChoice
from schoolgate.rulebook.working_time import Calendar, Days

LOOK_BACK, LOOK_AHEAD = timedelta(days=14), timedelta(days=120)
"""How much of the calendar goes into the facts: a due time may lie beyond the summer holidays."""


def calendar_of(school: School | None, around: date) -> Calendar | None:
    """The school's days around a day, as the rulebook counts them; None where nobody has entered them."""
    if school is None:
        return None
    entered = Term.objects.filter(school=school).aggregate(first=Min("first_day"), last=Max("last_day"))
    if entered["first"] is None or not entered["first"] <= around <= entered["last"]:
        return None
    first, last = max(entered["first"], around - LOOK_BACK), min(entered["last"], around + LOOK_AHEAD)
    known = for_school(school, first, last)
    return Calendar(
        country=cast("Any", known.country),
        bank_holidays_known=Days(known.first, known.last),
        bank_holidays=known.bank_holidays,
        added_days=known.added_days,
        terms_known=Days(known.first, known.last),
        terms=tuple(Days(begins, ends) for begins, ends in known.terms),
        inset_days=known.inset_days,
    )


def received_facts(
    item: Item, *, calendar: Calendar | None, working_day: WorkingDayChoice | None
) -> ItemReceived:
    """The facts of an item at the moment it came in: nobody has looked at it yet."""
    return ItemReceived(
        now=item.received_at,
        received_at=item.received_at,
        kind=cast("Any", item.kind),
        channel="private" if item.kind == "message" else "public",
        network=item.account.network,
        account_is_official=True,
        from_press=item.from_press,
        calendar=calendar,
        working_day=working_day,
    )


ASKED: Mapping[str, Promise] = {
    "in_doubt": _("Are you in doubt whether to answer?"),
    "commits": _("Does your answer promise anything in the school's name?"),
    "from_press": _("Does it come from the press?"),
    "asks_for_comment": _("Does it ask for a comment to be published?"),
    "about_posts": _("Does a journalist ask about posts?"),
    "about_school": _("Is it about school matters?"),
    "to_offensive": _("Is what you answer offensive?"),
}
"""What only the person who answers can say, by the fact's name. A page asks what the policy in force
needs."""


def answer_facts(
    item: Item, *, by: PersonRow, at: datetime, acknowledges_only: bool, said: Mapping[str, bool | None]
) -> ItemAnswer:
    """The facts of an answer that is about to go out. `said`: by the names of ASKED."""
    return ItemAnswer(
        **{name: said.get(name) for name in ASKED},
        now=at,
        by=Person(
            key=f"person-{by.pk}",
            relation=cast("Any", by.relation),
            roles=tuple(roles_of(by, on=local_day(at), school=item.school, account=item.account)),
        ),
        received_at=item.received_at,
        kind=cast("Any", item.kind),
        reply_channel="private" if item.kind == "message" else "public",
        from_account="official",
        acknowledges_only=acknowledges_only,
    )
