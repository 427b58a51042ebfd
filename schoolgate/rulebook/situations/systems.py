"""The school’s equipment and systems: using them, watching over their use, searching with them, and a breach
of the data in them."""

from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Attested,
    Day,
    Facts,
    Instant,
    Name,
    Part,
    Person,
    Roles,
    Tri,
    Whole,
    Written,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.working_time import in_utc

# The school's equipment and systems: using them, and watching over their use.


@moment(
    "equipment.use",
    _("Private use of equipment, networks and working time"),
    """private_use_at_work school_computers school_networks school_systems private_work_mail
    device_with_pupils posting_device working_time_lost""",
    asks=Asks.ACT,
)
class EquipmentUse(Act, asked_of="private_person", prefix="own_"):
    """`system`: another system of the school that is used for it. `at_work`: on the school's premises or
    during the working day; `working_time`: no break, no free time."""

    version: ClassVar[int] = 2

    device: Literal["own", "school"] | None = fact(
        _("whose device it is"), _("Whose computer or phone is it?")
    )
    network: Literal["own", "school"] | None = fact(_("whose connection it is"), _("Whose network is it?"))
    system: Literal["none", "work_mail", "publishing", "other"] | None = fact(_("which system is used"))
    purpose: Literal["private", "school"] | None = fact(_("whether it is private or for the school"))
    social_media: Tri = fact(_("whether it is social media"), _("Is it social media?"))
    at_work: Tri = fact(_("whether it is at work"), _("Is it at school, or during the working day?"))
    working_time: Tri = fact(_("whether it is working time"), _("Is it in working time, not during a break?"))
    with_pupils: Tri = fact(_("whether pupils are present"), _("Are pupils present?"))
    takes_pictures: Tri = fact(
        _("whether pictures or films are taken"), _("Is it used to take pictures or films?")
    )
    for_school_account: Tri = fact(
        _("whether it is used to post on a school account"),
        _("Is it used to post on a school account?"),
    )
    measure_disputed: Tri = fact(
        _("whether the question is how much use is too much"), _("Is your question how much use is too much?")
    )


@moment("equipment.overuse", _("Consequences of private use at work"), "overuse_discipline", asks=Asks.MATTER)
class EquipmentOveruse(Act, asked_of="weighing_person", prefix="own_"):
    """`by` weighs the private use."""

    excessive: Attested | None = fact(
        _("grounds for suspecting excessive use"),
        _("In your judgement, and with good grounds, is it excessive?"),
        say="private.discipline_needs_grounds",
    )
    hinders_duties: Attested | None = fact(
        _("grounds for saying that this use interferes with the job"),
        _("In your judgement, does it get in the way of the job?"),
        say="private.discipline_needs_grounds",
    )
    place: Literal["in_school", "elsewhere"] | None = fact(_("whether it was in school"), _("Where is it?"))
    measure_disputed: Tri = fact(question=_("Is your question how much use is too much?"))


Held = Literal[
    "messages", "files", "data", "documents", "facsimiles", "telephone conversations", "social media posts",
    "social media conversations", "social media messages", "any other information or communication",
]  # fmt: skip


@moment(
    "systems.use",
    _("Using the school’s systems"),
    "proper_purpose ict_use_policy no_privacy kept_from_school notice_recorded",
    asks=Asks.ACT,
)
class SystemsUse(Act, asked_of="whoever_asks", prefix="use_"):
    """`documents_broken`: empty where none, None where no one looked. `recorded_as`: how the record of a
    sign-in words that the notice of monitoring was shown."""

    serves: Literal["school work", "teaching", "own gain", "unlawful end", "other"] | None = fact(
        _("what it is used for"), _("What is the use for?")
    )
    documents_broken: tuple[Name, ...] | None = fact(
        _("whether it breaks the rules of another document"), need="use_against"
    )
    what: Held | None = fact(
        _("what would be sent, printed or saved"), _("What would you send, print or save?")
    )
    private_from_school: Tri = fact(
        _("whether it is meant to be private from the school"),
        _("Is it something the school shouldn’t see?"),
        need="private_from_school",
    )
    recorded_as: Literal["informed", "consent"] | None = Field(
        None, description=_("the wording of the notice in the sign-in record")
    )


