"""Reporting and first assessment of an incident; judging conduct."""

from datetime import timedelta
from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Attested,
    Day,
    Facts,
    Instant,
    Name,
    Person,
    Relation,
    Tri,
    derived,
    fact,
)
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.chosen_time import ChosenTime, due_by_choice, is_over
from schoolgate.rulebook.situations.incident import (
    AgainstPolicy,
    CalledFor,
    ChildPart,
    Harmed,
    IncidentKind,
    Judgement,
    LinkedPolicy,
    PersonTold,
    Step,
    found_unacceptable,
)
from schoolgate.rulebook.working_time import Calendar, in_utc, local_day


@moment(
    "incident.report",
    _("Something has happened that should be reported"),
    """senior_told line_manager_told time_to_report safeguarding_officer_told authorities_told
    abuse_by_colleague mistake_reported advice_sought way_to_report staff_may_report account_put_right
    staff_protected recorded evidence_kept""",
    law="leads_told breach_authority",
    asks=Asks.DUTY,
)
class IncidentReport(Act, asked_of="incident.reporter", prefix="incident."):
    """`by` saw it, suffered it or did it: `part` says which. `breach`: as far as `by` can say. `child`: how
    a child is involved, empty where none is; `child_is_family`, `recorded` and `evidence_saved`: no
    unless stated. `first_happened`: the day
    of the first time. `told`: empty where no one was. `in_danger`: whether someone may be in danger now, as
    ticked or read in the words. `chosen`: "child_concern", "illegal", "breach"."""

    part: Literal["suffered", "saw", "did"] | None = fact(_("whether you suffered it, saw it or did it"))
    kinds: tuple[IncidentKind, ...] | None = fact()
    unacceptable: Attested | None = Field(
        None, description=_("someone’s judgement that the conduct is unacceptable")
    )
    breach: Literal["discovered", "suspected", "none"] | None = fact()
    done_by: Relation | None = fact(
        _("what connection the person who did it has with the school"),
        _("How is the person who did it connected with the school?"),
    )
    aimed_at_account: Tri = fact(
        _("whether the comment is aimed at an official account or at those who run it"),
        _("Is it aimed at an account of the school, or at those who run it?"),
    )
    harmed: tuple[Harmed, ...] | None = fact()
    line_manager_involved: Tri = fact(
        _("whether it is about the line manager"), _("Is it about your own line manager?")
    )
    child: tuple[ChildPart, ...] | None = fact()
    child_is_family: Tri = fact(_("whether the child is in the reporter’s own family"), default=False)
    may_be_illegal: Tri = fact(_("whether the matter may be illegal"))
    in_danger: Tri = fact(_("whether someone may be in danger now"), _("Is someone in danger now?"))
    country: Literal["england", "wales"] | None = Field(None, description=_("the country the school is in"))
    noticed_at: Instant | None = Field(None, description=_("when the matter was noticed"))
    first_happened: Day | None = Field(None, description=_("when the incident first happened"))
    told: tuple[PersonTold, ...] | None = fact()
    lead_was_told: Tri = Field(None, description=_("whether a safeguarding lead or deputy was told"))
    agreed_route: Tri = fact(_("whether it was reported by the agreed route"))
    put_right: Tri = fact(_("dealing with the misuse of the account"), of="account_team")
    recorded: Tri = fact(_("whether a record of it was made"), default=False)
    evidence_saved: Tri = fact(_("whether the evidence was saved"), default=False)
    chosen: tuple[ChosenTime, ...] = Field((), description=_("times the federation chose"))
    calendar: Calendar | None = Field(None, description=_("the school’s calendar"))

    @derived("incident.unacceptable")
    def held_unacceptable(self, _facts: Facts) -> bool | None:
        """Whether it was found unacceptable conduct of another kind."""
        return found_unacceptable(self.unacceptable)

    @derived("incident.child", label=_("whether a child may be involved"))
    def perhaps_a_child(self, _facts: Facts) -> bool:
        """Whether a child may be involved: yes as long as it is not known."""
        return self.child != ()

    @derived("incident.child", label=_("whether a child’s safety may be at stake"))
    def touches_a_child(self, _facts: Facts) -> bool:
        """Whether a child's safety may be at stake: yes, unless it is certain that no child is involved and
        no one is said or read to be in danger."""
        return self.child != () or self.in_danger is True

    @derived("incident.told", label=_("whether anyone else was told"))
    def told_somebody_else(self, _facts: Facts) -> bool | None:
        """Whether anyone but the person themselves was told."""
        if self.told is None or (self.told and self.by is None):
            return None
        return any(self.by is None or one.key != self.by.key for one in self.told)

    @derived("incident.told", label=_("whether it is known how many days passed before the report"))
    def days_known(self, _facts: Facts) -> bool:
        """Whether it can be told how many days the report took."""
        return self.days_to_report(self) is not None

    @derived("incident.told", label=_("how many days passed before the matter was reported"))
    def days_to_report(self, _facts: Facts) -> int | None:
        """The days from the first time to the first report."""
        told = min((one.at for one in self.told or () if one.at is not None), default=None)
        if told is None or self.first_happened is None:
            return None
        return max((local_day(told) - self.first_happened).days, 0)

    @derived("day", of="office", label=_("at once"))
    def at_once(self, _facts: Facts) -> Due:
        """At once: when it was noticed; where that is not known, now."""
        since = self.noticed_at or self.now
        return Due(instant=in_utc(since) if since is not None else None, day=self.day, at_once=True)

    @derived("day", of="office", label=_("when the school became aware of the matter"))
    def aware_at(self, _facts: Facts) -> Instant | None:
        """When it was noticed; where that is not known, now."""
        return self.noticed_at or self.now

    @derived("day", of="office", label=_("whether the matter was reported too late to be “at once”"))
    def at_once_over(self, _facts: Facts) -> bool | None:
        """Whether any time has passed since it was noticed."""
        return is_over(self.at_once(self), self.noticed_at, self.now)

    @derived("day", of="office", label=_("how many hours since the matter was noticed"))
    def hours_since(self, _facts: Facts) -> int:
        """The whole hours since it was noticed."""
        return self._minutes_gone // 60

    @derived("day", of="office", label=_("minutes since the matter was noticed, on top of the whole hours"))
    def minutes_since(self, _facts: Facts) -> int:
        """The minutes since it was noticed that make no whole hour."""
        return self._minutes_gone % 60

    @property
    def _minutes_gone(self) -> int:
        if self.noticed_at is None or self.now is None:
            return 0
        return max((in_utc(self.now) - in_utc(self.noticed_at)) // timedelta(minutes=1), 0)

    def _at_once_or_chosen(self, what: str) -> Due | None:
        since, at_once = self.noticed_at or self.now, self.at_once(self)
        return due_by_choice(self.chosen, what, since, self.day, self.calendar, otherwise=at_once)

    @derived("calendar", of="office", label=_("when a breach must be reported by"))
    def breach_due(self, _facts: Facts) -> Due | None:
        """By when a breach has to be made known: at once, or in the minutes that the federation chose."""
        return self._at_once_or_chosen("breach")

    @derived("calendar", of="office", label=_("when the authorities must be told of a concern about a child"))
    def child_concern_due(self, _facts: Facts) -> Due | None:
        """By when the authorities hear of a worry about a child: at once, or when the federation chose."""
        return self._at_once_or_chosen("child_concern")

    @derived("calendar", of="office", label=_("when the authorities must be told of a possible crime"))
    def illegal_due(self, _facts: Facts) -> Due | None:
        """By when the authorities hear of a possible crime: at once, or when the federation chose."""
        return self._at_once_or_chosen("illegal")


@moment(
    "incident.assess",
    _("Assessing a report"),
    """first_assessment gravity colleagues_brought_in outside_bodies_brought_in safeguarding_mark
    policy_kept_with_case taken_up same_for_all hours_and_equipment confidential_contained
    reputation_contained""",
    asks=Asks.DUTY,
)
class IncidentAssess(Facts, asked_of="incident.assessor", prefix="incident."):
    """`rank`: in the policy's own word. `subject`: the person whose conduct it is. `called_for`,
    `set_aside_because`: empty where no one more, or where it is not. `chosen`: "first_look",
    "containment"."""

    by: Person | None = fact(_("who assesses the report"), need="incident.assessed_by", of="office")
    reported_at: Instant | None = Field(None, description=_("when the comment was reported"))
    taken_up: Tri = fact(
        _("whether anyone has opened the report"), need="incident.was_taken_up", of="incident.handler"
    )
    kinds: tuple[IncidentKind, ...] | None = fact(
        _("what kind of incident it is"), _("What kind of concern is it?")
    )
    unacceptable: Attested | None = Field(
        None, description=_("someone’s judgement that the conduct is unacceptable")
    )
    subject: Person | None = Field(None, description=_("the person whose conduct is in question"))
    broke: Literal["conduct_code", "other_part"] | None = fact(
        _("which part of the policy was breached"), _("Which part of the policy was broken?")
    )
    rank: Name | None = fact(
        _("how serious the matter is"), _("How serious is it, in the policy’s own words?")
    )
    called_for: tuple[CalledFor, ...] | None = fact(
        _("who needs to be involved"), _("Who else needs to be involved?")
    )
    harmed: tuple[Harmed, ...] | None = fact(_("who was harmed"), _("Who was harmed?"))
    safeguarding_mark: Tri = fact(_("the safeguarding mark"), _("Do you mark it as a safeguarding matter?"))
    child_involved: Tri = fact(
        _("whether a child is involved, and how"), _("Is a child involved?"), need="incident.child"
    )
    linked_policies: tuple[LinkedPolicy, ...] | None = fact(
        _("which other policies apply"), _("Which other policies apply, in which version?")
    )
    set_aside_because: tuple[Literal["outside_hours", "own_equipment", "not_staff", "other"], ...] | None = (
        fact(_("whether you want to drop the case, and why"), _("Do you want to drop it? If so, why?"))
    )
    confidential_exposed: Tri = fact(
        _("whether confidential information is exposed"), _("Can confidential information be seen?")
    )
    reputation_at_risk: Tri = fact(
        _("whether the school’s name may be harmed"), _("Could it harm the school’s name?")
    )
    steps: tuple[Step, ...] | None = fact(
        _("action taken so far"), _("What has been done to limit the harm?")
    )
    chosen: tuple[ChosenTime, ...] = Field((), description=_("times the federation chose"))
    calendar: Calendar | None = Field(None, description=_("the school’s calendar"))

    @derived("incident.unacceptable")
    def held_unacceptable(self, _facts: Facts) -> bool | None:
        """Whether it was found unacceptable conduct of another kind."""
        return found_unacceptable(self.unacceptable)

    @derived("incident.subject_relation", _("what connection the person concerned has with the school"))
    def subject_relation(self, _facts: Facts) -> Relation | None:
        """What the person concerned is to the school."""
        return self.subject.relation if self.subject else None

    @derived("calendar", of="office", label=_("when the report must be opened by"))
    def first_look_due(self, _facts: Facts) -> Due | None:
        """The deadline for opening the report."""
        return due_by_choice(self.chosen, "first_look", self.reported_at, self.day, self.calendar)

    @derived("day", of="office", label=_("whether the time to open the report is over"))
    def first_look_over(self, _facts: Facts) -> bool | None:
        """Whether that time has run out."""
        return is_over(self.first_look_due(self), self.reported_at, self.now)

    @derived("calendar", of="office", label=_("when confidential information must be protected by"))
    def containment_due(self, _facts: Facts) -> Due | None:
        """By when confidential information has to be protected."""
        return due_by_choice(self.chosen, "containment", self.reported_at, self.day, self.calendar)

    @derived("day", of="office", label=_("whether the time to protect the information is over"))
    def containment_over(self, _facts: Facts) -> bool | None:
        """Whether that time has run out."""
        return is_over(self.containment_due(self), self.reported_at, self.now)


Concerned = Literal[
    "school",
    "staff",
    "pupil",
    "governor",
    "parent",
    "friend",
    "volunteer",
    "contractor",
    "connected",
    "stranger",
]
"""The subject. "connected": linked with the school in another way; "stranger": not linked with it."""


@moment(
    "conduct.judge",
    _("Judging someone’s conduct on social media"),
    """threats improper_remarks defamatory_remarks bullying discrimination other_policies attacks
    abuse_of_people parents_protected weakening_policy pestering""",
)
class ConductJudge(Act, asked_of="incident.handler", prefix="conduct."):
    """`by`: the person whose conduct it is. `judged`: None where it was not judged; a kind left out was not
    found. `with_permission`: no unless stated."""

    judged: tuple[Judgement, ...] | None = fact(
        _("how the person judging describes the conduct"), _("What is it, in your judgement?")
    )
    about: tuple[Concerned, ...] | None = fact(_("who it is about"), _("Who is it about?"))
    against: tuple[AgainstPolicy, ...] | None = fact(
        _("which other policies the conduct breaches"),
        _("Which other policies does it break, in which version?"),
    )
    marked_as_own_view: Tri = fact(
        _("whether the author marked it as their own view"),
        _("Did the author mark it as their own view?"),
        need="conduct.own_view",
    )
    with_permission: Tri = fact(
        _("whether the people concerned had agreed"),
        _("Had the people concerned agreed to it?"),
        default=False,
    )
