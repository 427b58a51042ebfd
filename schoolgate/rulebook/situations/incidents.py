"""Incidents from report to end: kinds and parts, never what was said and never a name. One event can be of
several kinds at once. Of a child only the kind of its part is recorded."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Ask,
    Attested,
    Day,
    Facts,
    Given,
    Instant,
    Name,
    Part,
    Person,
    Relation,
    Roles,
    Tri,
    derived,
    fact,
)
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.times import ChosenTime, due_by_choice, is_over
from schoolgate.rulebook.working_time import Calendar, in_utc, local_day

IncidentKind = Literal[
    "worry",
    "unsure",
    "mistake",
    "misuse",
    "account_abuse",
    "abuse",
    "pestered",
    "targeted",
    "defamatory",
    "discriminatory",
    "offensive",
    "harassing",
    "data_protection_breach",
    "confidentiality_breach",
    "copyright_breach",
]
"""The reporter's description. "unsure": a person who runs an account would like advice. "misuse": social
media used against the policy. "account_abuse": an official account in the wrong hands, or used for wrong
ends."""

ChildPart = Literal[
    "sent_to_own_account",
    "improper_communication",
    "discloses_information",
    "displays_behaviour",
    "exposed_to_information",
    "exposed_to_behaviour",
]
"""A child's part in it: wrote to an adult's own account, is party to improper communication, told or did
something worrying, was shown or met with something worrying."""

Body = Literal[
    "police", "ceop", "local_authority", "data_protection_authority", "network", "health_service", "other"
]
"""A body outside the school."""

Harmed = Literal[
    "staff", "governor", "friend", "volunteer", "parent", "child", "young_person", "vulnerable_adult", "other"
]
"""Who was harmed, by group."""


class PersonTold(Part, asked_of="incident.handler"):
    """A person who was told, with the policy's own roles that they hold, or a body outside the school.
    `at`: when it was sent; `read`: whether they have opened it."""

    key: Name | None = Field(None, description=_("which person it is"))
    roles: Roles = ()
    body: Body | None = Field(None, description=_("which outside body this is"))
    at: Instant | None = Field(None, description=_("when they were told"))
    read: Tri = Field(None, description=_("whether they have opened the report"))
    read_at: Instant | None = Field(None, description=_("when they opened the report"))

    @derived("incident.told", label=_("which outside body was told"))
    def outside(self, _facts: Facts) -> Body | Literal["none"]:
        """Which body outside the school this is."""
        return self.body or "none"


class CalledFor(Part, asked_of="incident.assessor"):
    """A person or body that the assessment calls for, and whether they were involved."""

    who: Literal["colleague", "outside_body"] = Field(
        description=_("whether this is a colleague or an outside body")
    )
    key: Name = Field(description=_("which person or body it is"))
    brought_in: Tri = fact(
        _("whether they are involved"), _("Are they involved now?"), need="incident.was_brought_in"
    )


class LinkedPolicy(Part, asked_of="incident.assessor"):
    """Another policy that bears on it. `version`: the one in force on the day, saved with the case."""

    name: Name = Field(description=_("which policy it is"))
    version: Name | None = fact(need="incident.policy_version")


class Step(Part):
    """A step taken to limit the harm."""

    what: Literal["removal", "access_withdrawn", "data_protection_lead_told", "statement", "other"] = Field(
        description=_("what was done")
    )
    by: Name = Field(description=_("who did it"))
    at: Instant = Field(description=_("when it was done"))


class HelpAsked(Part, asked_of="office"):
    """Something that a person under suspicion was asked for, by a day (None: no day was given)."""

    what: Literal["statement", "content", "export"] = Field(description=_("what was asked for"))
    by_day: Day | None = fact(need="day")
    given: Tri = fact(
        _("whether the person provided this"),
        _("Did they provide it?"),
        need="incident.help_given",
        of="incident.handler",
    )

    @derived("day", label=_("the day by which it was needed"))
    def due(self, _facts: Facts) -> Due:
        """The day by which it was asked for."""
        return Due(day=self.by_day)

    @derived("day", label=_("whether the day it was needed by has passed"))
    def day_passed(self, facts: Facts) -> bool | None:
        """Whether the day by which it was asked for has passed, if any was given."""
        if self.by_day is None:
            return False
        return facts.day > self.by_day if facts.day is not None else None


class AccessAsked(Part, asked_of="incident.handler"):
    """A request for a password or login details. `account`: a person's own, or one of the school's list."""

    what: Literal["password", "login_details"]
    account: Literal["private", "registered"] | None = fact(
        "", _("Whose account is it?"), need="incident.whose_account"
    )
    bears_on_it: Tri = fact(
        _("whether this is relevant to the investigation"),
        _("Is it relevant to the investigation?"),
        need="incident.bears_on_it",
    )


class Investigation(Part, asked_of="incident.handler"):
    """How far an investigation is. `lead`: who investigates (None: not named yet)."""

    lead: Person | None = fact(need="incident.lead")
    findings_written: Tri = fact(
        _("a written account of the result"), _("Is the result written down?"), need="incident.findings"
    )
    ended: Tri = fact(
        _("the end of the investigation"), _("Has the investigation ended?"), need="incident.end"
    )


class Escalation(Part):
    """The answer to the question whether it goes further up: to which roles, or not, and why."""

    to: Roles = ()
    reason_given: Tri = None


class Action(Part):
    """An action taken after a breach."""

    what: Literal["reminder", "training", "removal", "access_withdrawn", "discipline", "other"] = Field(
        description=_("what was done")
    )
    by: Name = Field(description=_("who did it"))
    on: Day | None = Field(None, description=_("the day it was done"))


class Agency(Part, asked_of="incident.handler"):
    """An outside body that may have to be told, and the decision about that (None: nothing yet)."""

    body: Body = Field(description=_("which outside body this is"))
    answer: Literal["reported", "not_relevant"] | None = fact(
        _("whether this body has been told or is not concerned"), need="incident.agency_answer"
    )


class Discipline(Part, asked_of="incident.handler"):
    """The disciplinary outcome entered. `by`: the person who decided it; `reasons`: written."""

    outcome: Literal["none", "disciplinary_action", "dismissal"]
    by: Person | None = fact(
        _("a disciplinary decision by a named person"),
        _("Who decided?"),
        need="incident.discipline_decided",
    )
    reasons: Tri = fact(
        _("the reasons, in writing"), _("Are the reasons written down?"), need="incident.reasons"
    )


class Judgement(Part):
    """A person's answer to the question whether what was written or done is of this kind."""

    what: Literal[
        "threatening",
        "inappropriate",
        "defamatory_comment",
        "bullying",
        "harassing",
        "discriminating",
        "attack",
        "abuse",
        "discuss",
        "undermine",
        "pestered",
        "targeted",
    ] = Field(description=_("what was found"))
    answer: Annotated[Attested, Ask("conduct.judged", "incident.handler")]


