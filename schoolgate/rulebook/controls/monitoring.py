"""What may be looked at on the school's systems, for what, with what notice; and what stands against it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    breached,
    forbids,
    met,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.systems_monitor import MonitorAct, MonitorObject, SystemsMonitor


class StaffUseLookedAt(Control):
    """May it be looked at what staff do on social media at work? Settings: `applies_when` - in which time."""

    key = "monitor.staff_use"
    listens_to = ("systems.monitor",)
    points = ("monitoring",)

    class Settings(NoSettings):
        applies_when: Literal["off duty at work", "at work"]

    def judge(self, facts: SystemsMonitor, settings: Settings) -> Iterator[Said]:
        if facts.of_staff is False or facts.when == "away from work":
            return
        if facts.of_staff is None or facts.when is None:
            yield unknown("of_staff" if facts.of_staff is None else "monitored_when", "whoever_asks")
        elif settings.applies_when in facts.when:
            yield permits("monitor.staff_use")


class PolicyBasis(Control):
    """Does the wish to look at what staff did rest on a standing policy?

    Settings: `requires_policy_basis`; `policies` - whose policies count.
    """

    key = "monitor.policy_basis"
    listens_to = ("systems.monitor",)
    points = ("monitoring_policy",)

    class Settings(NoSettings):
        requires_policy_basis: Literal[True]
        policies: tuple[Literal["Federation policies", "individual school policies"], ...]

    def judge(self, facts: SystemsMonitor, settings: Settings) -> Iterator[Said]:
        if facts.of_staff is False:
            return
        if facts.of_staff is None or facts.policy_named is None:
            yield unknown("of_staff" if facts.of_staff is None else "policy_named", "whoever_asks")
        elif not facts.policy_named.strip():
            yield forbids("monitor.no_policy_named")
        elif facts.policy_of is None:
            yield unknown("policy_of", "whoever_asks")
        elif facts.policy_of in settings.policies:
            yield met("monitor.policy_named")
        else:
            yield forbids("monitor.not_such_a_policy", policies=settings.policies)


class _OnSystems(Control):
    """A rule that speaks of what is done on the school's own systems only."""

    listens_to = ("systems.monitor",)

    def judge(self, facts: SystemsMonitor, settings: NoSettings) -> Iterator[Said]:
        about = self.is_about(facts, settings)
        if about is False or facts.on_systems is False:
            return
        if facts.on_systems is None:
            yield unknown("on_systems", "whoever_asks")
        elif isinstance(about, str):
            yield unknown(about, "whoever_asks")
        else:
            yield self.said(facts, settings)

    def is_about(self, facts: SystemsMonitor, settings: NoSettings) -> bool | str:
        """Whether the rule speaks of this at all, or what is not known of it."""
        raise TypeError(f"{type(self).__name__} is about nothing")

    def said(self, facts: SystemsMonitor, settings: NoSettings) -> Said:
        """What it says of it."""
        raise TypeError(f"{type(self).__name__} says nothing")


class MayWatch(_OnSystems):
    """May the school watch what staff do on its systems?"""

    key = "monitor.may_watch"
    points = ("monitoring",)

    def is_about(self, facts: SystemsMonitor, settings: NoSettings) -> bool | str:
        return _is("of_staff", facts.of_staff)

    def said(self, facts: SystemsMonitor, settings: NoSettings) -> Said:
        return permits("monitor.may_watch")


class MayReviewPosts(_OnSystems):
    """May the school review what was posted from its systems?"""

    key = "monitor.may_review_posts"
    points = ("monitoring",)

    def is_about(self, facts: SystemsMonitor, settings: NoSettings) -> bool | str:
        return _act_and_object(facts, ("review",), ("postings",))

    def said(self, facts: SystemsMonitor, settings: NoSettings) -> Said:
        return permits("monitor.may_review_posts")


class May(_OnSystems):
    """Does monitoring take this in? Settings: `acts`, `objects` - what may be done to what; None:
    whatever."""

    key = "monitor.may"
    points = ("monitoring", "copies")

    class Settings(NoSettings):
        acts: tuple[MonitorAct, ...] | None
        objects: tuple[MonitorObject, ...] | None

    def is_about(self, facts: SystemsMonitor, settings: NoSettings) -> bool | str:
        assert isinstance(settings, May.Settings)
        return _act_and_object(facts, settings.acts, settings.objects)

    def said(self, facts: SystemsMonitor, settings: NoSettings) -> Said:
        assert isinstance(settings, May.Settings)
        if settings.acts is None:
            return permits("monitor.may_see_sign_ins")
        return permits(f"monitor.may_{facts.act}" if facts.act in ("record", "print") else "monitor.may_look")