MonitorAct = Literal[
    "access", "inspect", "review", "retrieve", "record", "disclose", "print", "retain", "delete",
    "intercept", "log keystrokes", "watch the network",
]  # fmt: skip
MonitorObject = Literal[
    "transactions", "messages", "communications", "postings", "log-ins", "recordings", "other uses"
]


@moment(
    "systems.monitor",
    _("Checking what was done on the school’s systems"),
    """monitoring monitoring_policy monitoring_notice monitoring_purpose monitoring_range interception
    keystrokes network_watching copies passing_on deleting_copies""",
    house="needed_for_case",
    asks=Asks.ACT,
)
class SystemsMonitor(Act, asked_of="whoever_asks"):
    """`by` wants to do `act` to `object`. `case_or_rule`: the case or rule under investigation;
    `business_need`: as written down; `second_person`: the key of the other person who agreed.
    `policy_named`: the standing policy behind the request, "" for none. `range_...`: the days asked for;
    `case_...`: the days of the case. `recipient`, `reason`, `legal_basis`: of a passing on.
    `retention_days`: how long a copy is retained, as the federation set it; `copied_on`: since when this
    one is. `assessment_...`: of an impact assessment."""

    act: MonitorAct | None = fact(_("what you want to do with it"), need="monitor_act")
    object: MonitorObject | None = fact(_("what you want to check"), need="monitor_object")
    of_staff: Tri = fact(_("whether it is about something that staff did"))
    on_systems: Tri = fact(_("whether it was done on the school’s systems"))
    when: Literal["on duty at work", "off duty at work", "away from work"] | None = fact(
        _("whether it was during or outside working time"), _("When was it done?"), need="monitored_when"
    )
    by_program: Tri = fact(_("whether the program would do it automatically"))
    purpose: Literal["rule compliance", "legitimate business purpose", "other"] | None = fact(
        _("the purpose of the check"), _("Why does the school want to look?"), need="monitoring_purpose"
    )
    case_or_rule: Name | None = Field(None, description=_("the case or rule under investigation"))
    business_need: Written = Field(None, description=_("a description of the need"))
    second_person: Name | None = Field(None, description=_("the second person who agreed"))
    policy_named: str | None = Field(None, description=_("the policy behind the request"))
    policy_of: Literal["Federation policies", "individual school policies"] | None = fact(
        _("whose policy it is")
    )
    notice_seen: Tri = fact(
        _("whether this person has seen the monitoring notice"),
        _("Did the person see the notice that use is monitored?"),
        of="office",
    )
    range_from: Day | None = Field(None, description=_("the first day asked for"))
    range_to: Day | None = Field(None, description=_("the last day asked for"))
    case_from: Day | None = Field(None, description=_("the first day of the case"))
    case_to: Day | None = Field(None, description=_("the last day of the case"))
    recipient: Written = Field(None, description=_("who receives what was found"))
    reason: Written = Field(None, description=_("the reason"))
    legal_basis: Written = Field(None, description=_("the legal basis"))
    retention_days: Whole | None = Field(None, description=_("how many days a copy is kept"))
    copied_on: Day | None = Field(None, description=_("the day the copy was made"))
    kept_for_case: Tri = fact(_("whether it is needed for an open case or request"), of="office")
    assessment_on: Day | None = Field(None, description=_("the day of the impact assessment"))
    assessment_by: Name | None = Field(None, description=_("who did the impact assessment"))

    @derived("policy_named", _("the policy the request is based on"))
    def names_a_policy(self, _facts: Facts) -> bool | None:
        """Whether the request is based on a standing policy."""
        return None if self.policy_named is None else bool(self.policy_named.strip())

    @derived("second_agreement", _("a second person’s agreement"), of="reader")
    def second_agreed(self, _facts: Facts) -> bool | None:
        """Whether a second person agreed."""
        if self.second_person is None:
            return False
        return None if self.by is None else self.by.key != self.second_person

    @derived("monitoring_range", _("the dates to be checked and those of the case"))
    def within_case(self, _facts: Facts) -> bool | None:
        """Whether the days asked for are within those of the case."""
        first, last = self.range_from, self.range_to
        if first is None or last is None or self.case_from is None or self.case_to is None:
            return None
        return self.case_from <= first and last <= self.case_to

    @derived("monitoring_range")
    def copy_until(self, _facts: Facts) -> date | None:
        """The last day on which the copy is retained, where there is one."""
        if self.copied_on is None or self.retention_days is None:
            return None
        return self.copied_on + timedelta(days=self.retention_days)

    @derived("day", of="office")
    def copy_too_old(self, _facts: Facts) -> bool | None:
        """Whether the copy is past its retention period."""
        until = self.copy_until(self)
        if until is None:
            return False
        return None if self.day is None else self.day > until


