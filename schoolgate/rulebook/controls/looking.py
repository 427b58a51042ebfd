"""What others wrote waits to be looked at: in which order, with what step, and by when?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    breached,
    forbids,
    met,
    obliges,
    requires,
    unknown,
)
from schoolgate.rulebook.facts import Instant
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.chosen_time import ChosenTime, chosen_for
from schoolgate.rulebook.situations.item_look import ItemLook, Suspicion
from schoolgate.rulebook.situations.judged import standing
from schoolgate.rulebook.working_time import MissingCalendar, after_hours, in_utc, is_past

SUSPECTED_AS: Mapping[str, tuple[Suspicion, ...]] = {
    "bullying": ("bullying",),
    "other inappropriate behaviour": ("inappropriate", "slur", "rude"),
}


class ActedOn(Control):
    """Was what somebody saw acted on? Settings: action_required; look_for, what it is about.

    Leaving it as it is counts as acting where somebody logged why.
    """

    key = "looking.acted_on"
    listens_to = ("item.look",)
    points = ("acted_on",)

    class Settings(NoSettings):
        action_required: Literal[True]
        look_for: tuple[Literal["bullying", "other inappropriate behaviour"], ...]

    def judge(self, facts: ItemLook, settings: Settings) -> Iterable[Said]:
        found = _suspected(facts, settings.look_for)
        if isinstance(found, Said):
            yield found
        elif not found or (facts.seen is not None and not facts.seen):
            return
        elif facts.seen is None:
            yield unknown("seen_by", "account_team")
        elif facts.taken is None:
            yield unknown("steps_taken", "account_team")
        elif facts.taken:
            yield met("looking.acted")
        else:
            last = {one.by: position for position, one in enumerate(facts.seen)}
            for position in last.values():  # each of them once
                yield requires("looking.not_acted", Need("step_on_it", "viewer"), about=f"seen[{position}]")


class AbusiveConversation(Control):
    """Was one of the policy's steps taken once a conversation turned abusive?

    Settings: actions. With a pupil or a parent among those who write, the words also send the matter another
    way, and which comes first is what they leave open.
    """

    key = "looking.abusive_conversation"
    listens_to = ("item.look",)
    points = ("abusive_conversation",)

    class Settings(NoSettings):
        actions: tuple[Literal["block", "report", "delete"], ...]

    def judge(self, facts: ItemLook, settings: Settings) -> Iterable[Said]:
        if facts.abusive is False or facts.account_is_official is False:
            return
        if facts.account_is_official is None:
            yield unknown("account_is_official", "moderator")
        elif facts.abusive is None:
            yield unknown("conversation_abusive", "moderator")
        elif facts.taken is None:
            yield unknown("steps_taken", "account_team")
        elif any(one.what in settings.actions for one in facts.taken):
            yield met("looking.abuse_handled")
        else:
            writer = facts.writer.relation if facts.writer is not None else None
            needs = [Need("step_on_abuse", "account_team")]
            if writer is None:
                needs.append(Need("relation", "account_team"))
            yield requires(
                "looking.abuse_unhandled",
                *needs,
                turns=writer in ("pupil", "parent"),
                actions=tuple(f"step_{one}" for one in settings.actions),
            )


class ReadInTime(Control):
    """Was what others posted read by those who moderate, and by when?

    Settings: hosting - whose sites the rule is about; review_within_hours, None: the federation's choice
    counts, without one no time is promised.
    """

    key = "looking.read_in_time"
    listens_to = ("item.look",)
    points = ("read_in_time",)
    plumbing = frozenset({"who"})

    class Settings(NoSettings):
        hosting: Literal["school", "third party"]
        object: Literal["postings"]
        review_within_hours: int | None
        who: str

    def judge(self, facts: ItemLook, settings: Settings) -> Iterable[Said]:
        if facts.hosting not in (None, settings.hosting):
            return
        if facts.hosting is None:
            yield unknown("who_hosts", "office")
        elif facts.seen is None:
            yield unknown("seen_by", "moderator")
        elif facts.seen:
            yield met("looking.read")
        elif facts.received_at is None:
            yield unknown("item_received_at", "moderator")
        else:
            owed = _Owed("read", settings.review_within_hours, settings.who, "read_it", "looking.read")
            yield owed.since(facts.received_at, facts)


class TakenDownInTime(Control):
    """Is what a person found against the rules taken down, and by when?

    Settings: action, in the policy's word; removal_within_hours, None where it gives no number; deadline,
    "immediately" where it says so. `faults`: the judgments that it is about; `friends`: it is about friends'
    comments only; `choice`: under what name the federation's time for it stands.
    """

    key = "looking.taken_down_in_time"
    listens_to = ("item.look",)
    points = ("taken_down_in_time",)
    plumbing = frozenset({"faults", "friends", "choice", "who"})

    class Settings(NoSettings):
        action: Literal["removed"]
        removal_within_hours: int | None
        deadline: Literal["immediately"] | None
        faults: tuple[str, ...]
        friends: bool
        choice: Literal["take_down", "take_down_friends", "take_down_at_once"]
        who: str

    def judge(self, facts: ItemLook, settings: Settings) -> Iterable[Said]:
        if facts.stands is False or (settings.friends and facts.from_friend is False):
            return
        found = standing(facts.judged, settings.faults)
        if found is None:
            yield unknown("judged_by_person", "moderator")
        elif not found:
            return
        elif settings.friends and facts.from_friend is None:
            yield unknown("from_friend", "moderator")
        elif facts.stands is None:
            yield unknown("stands_for_others", "moderator")
        else:
            name, hours = settings.choice, settings.removal_within_hours
            owed = _Owed(name, hours, settings.who, "removal", f"looking.{name}")
            if settings.deadline is not None and owed.time(facts) is None:
                due = Due(instant=in_utc(found[0].at))
                yield obliges(settings.who, "removal", due, f"looking.{name}")
            else:
                yield owed.since(found[0].at, facts)


class SteppedIn(Control):
    """Did whoever set up a site on somebody else's platform step in as their own plan says?

    Settings: hosting. The time is the plan's own; where it names none, none is promised.
    """

    key = "looking.stepped_in"
    listens_to = ("item.look",)
    points = ("stepped_in",)
    plumbing = frozenset({"who"})

    class Settings(NoSettings):
        hosting: Literal["third party"]
        who: str

    def judge(self, facts: ItemLook, settings: Settings) -> Iterable[Said]:
        if facts.hosting == "school" or facts.reported is False:
            return
        if facts.hosting is None:
            yield unknown("who_hosts", "office")
        elif facts.reported is None:
            yield unknown("reported_to_team", "moderator")
        elif facts.taken is None:
            yield unknown("steps_taken", "account_team")
        elif facts.taken:
            yield met("looking.stepped_in")
        elif facts.plan_names_no_time:
            yield obliges(settings.who, "step_in", Due.none_promised(), "looking.step_in_no_time")
        elif facts.plan_hours is None:
            yield unknown("plan_hours", "site_author")
        elif facts.reported_at is None:
            yield unknown("reported_at", "moderator")
        else:
            due = Due(instant=after_hours(facts.reported_at, facts.plan_hours))
            if facts.now is not None and due.instant is not None and is_past(due.instant, facts.now):
                yield breached("looking.not_stepped_in", hours=facts.plan_hours)
            else:
                yield obliges(settings.who, "step_in", due, "looking.step_in", hours=facts.plan_hours)


class Rude(Control):
    """May somebody whom the policy binds be rude about the school and its people?

    Settings: kind; about, of whom. What the first reading took for rude is for a person to judge.
    """

    key = "looking.rude"
    listens_to = ("item.look",)
    points = ("rudeness",)

    class Settings(NoSettings):
        kind: Literal["rude"]
        about: tuple[str, ...]

    def judge(self, facts: ItemLook, settings: Settings) -> Iterable[Said]:
        found = standing(facts.judged, (settings.kind,))
        if found:
            yield forbids("looking.rude")
        elif facts.suspected is None:
            yield unknown("first_reading", "moderator")
        elif settings.kind in facts.suspected and found is not None:
            yield met("looking.not_rude")
        elif settings.kind in facts.suspected:
            relation = facts.writer.relation if facts.writer is not None else None
            yield requires(
                "looking.rude_perhaps", Need("judgment_rude", "moderator"), writer=f"writer_{relation}"
            )


def _suspected(facts: ItemLook, look_for: tuple[str, ...]) -> list[Suspicion] | Said:
    """What the first reading took it for, of what is looked for."""
    if facts.account_is_official is False:
        return []
    if facts.suspected is None:
        return unknown("first_reading", "moderator")
    found = [what for one in look_for for what in SUSPECTED_AS[one] if what in facts.suspected]
    if found and facts.account_is_official is None:
        return unknown("account_is_official", "moderator")
    return found


@dataclass(frozen=True)
class _Owed:
    """Something that `who` owes within hours: the rule's own, else those that the federation chose (`name`).

    `what` is owed; `key` begins the messages."""

    name: str
    hours: int | None
    who: str
    what: str
    key: str

    def time(self, facts: ItemLook) -> ChosenTime | None:
        own = ChosenTime.of_setting(self.name, hours=self.hours)
        return own or chosen_for(facts.choices, self.name, facts.day)

    def since(self, start: Instant, facts: ItemLook) -> Said:
        """What is owed by then, what did not come by then, or what is owed without a time."""
        time = self.time(facts)
        if time is None:
            return obliges(self.who, self.what, Due.none_promised(), f"{self.key}_no_time")
        try:
            due = time.due_after(start, facts.calendar)
        except MissingCalendar as missing:
            return unknown(missing.what, "office")
        end = (due.instant or due.day) if due is not None else None
        if due is None or end is None:
            return unknown("calendar", "office")
        if facts.now is not None and is_past(end, facts.now):
            said = breached(f"{self.key}_overdue")
        else:
            said = obliges(self.who, self.what, due, f"{self.key}_by")
        said.chosen = self.hours is None
        return said