class Notice(_OnSystems):
    """Was the person told once that monitoring goes on? Then nobody need be told each time.

    Settings: `prior_standing_notice_required`."""

    key = "monitor.notice"
    points = ("monitoring_notice",)

    class Settings(NoSettings):
        prior_standing_notice_required: Literal[True]

    def is_about(self, facts: SystemsMonitor, settings: NoSettings) -> bool | str:
        return _is("of_staff", facts.of_staff)

    def said(self, facts: SystemsMonitor, settings: NoSettings) -> Said:
        if facts.notice_seen is None:
            return unknown("notice_seen", "office")
        if facts.notice_seen:
            return permits("monitor.told_once")
        return requires("monitor.notice_first", Need("monitoring_notice", "office"))


class Purpose(_OnSystems):
    """Does it serve a purpose that the policy names, with what it takes?

    To see whether rules are kept takes a case or a rule by name; a need of the school's work takes the
    need in words and a second person who agrees. Settings: `purpose`.
    """

    key = "monitor.purpose"
    points = ("monitoring_purpose",)

    class Settings(NoSettings):
        purpose: Literal["rule compliance", "legitimate business purpose"]

    def is_about(self, facts: SystemsMonitor, settings: NoSettings) -> bool | str:
        assert isinstance(settings, Purpose.Settings)
        if facts.purpose not in (None, "other", settings.purpose):
            return False
        return _is("of_staff", facts.of_staff)

    def said(self, facts: SystemsMonitor, settings: NoSettings) -> Said:
        if facts.purpose is None:
            return unknown("monitoring_purpose", "whoever_asks")
        if facts.purpose == "other":
            return forbids("monitor.other_purpose")
        if facts.purpose == "rule compliance":
            if facts.case_or_rule is None:
                return requires("monitor.which_rule", Need("case_or_rule", "whoever_asks"))
            return met("monitor.purpose_rules")
        if not (facts.business_need or "").strip():
            return requires("monitor.which_need", Need("business_need", "whoever_asks"))
        if facts.second_person is None or (facts.by is not None and facts.by.key == facts.second_person):
            return requires("monitor.second_person", Need("second_agreement", "reader"))
        return met("monitor.purpose_need")


class CaseRange(_OnSystems):
    """Does the time looked at keep to the days of the case? A wider one takes a second person.

    Settings: `acts`, `objects` - of which looking this is said.
    """

    key = "monitor.case_range"
    points = ("monitoring_range",)

    class Settings(NoSettings):
        acts: tuple[MonitorAct, ...]
        objects: tuple[MonitorObject, ...]

    def is_about(self, facts: SystemsMonitor, settings: NoSettings) -> bool | str:
        assert isinstance(settings, CaseRange.Settings)
        if facts.case_or_rule is None:
            return False
        return _act_and_object(facts, settings.acts, settings.objects)

    def said(self, facts: SystemsMonitor, settings: NoSettings) -> Said:
        first, last = facts.range_from, facts.range_to
        if first is None or last is None or facts.case_from is None or facts.case_to is None:
            return unknown("monitoring_range", "whoever_asks")
        if facts.case_from <= first and last <= facts.case_to:
            return met("monitor.within_case")
        if facts.second_person is not None and (facts.by is None or facts.by.key != facts.second_person):
            return met("monitor.wider_agreed")
        need = Need("second_agreement", "reader")
        return requires("monitor.wider_than_case", need, first=facts.case_from, last=facts.case_to)


class NeverByProgram(_OnSystems):
    """A right that the school keeps, and that this program never does by itself.

    Settings: `act` - which; `automate` - False."""

    key = "monitor.never_by_program"
    points = ("interception", "keystrokes")
    plumbing = frozenset({"act"})

    class Settings(NoSettings):
        act: Literal["intercept", "log keystrokes"]
        automate: Literal[False]

    def is_about(self, facts: SystemsMonitor, settings: NoSettings) -> bool | str:
        assert isinstance(settings, NeverByProgram.Settings)
        return _act_and_object(facts, (settings.act,), None)

    def said(self, facts: SystemsMonitor, settings: NoSettings) -> Said:
        which = "intercept" if facts.act == "intercept" else "keystrokes"
        if facts.by_program is None:
            return unknown("by_program", "whoever_asks")
        return forbids(f"monitor.never_{which}") if facts.by_program else permits(f"monitor.right_{which}")