# Searches: public statements about the school, and applicants for a job.


class SavedSearch(Part, asked_of="office"):
    """A saved search. `school`: None where it is about the federation as a whole."""

    key: Name | None = Field(None, description=_("which one it is"))
    subject: Literal["federation", "school"] | None = Field(
        None, description=_("whether the search is about the federation or a school")
    )
    school: Name | None = Field(None, description=_("which school it is about"))
    reads: Literal["public", "private"] | None = fact(
        _("whether the search reads only public posts"), need="listening_reads"
    )
    active: Tri = Field(None, description=_("whether the search is in use"))
    last_run: Day | None = fact(_("when the search was last done"), need="listening_last_run")

    @derived("listening_last_run")
    def next_by(self, facts: "ListeningSearch") -> date | None:
        """The day by which it must be repeated, by the interval that counts."""
        interval = facts.interval
        if self.last_run is None or interval is None:
            return None
        return self.last_run + timedelta(days=interval.days)


class IntervalChoice(Part):
    """How often the federation chose to look, where its policy names no number, and who chose."""

    days: Whole = Field(description=_("how many days"))
    by: Name = Field(description=_("who chose it"))
    from_day: Day | None = Field(None, description=_("its first day"))


@moment(
    "listening.search",
    _("Looking for public posts about the school"),
    "searched_for search_covered",
    asks=Asks.ACT,
)
class ListeningSearch(Facts, asked_of="office"):
    """`searches`: an empty list where there are none. `interval`: None where the federation has chosen
    nothing."""

    by: Person | None = Field(None, description=_("who did it"))
    searches: tuple[SavedSearch, ...] | None = fact(_("which searches are set up"), need="listening_searches")
    schools: tuple[Name, ...] | None = fact(_("the schools of the federation"), need="listening_schools")
    interval: IntervalChoice | None = Field(None, description=_("how often the federation searches"))

    @derived("listening_last_run")
    def interval_chosen(self, _facts: Facts) -> bool:
        """Whether the federation chose how often, and the choice is in force on the day judged."""
        chosen = self.interval
        if chosen is None or chosen.from_day is None:
            return chosen is not None
        return self.day is not None and chosen.from_day <= self.day

    @derived("listening_schools")
    def schools_without_search(self, _facts: Facts) -> tuple[str, ...] | None:
        """The schools without anyone who searches."""
        if self.schools is None or self.searches is None:
            return None
        found = {one.school for one in self.searches if one.subject == "school" and one.active}
        return tuple(one for one in self.schools if one not in found)


@moment(
    "listening.found",
    _("Seeing something about the school online"),
    "found_told found_everybody",
    asks=Asks.DUTY,
)
class ListeningFound(Act, asked_of="listening_finder"):
    """`by` saw it. `also`: other kinds it was taken to be. `route`: None where nothing has been chosen.
    `told`: roles."""

    bad_light: Tri = fact(
        _("whether it shows the school or its people in a bad light"), need="listening_bad_light"
    )
    also: tuple[Literal["misuse", "breach"], ...] = Field((), description=_("what else it might have been"))
    route: Literal["line_manager", "whistleblowing"] | None = Field(
        None, description=_("how what was found is passed on")
    )
    told: Roles | None = Field(None, description=_("the roles that were told"))

    @derived("listening_told", _("who has been told"))
    def known_to(self, _facts: Facts) -> Roles | None:
        """The roles that know of it. In a whistleblowing case no one has to be told."""
        return () if self.told is None and self.route == "whistleblowing" else self.told


