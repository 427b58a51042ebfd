"""An item comes in from outside: a comment, a question, a complaint. Is an answer owed, and by when?"""

from datetime import date
from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import Ask, Day, Facts, Instant, Name, Part, Relation, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.calendar_day import Weekday, by_calendar, weekday_of
from schoolgate.rulebook.situations.networks import Network
from schoolgate.rulebook.working_time import Calendar, DaysThatCount, local_day, next_working_day

ItemKind = Literal["comment", "query", "complaint", "message", "mention", "other"]
"""The kind of item. "message" is a private message whose kind is not entered yet."""


class WorkingDayChoice(Part):
    """What the federation chose to count as a working day, where its policy does not say, and who chose."""

    counting: DaysThatCount = Field(description=_("which days count"))
    by: Name = Field(description=_("who chose it"))
    from_day: Day | None = Field(None, description=_("its first day"))


@moment(
    "item.received",
    _("Receiving a comment or message"),
    "reply_due what_counts removal_due report_due personal_details press",
    asks=Asks.DUTY,
)
class ItemReceived(Facts, asked_of="moderator"):
    """`received_at`: when it appeared on the network; `calendar`: None where the school's days are not
    entered. `working_day`: None where the federation has chosen nothing. `found_to_be`: beyond improper;
    empty where nothing of the kind, None where no one has looked."""

    received_at: Instant | None = fact(_("the time the comment arrived"), need="item_received_at")
    kind: ItemKind | None = fact(
        _("whether it is a comment, a query or a complaint"), _("What came in?"), need="item_kind"
    )
    channel: Literal["public", "private"] | None = Field(
        None, description=_("whether the comment is public or private")
    )
    network: Network | None = Field(None, description=_("which network it is on"))
    account_is_official: Tri = fact()
    from_relation: Relation | None = Field(
        None, description=_("how the comment’s author is connected with the school")
    )
    from_press: Tri = fact(_("whether the enquiry comes from the press"))
    improper: Tri = fact(_("whether the comment is improper"))
    improper_since: Instant | None = fact(_("when the comment was judged improper"))
    found_to_be: tuple[Literal["offensive", "defamatory", "libellous"], ...] | None = fact(
        _("whether it is offensive, defamatory or libellous")
    )
    contains_personal_details: Tri = fact(
        _("whether the comment contains identifying details"), need="personal_details"
    )
    answer_promised: Tri = fact(
        _("whether the comment’s author was promised a reply"), default=False, row=True
    )
    calendar: Calendar | None = Field(None, description=_("the school’s calendar"))
    working_day: WorkingDayChoice | None = Field(
        None, description=_("what the federation counts as a working day")
    )

    @derived("item_received_at", label=_("the day of the week the comment arrived"))
    def received_weekday(self, _facts: Facts) -> Weekday | None:
        """The day of the week on which it came in."""
        return None if self.received_at is None else weekday_of(local_day(self.received_at))

    @derived("day", of="office", label=_("whether the federation chose what a working day is"))
    def working_day_chosen(self, facts: Facts) -> bool:
        """Whether the federation chose what a working day is, and that counts on the day judged."""
        choice = self.working_day
        if choice is None or choice.from_day is None:
            return choice is not None
        return facts.day is not None and choice.from_day <= facts.day

    @derived("item_received_at", label=_("the next working day after the comment arrived"))
    def next_working_day(self, facts: Facts) -> date | Ask | None:
        """The first day after it came in that the federation counts as a working day."""
        received, choice = self.received_at, self.working_day
        if received is None or choice is None:
            return None
        return by_calendar(facts, lambda calendar: next_working_day(received, calendar, choice.counting))

    @derived("item_received_at", label=_("whether the next weekday may not be a working day"))
    def working_days_part(self, facts: Facts) -> bool | Ask | None:
        """Whether the next weekday that is no bank holiday is a working day in one sense, not in another."""
        received = self.received_at
        if received is None:
            return None

        def part(calendar: Calendar) -> bool:
            day = next_working_day(received, calendar, DaysThatCount.WEEKDAYS)
            return not all(calendar.counts(day, one) for one in DaysThatCount)

        return by_calendar(facts, part)

    @derived("item_kind", label=_("the type of comment"))
    def told_kind(self, _facts: Facts) -> ItemKind | None:
        """The kind of item. A private message has none until it is entered."""
        return None if self.kind == "message" else self.kind

    @derived("item_kind", label=_("whether it may be a private message"))
    def may_be_private(self, _facts: Facts) -> bool | None:
        """Whether it is a private message; where that is not on record, whether its kind lets it be one."""
        if self.channel is not None or self.kind == "message":
            return self.channel != "public"
        return None if self.kind is None else self.kind not in ("comment", "mention")