class Assessed(_OnSystems):
    """Is there an impact assessment, with its day and who approved it, before the network is watched?

    Settings: `impact_assessment_required`."""

    key = "monitor.assessed"
    points = ("network_watching",)

    class Settings(NoSettings):
        impact_assessment_required: Literal[True]

    def is_about(self, facts: SystemsMonitor, settings: NoSettings) -> bool | str:
        return _act_and_object(facts, ("watch the network",), None)

    def said(self, facts: SystemsMonitor, settings: NoSettings) -> Said:
        if facts.assessment_on is not None and facts.assessment_by is not None:
            return permits("monitor.assessed", day=facts.assessment_on)
        return requires("monitor.not_assessed", Need("impact_assessment", "federation"))


class CopiesForATime(_OnSystems):
    """Is it settled how long copies are kept, and is that time not over?

    Settings: `retention_days` - in days, None where the policy gives no number and the federation chooses it.
    """

    key = "monitor.copies_for_a_time"
    points = ("copies",)

    class Settings(NoSettings):
        retention_days: Annotated[int, Field(ge=1)] | None

    def is_about(self, facts: SystemsMonitor, settings: NoSettings) -> bool | str:
        return _act_and_object(facts, ("retain",), None)

    def said(self, facts: SystemsMonitor, settings: NoSettings) -> Said:
        assert isinstance(settings, CopiesForATime.Settings)
        days = settings.retention_days or facts.retention_days
        if days is None:
            return requires("monitor.no_period", Need("retention_days", "federation"))
        over = None if facts.copied_on is None else facts.copied_on + timedelta(days=days)
        if over is not None and facts.day is None:
            return unknown("day", "office")
        if over is not None and facts.day is not None and facts.day > over:
            said = breached("monitor.period_over", days=days, day=over)
        else:
            said = permits("monitor.copies_kept", days=days)
        said.chosen = settings.retention_days is None
        return said


class DeletingCopies(_OnSystems):
    """May a copy be deleted? Settings: `legal_hold` - not while it is wanted for a case or a request."""

    key = "monitor.deleting_copies"
    points = ("deleting_copies",)

    class Settings(NoSettings):
        legal_hold: Literal[True]

    def is_about(self, facts: SystemsMonitor, settings: NoSettings) -> bool | str:
        return _act_and_object(facts, ("delete",), None)

    def said(self, facts: SystemsMonitor, settings: NoSettings) -> Said:
        if facts.kept_for_case is None:
            return unknown("kept_for_case", "office")
        return forbids("monitor.still_wanted") if facts.kept_for_case else permits("monitor.may_delete")


class PassingOn(Control):
    """May what was found be passed on? Recipient, reason and legal ground have to be there. Settings:
    `acts`."""

    key = "monitor.passing_on"
    listens_to = ("systems.monitor",)
    points = ("passing_on",)

    class Settings(NoSettings):
        acts: tuple[Literal["disclose"], ...]

    def judge(self, facts: SystemsMonitor, settings: Settings) -> Iterator[Said]:
        if facts.act is None:
            yield unknown("monitor_act", "whoever_asks")
            return
        if facts.act not in settings.acts:
            return
        missing = [
            name
            for name in ("recipient", "reason", "legal_basis")
            if not str(getattr(facts, name) or "").strip()
        ]
        for name in missing:
            what = f"passing_on.{name}"
            yield requires("monitor.passing_on_lacks", Need(what, "whoever_asks"), about=name, what=what)
        if not missing:
            yield permits("monitor.may_pass_on")


def _is(what: str, answer: bool | None) -> bool | str:
    """The answer, or the name of what is not known."""
    return what if answer is None else answer


def _act_and_object(
    facts: SystemsMonitor, acts: Sequence[str] | None, objects: Sequence[str] | None
) -> bool | str:
    return _among(("monitor_act", facts.act, acts), ("monitor_object", facts.object, objects))


def _among(*asked: tuple[str, str | None, Sequence[str] | None]) -> bool | str:
    """Whether each value is among those wanted (None: any will do), or the name of one that is not known."""
    not_known = ""
    for name, value, wanted in asked:
        if wanted is None or value in wanted:
            continue
        if value is not None:
            return False
        not_known = not_known or name
    return not_known or True