class AgainstPolicy(Part, asked_of="incident.handler"):
    """A person's answer to the question whether it goes against another policy, and that policy's version
    in force on the day of what was done."""

    policy: Name = Field(description=_("which policy it is"))
    answer: Annotated[Attested, Ask("conduct.judged", "incident.handler")]
    version: Name | None = fact(
        _("the version of that policy in force on the day"), need="incident.policy_version"
    )


def found_unacceptable(answer: Attested | None) -> bool | None:
    """Return whether it was found unacceptable conduct of another kind than those that a policy lists: no
    as long as no one was asked; None where it changed since the finding."""
    if answer is None:
        return False
    return answer.answer if answer.of_this_version is True else None


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


@moment(
    "incident.investigate",
    _("Investigating an incident"),
    """first_assessment lead_investigator full_investigation suspect_helps passwords login_details
    manager_acts accused_protected seen_by_two""",
    house="private_password",
    asks=Asks.DUTY,
)
class IncidentInvestigate(Facts, asked_of="incident.handler", prefix="incident."):
    """`breach`: what is reported or found. `found_unacceptable`: already before. `suspected`: the person
    whose conduct is investigated. `passed_to_manager_at`: when the manager who has to act got it. `chosen`:
    "manager_acts"."""

    by: Person | None = Field(None, description=_("who did it"))
    assessments: tuple[Given, ...] | None = fact(_("the first assessment"), need="incident.assessment")
    lead: Person | None = fact(_("who investigates"), _("Who leads the investigation?"))
    breach: Literal["potential", "actual", "none"] | None = fact(
        _("whether the policy was breached"), _("Was the policy broken?")
    )
    found_unacceptable: Tri = fact(_("whether the conduct is unacceptable"), need="incident.unacceptable")
    begun: Tri = fact(_("whether an investigation has begun"), _("Has the investigation begun?"))
    investigation: Investigation | None = Field(None, description=_("the investigation"))
    suspected: Person | None = Field(None, description=_("the person under investigation"))
    accused: Tri = fact(_("whether someone is accused"), _("Is someone accused?"))
    access_log: Tri = fact(_("who had access that day"), _("Is there a list of who had access that day?"))
    message_log: Tri = fact(_("what was sent"), _("Is there a copy of what was sent?"))
    second_present: Tri = fact(
        _("whether a second member of staff is present when the evidence is looked at"),
        _("Is a second member of staff with you when you look at the evidence?"),
    )
    help_asked: tuple[HelpAsked, ...] | None = fact(
        _("what the person was asked to provide"), _("What was the person asked to provide?")
    )
    access_asked: AccessAsked | None = fact(
        _("whether the account is on the school’s list or is the person’s own"),
        _("Do you want to ask for a password or login details?"),
        need="incident.whose_account",
    )
    conduct_fell_short: Tri = fact(
        _("whether conduct fell below what the policy requires"),
        _("Did conduct fall below what the policy expects?"),
    )
    passed_to_manager_at: Instant | None = Field(None, description=_("when the manager received the report"))
    manager_actions: tuple[Action, ...] | None = fact(
        _("whether the manager has acted"), _("What has the manager done?"), need="incident.manager_acted"
    )
    chosen: tuple[ChosenTime, ...] = Field((), description=_("times the federation chose"))
    calendar: Calendar | None = Field(None, description=_("the school’s calendar"))

    @derived("incident.subject_relation")
    def suspected_relation(self, _facts: Facts) -> Relation | None:
        """What the person under suspicion is to the school."""
        return self.suspected.relation if self.suspected else None

    @derived("incident.whose_account", label=_("whether a password or login details are asked for"))
    def wanted(self, _facts: Facts) -> Literal["password", "login_details", "nothing"]:
        """Which of a password and login details is requested."""
        return self.access_asked.what if self.access_asked else "nothing"

    @derived("calendar", of="office", label=_("when the manager must act by"))
    def manager_due(self, _facts: Facts) -> Due | None:
        """By when the manager has to act."""
        return due_by_choice(self.chosen, "manager_acts", self.passed_to_manager_at, self.day, self.calendar)

    @derived("day", of="office", label=_("whether the manager’s time is over"))
    def manager_over(self, _facts: Facts) -> bool | None:
        """Whether that time has run out."""
        return is_over(self.manager_due(self), self.passed_to_manager_at, self.now)