class Candidate(Part, asked_of="recruiter", prefix="recruitment_"):
    """A candidate on the shortlist. `same_terms`: a search with the same terms for all candidates;
    `by_panel`: the searcher sits on the panel."""

    key: Name | None = Field(None, description=_("which person it is"))
    searched: Tri = fact(_("whether this candidate was searched for"))
    same_terms: Tri = fact(_("whether the same terms were used as for the others"))
    by_panel: Tri = fact(_("whether someone on the panel made the search"))


@moment(
    "recruitment.search",
    _("Searching for a candidate online"),
    "candidate_search candidate_data candidate_equality",
    law="candidate_told candidate_kept",
    house="candidates_alike",
    asks=Asks.ACT,
)
class RecruitmentSearch(Act, asked_of="recruiter", prefix="recruitment_"):
    """`unsuccessful`: the post went to another candidate; `delete_on`: the day that the federation set for
    deleting."""

    by: Person | None = fact(_("who looks"), need="recruitment_searcher", of="office")
    act: Literal["search", "read_findings", "keep"] | None = fact(
        _("whether you are about to make, read or save a search")
    )
    for_vacancy: Tri = fact(_("whether it is about a job candidate"), need="recruitment_vacancy")
    informed: Tri = fact(
        _("whether the candidate was told that searches may be made"),
        _("Was the candidate told that online searches might be made?"),
    )
    shortlist: tuple[Candidate, ...] | None = fact(_("who is on the shortlist"))
    on_shortlist: Whole | None = fact(
        _("how many people are on the shortlist"), _("How many people are on the shortlist?")
    )
    searched_for: Whole | None = fact(
        _("how many of them are searched for"), _("How many of them will you search for?")
    )
    unsuccessful: Tri = fact(_("whether someone else got the job"), _("Did the job go to someone else?"))
    delete_on: Day | None = Field(None, description=_("the day to delete the results"))


# A personal data breach: what the law asks of it, and what closing its record needs.


BreachRisk = Literal["none", "risk", "high"]
"""How great the risk to people is: unlikely to be any, some, high."""

NotTold = Literal["protected", "averted", "public_notice"]
"""Why the people need not be told one by one: the data can't be read by others, a later step took the high
risk away, or it would be out of proportion and a public notice takes its place."""

_ONE_HOUR = timedelta(hours=1)


@moment(
    "breach.status",
    _("Dealing with a personal data breach"),
    law="breach_risk breach_authority breach_delay breach_people breach_documented breach_content",
    asks=Asks.DUTY,
)
class BreachStatus(Facts, asked_of="incident.handler", prefix="breach."):
    """`aware_at`: when the school knew. `risk`, `authority_told_at`, `people_told_at`, `not_told`: None where
    that has not been done. `described`, `consequences`, `measures`: whether the record has them."""

    aware_at: Instant | None = fact(_("when the school became aware of the breach"))
    risk: BreachRisk | None = None
    authority_told_at: Instant | None = None
    delay_explained: Tri = None
    people_told_at: Instant | None = None
    not_told: NotTold | None = None
    described: Tri = fact(_("what happened, and to what data"))
    consequences: Tri = fact(_("the likely consequences"))
    measures: Tri = fact(_("what was done about the breach"))

    @derived("breach.aware_at")
    def hours_gone(self, _facts: Facts) -> int | None:
        """The elapsed hours begun since the school became aware, until the ICO was told, else until now.
        Seventy-two hours and one minute are seventy-three begun hours, whatever the clocks did."""
        until = self.authority_told_at or self.now
        if self.aware_at is None or until is None:
            return None
        return max(-((in_utc(self.aware_at) - in_utc(until)) // _ONE_HOUR), 0)


@moment(
    "breach.close",
    _("Closing the record of a personal data breach"),
    law="breach_risk breach_authority breach_delay breach_people breach_documented",
    asks=Asks.ACT,
)
class BreachClose(BreachStatus, asked_of="incident.handler", prefix="breach."):
    """As for its status: what was only to be done has to be done before the record is closed."""
