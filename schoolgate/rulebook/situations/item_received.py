"""Something comes in from outside: a comment, a question, a complaint. Is an answer owed, and by when?"""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Instant, Name, Part, Relation, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.working_time import Calendar, DaysThatCount

ItemKind = Literal["comment", "query", "complaint", "message", "mention", "other"]
"""What came in. "message" is a private message of which nobody has said yet what it is."""


class WorkingDayChoice(Part):
    """What the federation chose to count as a working day, where its policy does not say, and who chose."""

    counting: DaysThatCount
    by: Name
    from_day: Day | None = None


class ItemReceived(Facts):
    """`received_at`: when it appeared on the network; `calendar`: the school's days, None where nobody
    entered them.

    `working_day`: None where the federation has chosen nothing. `improper`: whether a person found it
    improper, at `improper_since`; `found_to_be`: what a person found it to be beyond that, empty where
    nothing of the kind. None where nobody has looked. `contains_personal_details`: whether a person confirmed
    that it holds details which identify somebody. `answer_promised`: whether it was taken down with a notice
    that promises its writer an answer."""

    received_at: Instant | None = None
    kind: ItemKind | None = None
    channel: Literal["public", "private"] | None = None
    network: Name | None = None
    account_is_official: Tri = None
    from_relation: Relation | None = None
    from_press: Tri = None
    improper: Tri = None
    improper_since: Instant | None = None
    found_to_be: tuple[Literal["offensive", "defamatory", "libellous"], ...] | None = None
    contains_personal_details: Tri = None
    answer_promised: Tri = False
    calendar: Calendar | None = None
    working_day: WorkingDayChoice | None = None


ITEM_RECEIVED = Situation(
    key="item.received",
    title=gettext_noop("A comment or message comes in"),
    facts=ItemReceived,
    points=points("reply_due what_counts removal_due report_due personal_details press"),
)