@moment(
    "incident.conclude",
    _("Closing a case"),
    """first_assessment full_investigation senior_told escalation fitting_action in_house police
    outside_bodies discipline hours_and_equipment breach_rank dismissal named_decider
    discipline_of_others behaviour_policy school_values federation_reputation peoples_reputation
    refused_take_down""",
    asks=Asks.ACT,
)
class IncidentConclude(Facts, asked_of="incident.handler", prefix="incident."):
    """`found`: empty where nothing, None while that is open. `subject`: the person whose conduct it is.
    `in_house_outcome`: is it written down? `body_decisions`: `covers` names for which person. `rank`: the
    severity recorded. `discipline`: None where nothing is entered."""

    by: Person | None = Field(None, description=_("who did it"))
    assessments: tuple[Given, ...] | None = fact(need="incident.assessment")
    investigation: Investigation | None = fact(need="incident.lead")
    breach: Literal["potential", "actual", "none"] | None = fact()
    found: tuple[Literal["breach", "unacceptable", "illegal"], ...] | None = fact(
        _("what was concluded"), _("What did you find?")
    )
    kinds: tuple[IncidentKind, ...] | None = fact()
    unacceptable: Attested | None = Field(
        None, description=_("someone’s judgement that the conduct is unacceptable")
    )
    subject: Person | None = Field(None, description=_("the person whose conduct is in question"))
    listed_policy: Tri = fact(
        _("whether one of the listed policies was breached"),
        _("Was one of the policies that this policy lists broken?"),
    )
    in_working_hours: Tri = Field(None, description=_("whether this happened in working hours"))
    school_equipment: Tri = Field(None, description=_("whether school equipment was used"))
    escalation: Escalation | None = fact(
        _("whether the case is escalated: to which person, or why not"),
        _("Will it be escalated to someone more senior?"),
    )
    actions: tuple[Action, ...] | None = fact(
        _("what was done about the breach"), _("What action was taken?"), need="incident.action"
    )
    in_house_owner: Name | None = fact(_("who deals with it in-house"), _("Who deals with it in the school?"))
    in_house_outcome: Tri = fact(_("the outcome"), _("Is the outcome written down?"))
    school: Name | None = fact(_("the school the conduct affects"))
    handled_by: Name | None = fact(_("the school that deals with it"), _("Which school deals with it?"))
    routes: (
        tuple[Literal["behaviour_policy", "disciplinary_policy", "complaints_procedure", "other"], ...] | None
    ) = fact(_("which procedure is used"), _("Which procedure is used?"))
    told: tuple[PersonTold, ...] | None = fact(_("who has been told"))
    agencies: tuple[Agency, ...] | None = fact(
        _("the bodies that may need to be told"), _("Which outside bodies need to know?")
    )
    rank: Name | None = fact()
    discipline: Discipline | None = fact(
        "", _("What is the disciplinary outcome?"), need="incident.discipline_decided"
    )
    harmed_reputations: (
        tuple[
            Literal["federation", "staff", "parents", "governors", "children", "directly_linked", "others"],
            ...,
        ]
        | None
    ) = fact(_("whose name was harmed"), _("Whose good name was harmed?"))
    body_decisions: tuple[Given, ...] | None = fact(
        _("the governing body’s decision"),
        _("For which of them has the governing body decided what to do?"),
        need="incident.body_decision",
    )
    take_down_refused: Tri = fact(
        _("whether the person refused to take the post down"),
        _("Did they refuse to take the post down?"),
    )

    @derived("incident.unacceptable")
    def held_unacceptable(self, _facts: Facts) -> bool | None:
        """Whether it was found unacceptable conduct of another kind."""
        return found_unacceptable(self.unacceptable)

    @derived("incident.subject_relation")
    def subject_relation(self, _facts: Facts) -> Relation | None:
        """What the person concerned is to the school."""
        return self.subject.relation if self.subject else None

    @derived("incident.found", label=_("whether a breach was found"))
    def breach_found(self, _facts: Facts) -> bool:
        """Whether a breach was found so far: no while that is open."""
        return "breach" in (self.found or ())

    @derived("incident.school", label=_("whether another school is dealing with the matter"))
    def with_another_school(self, _facts: Facts) -> bool | None:
        """Whether another school deals with it than the one that it touches: no while none does."""
        return (
            False
            if self.handled_by is None
            else None
            if self.school is None
            else self.handled_by != self.school
        )

    @derived("incident.rank", label=_("the severity recorded"))
    def put_down_as(self, _facts: Facts) -> str:
        """The severity recorded; empty while there is none."""
        return self.rank or ""

    @derived("incident.discipline_decided", label=_("the disciplinary outcome"))
    def outcome(
        self, _facts: Facts
    ) -> Literal["nothing_entered", "none", "disciplinary_action", "dismissal"]:
        """The disciplinary outcome entered."""
        return self.discipline.outcome if self.discipline else "nothing_entered"
