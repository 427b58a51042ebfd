"""The school's equipment and systems: using them, and watching over their use."""

from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field

from schoolgate.rulebook.facts import Act, Attested, Day, Facts, Name, Tri, Whole, Written, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment


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
        _("whether pictures or films are taken"), _("Are pictures or films taken with it?")
    )
    for_school_account: Tri = fact(
        _("whether something goes on a school account with it"),
        _("Is something posted on a school account with it?"),
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
