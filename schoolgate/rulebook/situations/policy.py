"""The policy: who it binds, what it covers, its life, and who gets a part under it."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Attested,
    Day,
    DayOrMonth,
    Facts,
    Folded,
    Name,
    Part,
    Person,
    Roles,
    Text,
    Tri,
    Whole,
    Written,
    derived,
    fact,
)
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.named_times import days_after
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment

# Is this person bound by the policy, and by which of its rules?


WorksAs = Literal[
    "employee",
    "senior manager",
    "officer",
    "director",
    "trainee",
    "homeworker",
    "part-time",
    "fixed-term",
    "consultant",
    "contractor",
    "casual",
    "agency",
    "volunteer",
]


NOT_EMPLOYED = frozenset({"consultant", "contractor", "casual", "agency", "volunteer"})


def engaged(person: Person, works_as: tuple[WorksAs, ...] | None) -> tuple[WorksAs, ...]:
    """Everything that a person is engaged as; staff who are nothing else are employees."""
    known = works_as or ()
    if person.relation != "staff" or not NOT_EMPLOYED.isdisjoint(known):
        return known
    return (*known, "employee")


@moment(
    "policy.binds",
    _("Does the policy apply to this person?"),
    "bound staff_rules conduct_code unmarked_rules employee_rules reaches_school",
    asks=Asks.MATTER,
)
class PolicyBinds(Facts, asked_of="office", prefix="policy."):
    """`works_as`: beside being staff, contractor or volunteer. `takes_part`: of a person who is not staff;
    empty: none. `rule_wording`: for "everyone" with a star, for staff, for employees, or for no one in
    particular."""

    person: Person | None = Field(None, description=_("the person it is about"))
    works_as: tuple[WorksAs, ...] | None = Field(None, description=_("what kind of work this person does"))
    systems_access: Tri = fact(
        _("whether they have access to the systems or equipment"),
        _("Do you have access to the school’s systems or equipment?"),
    )
    takes_part: tuple[Literal["runs_account", "writes_on_account"], ...] | None = fact(
        _("whether they run an account or post on one"),
        _("What part do you play in the school’s social media?"),
    )
    rule_wording: Literal["starred", "staff", "employees", "unmarked"] | None = Field(
        None, description=_("who the rule is addressed to")
    )
    school: Name | None = Field(None, description=_("which school it is about"))
    school_is_ours: Tri = fact(
        _("whether the school belongs to the federation"), _("Does the federation run your school?")
    )

    @derived("relation")
    def engaged_as(self, _facts: Facts) -> tuple[WorksAs, ...] | None:
        """Everything that a person is engaged as; staff who are nothing else are employees."""
        return None if self.person is None else engaged(self.person, self.works_as)

    @derived("policy.school_is_ours")
    def about_a_school(self, _facts: Facts) -> bool:
        """Whether the question is about one school."""
        return self.school is not None or self.school_is_ours is not None

    @property
    def actor(self) -> Person | None:
        """The person the question is about."""
        return self.person


# Is this covered by the policy: a message, a post, a tool, a use?


Ground = Literal["ground.associates", "ground.impacts"]
ToolKind = Literal[
    "social network",
    "blog",
    "discussion forum",
    "collaborative space",
    "media sharing",
    "microblogging",
    "online gaming",
    "comment stream",
    "virtual world",
    "website",
    "other",
]


@moment(
    "policy.covers",
    _("Is this covered by the policy?"),
    """speaks_for professional_use private_post message_to_pupils tool_covered virtual_world use_covered
    other_parts offline_too""",
    asks=Asks.MATTER,
)
class PolicyCovers(Act, asked_of="reporter_of_it", prefix="policy."):
    """`markers`: empty where nothing makes it official. `refers`, `associates`, `impacts`: of what is
    private. `principle`: where one is asked about. `listed`: the program knows the tool.
    `breaks_in_person`: other policies that it would break if it were said or done in person; empty unless
    stated. `in_working_hours`, `place`, `device`: recorded as told; no rule asks for them."""

    markers: (
        tuple[
            Literal[
                "official_channel", "federation_account", "school_account", "federation_name", "school_name"
            ],
            ...,
        ]
        | None
    ) = fact(_("whether it uses an official channel, account or name"))
    represents: Literal["direct", "indirect", "none"] | None = fact(
        _("whether it speaks for the school, openly or by implication")
    )
    private: Tri = fact(
        _("whether it comes from a private account"),
        _("Is it sent from a private account?"),
        need="policy.private_account",
    )
    refers: Tri = fact(
        _("whether it mentions the school or federation, and affects it"),
        _("Does it mention the federation or one of its schools?"),
        need="ground.refers",
    )
    refers_to: tuple[Literal["federation", "school"], ...] | None = fact(
        _("whether it mentions the federation or one of its schools"), _("Which does it mention?")
    )
    associates: Tri = fact(
        _("links itself to the school or federation"),
        _("Does it connect itself with the school?"),
        need="ground.associates",
    )
    impacts: Tri = fact(
        _("affects the school or federation"),
        _("Does it affect the school?"),
        need="ground.impacts",
    )
    harms_standards: Tri = fact(
        _("whether it may damage professional standards"), _("Could it damage professional standards?")
    )
    to: tuple[Literal["pupils", "parents", "colleagues", "public", "others"], ...] | None = fact(
        _("who it is meant for"), need="policy.sent_to"
    )
    tool: Name | None = fact(_("which tool it is"))
    tool_kind: ToolKind | None = fact(need="policy.tool")
    alike: Tri = fact(
        _("whether people post things there that others can see"),
        _("Do people post things there for others to see?"),
    )
    listed: Tri = Field(None, description=_("whether Schoolgate knows the tool"))
    use: Literal["business", "personal"] | None = fact(
        _("whether it is for work or private"),
        _("Is it used for work or privately?"),
        need="policy.use_of_tool",
    )
    principle: Name | None = Field(None, description=_("which principle it is about"))
    breaks_in_person: tuple[Name, ...] = Field(
        (), description=_("policies that this would break if done in person")
    )
    in_working_hours: Tri = Field(None, description=_("whether this happened in working hours"))
    place: Literal["school", "elsewhere"] | None = Field(None, description=_("where it happened"))
    device: Literal["own", "school"] | None = Field(None, description=_("whose device was used"))

    @derived("policy.represents")
    def speaks_for_school(self, _facts: Facts) -> Literal["direct", "indirect", "none"] | None:
        """Whether it speaks for the school; not asked about official use."""
        return self.represents or ("none" if self.markers else None)

    @derived("policy.private_account")
    def sent_privately(self, _facts: Facts) -> bool | None:
        """Whether it comes from a private account; not asked about official use."""
        return self.private if self.private is not None else False if self.markers else None

    @derived("ground.associates")
    def grounds(self, _facts: Facts) -> tuple[Ground, ...]:
        """The known grounds that bring a private post under the policy."""
        said: dict[Ground, bool | None] = {
            "ground.associates": self.associates,
            "ground.impacts": self.impacts,
        }
        return tuple(ground for ground, answer in said.items() if answer)

    @derived("policy.tool")
    def tool_name(self, _facts: Facts) -> Folded | None:
        """The service by name; no name where only its kind is known."""
        return self.tool.casefold() if self.tool else None if self.tool_kind is None else ""

    @derived("policy.tool")
    def kind_of_tool(self, _facts: Facts) -> ToolKind | None:
        """The kind of service; another where only its name is known."""
        return self.tool_kind or ("other" if self.tool else None)

    @derived("policy.alike")
    def seen_by_others(self, _facts: Facts) -> bool | None:
        """Whether people put things there that others see: told, or in the nature of that kind of tool."""
        if self.alike is not None or self.tool_kind in (None, "website", "other"):
            return self.alike
        return True

    @derived("policy.use_of_tool")
    def use_told(self, _facts: Facts) -> Literal["business", "personal", "either"]:
        """What it is used for; either where not stated."""
        return self.use or "either"


# The life of a policy: suggested, adopted, reviewed, maintained.


SaysToIt = Literal["yes", "no", "nothing"]
"""What a paper answers to the question that is asked."""


class Held(Part, asked_of="office"):
    """A person who holds, or acts in, one of the policy's roles. `to_day`: the last day; `school`: None for
    all."""

    role: Name = Field(description=_("which role it is"))
    by: Name = Field(description=_("who has the role"))
    from_day: Day | None = Field(None, description=_("its first day"))
    to_day: Day | None = Field(None, description=_("its last day"))
    school: Name | None = Field(None, description=_("which school it is for"))

    @derived("day", label=_("whether they have the role that day"))
    def now(self, facts: Facts) -> bool | None:
        """Whether they hold it on the day judged."""
        if self.from_day is None and self.to_day is None:
            return True
        day = facts.day
        return None if day is None else (self.from_day or day) <= day <= (self.to_day or day)


class Learnt(Part, asked_of="training_keeper"):
    """A training on record: the day, what it was about, and the version of the policy that it covered."""

    on: Day | None = Field(None, description=_("the day it was done"))
    topics: tuple[Name, ...] | None = fact(_("what the training was about"), need="policy.training_topics")
    version: Whole | None = Field(None, description=_("which version of the policy it covered"))


class Chosen(Part):
    """A number that the federation chose where its policy gives none: months or days, who chose it, and
    from when."""

    number: Whole = Field(description=_("the number that the federation chose"))
    by: Name = Field(description=_("who chose it"))
    from_day: Day | None = Field(None, description=_("its first day"))


class Paper(Part, asked_of="office"):
    """Another paper of the school or federation. `on_file`: its text in force is linked. `says`: its answer
    to the question; None: not checked."""

    name: Name = Field(description=_("which document it is"))
    school: Name | None = Field(None, description=_("which school it is for"))
    on_file: Tri = fact(need="policy.paper")
    says: SaysToIt | None = Field(None, description=_("what the document says"))


@moment(
    "policy.suggest",
    _("Commenting on the policy or suggesting a change"),
    "comment_on_policy suggestion_for_policy suggestion_to",
    asks=Asks.ACT,
)
class PolicySuggest(Act, asked_of="policy_asker"):
    """`sent_to`: the roles that it goes to; empty where it is not sent yet."""

    kind: Literal["comment", "suggestion"] | None = fact(
        _("whether it is a comment or a suggestion"), need="policy.suggestion_kind"
    )
    sent_to: Roles | None = fact(_("who it goes to"), need="policy.suggestion_sent_to")


class Adopting(Part):
    """One step by which a version was adopted, by holders of which roles. `signed`: a signature is on
    file."""

    step: Literal["approved", "agreed", "authorised", "adopted"] = Field(description=_("which step it was"))
    roles: Roles = ()
    by: Name | None = Field(None, description=_("who did it"))
    on: DayOrMonth | None = Field(None, description=_("the day it was done"))
    signed: Tri = Field(None, description=_("whether a signature is on file"))


@moment(
    "policy.adopt",
    _("Drafting, changing or adopting a version of the policy"),
    """drafter approved_by authorised_by changes_stated last_review_stated direction_matched adopted_on
    issued_on version_number authors_named title_names answers_for change_any_time""",
    asks=Asks.ACT,
)
class PolicyAdopt(Act, asked_of="policy_owner", prefix="policy."):
    """`number`: the version. `text_as_issued`: it is the very text that this policy prints. `last_reviewed`:
    as its record states it. `changes_stated`: it says what has changed since the version before."""

    act: Literal["draft", "change", "hand_in", "put_in_force"] | None = fact(
        _("what you want to do with the version or the review")
    )
    by: Person | None = fact(_("who is drafting it"), need="policy.policy_writer", of="office")
    number: Whole | None = Field(None, description=_("the number of the version"))
    text_as_issued: Tri = fact(_("whether it is the issued text or a changed version"))
    issued: Day | None = Field(None, description=_("the policy’s date of issue"))
    last_reviewed: DayOrMonth | None = Field(None, description=_("when it was last reviewed"))
    authors: tuple[Name, ...] | None = Field(None, description=_("who wrote it"))
    names: tuple[Name, ...] | None = fact(
        _("the federation’s name in every form"), need="policy.federation_names"
    )
    steps: tuple[Adopting, ...] | None = fact(
        _("who has approved, agreed or authorised it"), need="policy.adoption_steps"
    )
    changes_stated: Tri = Field(None, description=_("whether the new version says what has changed"))
    direction_confirmed: Attested | None = fact(
        _("confirmation that it reflects the governors’ direction"),
        of="governors_of_policy",
        say="adopt.direction_open",
    )
    holders: tuple[Held, ...] | None = fact(_("who has which role"), need="policy.role_holders", of="office")

    @derived("policy.policy_authors", _("who wrote it"))
    def author_number(self, _facts: Facts) -> int:
        """How many people are named as its authors."""
        return len(set(self.authors or ()))

    @derived("policy.policy_authors")
    def an_author_named(self, _facts: Facts) -> bool:
        """Whether it has a named author."""
        return bool(self.authors)

    @derived("policy.adopted_on", _("the day or month it was adopted"))
    def adopted_on(self, _facts: Facts) -> str | None:
        """The day or month on which it was adopted."""
        return next((one.on for one in self.steps or () if one.step == "adopted" and one.on), None)


class Looked(Part):
    """What the review looked into: the result, the reviewer, the day, and what it was compared with."""

    by: Name | None = Field(None, description=_("who did it"))
    on: Day | None = Field(None, description=_("the day it was done"))
    result: Text | None = Field(None, description=_("the result"))
    compared_with: tuple[Name, ...] | None = Field(None, description=_("what it was compared with"))

    @property
    def complete(self) -> bool:
        """Whether it has a name, a day and a result."""
        return bool(self.by and self.on and (self.result or "").strip())


class NewTool(Part, asked_of="policy_owner"):
    """A network or tool that came up since the last review. `answered`: what the review says about it."""

    key: Name = Field(description=_("which one it is"))
    answered: Written = Field(None, description=_("what the review says about the tool"))


@moment(
    "policy.review",
    _("Opening or closing a policy review"),
    "review_by_need law_met good_practice_met technology",
)
class PolicyReview(Act, asked_of="policy_owner"):
    """`kind`: by the calendar or by need, with its `reason`. `new_tools`: empty where none came up."""

    act: Literal["open", "close"] | None = fact(need="policy.act")
    kind: Literal["regular", "by_need"] | None = fact(
        _("whether the review is regular or set when needed"), need="policy.review_kind"
    )
    set_by: Roles | None = fact(_("who set the review"), need="policy.review_set_by")
    reason: Text | None = Field(None, description=_("the reason"))
    law: Looked | None = Field(None, description=_("the check of the law"))
    practice: Looked | None = Field(None, description=_("the check of good practice"))
    new_tools: tuple[NewTool, ...] | None = fact(
        _("which tools have appeared since the last review"), need="policy.new_tools"
    )

    @derived("policy.review_reason", _("the reason for the review"))
    def reason_given(self, _facts: Facts) -> bool:
        """Whether there is a reason for it."""
        return bool((self.reason or "").strip())

    @derived("policy.law_checked", _("whether the policy meets the law, with name and date"))
    def law_checked(self, _facts: Facts) -> bool:
        """Whether the review checked that the policy meets the law."""
        return self.law is not None and self.law.complete

    @derived("policy.practice_compared", _("what the policy was compared with"))
    def practice_compared(self, _facts: Facts) -> bool:
        """Whether it says what the policy was compared with."""
        return self.practice is not None and bool(self.practice.compared_with)


class Review(Part):
    """A review of this version on record: by holders of which roles, and when. `kind`: by the calendar or by
    need."""

    roles: Roles
    on: Day = Field(description=_("the day it was done"))
    by: Name | None = Field(None, description=_("who did it"))
    kind: Literal["regular", "by_need"] = Field(
        "regular", description=_("whether the review was regular or set when needed")
    )


class SetReview(Part):
    """The next review, set by need instead of the calendar: by which roles, and for when."""

    roles: Roles
    due: Day = Field(description=_("the day it is due"))
    reason: Text | None = Field(None, description=_("the reason"))


class RollOut(Part, asked_of="office"):
    """Something to be done so that the version is put into practice; the federation gives it its day."""

    key: Name = Field(description=_("which one it is"))
    due: Day | None = Field(None, description=_("the day it is due"))
    done_on: Day | None = Field(None, description=_("the day it was done"))

    @derived("day")
    def days_late(self, facts: Facts) -> int | None:
        """How many days ago it should have been done; 0 where it is in time."""
        if self.due is None:
            return 0
        return max((facts.day - self.due).days, 0) if facts.day else None

    @derived("day")
    def late(self, facts: Facts) -> bool | None:
        """Whether it should have been done before the day judged."""
        if self.due is None:
            return False
        return facts.day > self.due if facts.day else None


class SchoolPlan(Part, asked_of="policy_owner"):
    """A school's plan for its development. `confirmed_for`: the date of the plan that the policy was last
    found to reflect; None where it never was."""

    school: Name = Field(description=_("which school it is for"))
    dated: Day = Field(description=_("the date of the plan"))
    confirmed_for: Day | None = Field(None, description=_("the day it was confirmed for"))
    confirmed_by: Name | None = Field(None, description=_("who confirmed the plan"))

    @derived("policy.school_plans")
    def newest(self, facts: Facts) -> bool:
        """Whether no later plan of the school is on record."""
        plans: tuple[SchoolPlan, ...] = getattr(facts, "plans", None) or ()
        return all(one.dated <= self.dated for one in plans if one.school == self.school)

    @derived("policy.plan_confirmed", _("whether the policy reflects the current plan"))
    def reflected(self, _facts: Facts) -> bool:
        """Whether the policy was found to reflect this very plan."""
        return self.confirmed_for is not None and self.confirmed_for >= self.dated


class Risk(Part):
    """A risk that was seen. `proposal_on`: the day on which a change to lower it was put forward."""

    key: Name = Field(description=_("which one it is"))
    proposal_on: Day | None = Field(None, description=_("the day a change was suggested"))


class Delegation(Part, asked_of="policy_owner"):
    """Something that one of the policy's roles left to another: from when, and until when (None: until it is
    taken back)."""

    from_role: Name = Field(description=_("which role delegated the work"))
    to_role: Name = Field(description=_("which role the work was delegated to"))
    from_day: Day = Field(description=_("its first day"))
    to_day: Day | None = Field(None, description=_("its last day"))

    @derived("day", label=_("whether the delegation is in force that day"))
    def now(self, facts: Facts) -> bool | None:
        """Whether it counts on the day judged."""
        day = facts.day
        return None if day is None else self.from_day <= day <= (self.to_day or day)


@moment(
    "policy.status",
    _("The policy today"),
    """review_due governors_review_due practice_review_due joint_review_due first_review_due last_review
    owner_in_post daily_running roll_out plan_reflected effect_measured practice_watched risks_lowered
    authorisation_signature""",
)
class PolicyStatus(Facts, asked_of="policy_owner"):
    """Of the version in force. `last_reviewed`, `issued`: as its record states them; `reviews`: held since.
    `looked_on`: when the overview of how it works was last opened; `look_every_days`: the federation's
    choice."""

    number: Whole | None = Field(None, description=_("the number of the version"))
    text_as_issued: Tri = Field(None, description=_("whether it is the issued text or a changed version"))
    issued: Day | None = Field(None, description=_("the policy’s date of issue"))
    last_reviewed: DayOrMonth | None = Field(None, description=_("when it was last reviewed"))
    reviews: tuple[Review, ...] | None = fact(_("the completed reviews"), need="policy.policy_reviews")
    set_review: SetReview | None = Field(None, description=_("the review that was set"))
    holders: tuple[Held, ...] | None = fact(need="policy.role_holders", of="office")
    delegations: tuple[Delegation, ...] | None = fact(
        _("what was delegated, and to which role"), need="policy.delegations"
    )
    roll_out: tuple[RollOut, ...] | None = fact(
        _("what needs to be done to put the version into practice"), need="policy.roll_out_tasks"
    )
    plans: tuple[SchoolPlan, ...] | None = fact(
        _("each school’s current development plan"), need="policy.school_plans"
    )
    measured: tuple[Name, ...] | None = fact(
        _("what the last report measures"), need="policy.policy_measures"
    )
    looked_on: Day | None = Field(None, description=_("when the overview was last opened"))
    look_every_days: Chosen | None = Field(
        None, description=_("how often the federation checks how the policy works")
    )
    risks: tuple[Risk, ...] | None = fact(_("the risks seen"), need="policy.risks_seen")
    authorisation_signed: Tri = fact(
        _("whether the authorisation is signed"), need="policy.authorisation_signed"
    )

    @derived("policy.last_reviewed", _("when it was last reviewed"))
    def reviewed_before(self, _facts: Facts) -> DayOrMonth | None:
        """When it was last reviewed, as the record of the version states it."""
        return self.last_reviewed

    @derived("policy.policy_reviews")
    def later_review_by(self, facts: Facts) -> Roles:
        """The roles that set a review by need which is still to come."""
        later = self.set_review
        if later is None or (facts.day is not None and later.due < facts.day):
            return ()
        return later.roles

    @derived("policy.role_holders", of="office")
    def several_hold(self, _facts: Facts) -> Roles | None:
        """The roles that more than one school has a holder of its own of, on the day judged."""
        if self.holders is None or self.day is None:
            return None
        theirs = {(one.role, one.school) for one in self.holders if one.school and one.now(self)}
        roles = [role for role, _school in theirs]
        return tuple(sorted({role for role in roles if roles.count(role) > 1}))

    @derived("day", of="office")
    def looks_chosen(self, _facts: Facts) -> bool | None:
        """Whether the federation chose how often to look at how the policy works."""
        return None if self.day is None else self.look_every(self) is not None

    @derived("day", of="office")
    def look_again_on(self, _facts: Facts) -> date | None:
        """The last day for the next look, where there was one and the federation chose how often."""
        every = self.look_every(self)
        return None if self.looked_on is None or every is None else days_after(self.looked_on, every)

    @derived("day", of="office")
    def look_due(self, _facts: Facts) -> Due:
        """The same as the time of a duty."""
        last = self.look_again_on(self)
        return Due(day=last) if last else Due.none_promised()

    @derived("day", of="office")
    def look_late(self, _facts: Facts) -> bool | None:
        """Whether that day is over."""
        last = self.look_again_on(self)
        return None if self.day is None else last is not None and self.day > last

    @derived("day", of="office")
    def look_every(self, _facts: Facts) -> int | None:
        """The federation's interval in days between reviews, where that choice is in force on the day."""
        chosen, day = self.look_every_days, self.day
        if chosen is None or (chosen.from_day is not None and (day is None or day < chosen.from_day)):
            return None
        return chosen.number


# A person is about to get a part: the right to post, a login, a moderator's, an approver's or an
# investigator's task.


TaskKind = Literal["post", "login", "moderate", "approve", "investigate"]


class Condition(Part, asked_of="office"):
    """A training that a person must have before they speak for the school. `topic`: what about."""

    topic: Name = Field(description=_("what the training is about"))
    by: Name = Field(description=_("who set it"))

    @derived("policy.trainings")
    def is_met(self, facts: Any) -> bool | None:
        """Whether such a training is on record with its day."""
        if facts.trainings is None:
            return None
        return any(one.on is not None and self.topic in (one.topics or ()) for one in facts.trainings)


@moment(
    "person.entrust",
    _("Giving someone a part in social media"),
    """policy_acknowledged manager_trained trained_to_speak trained_regularly_procedures
    trained_regularly_cases training_fits""",
    asks=Asks.ACT,
)
class PersonEntrust(Facts, asked_of="office", prefix="policy."):
    """`person`: who gets the `task`. `acknowledged`: the version in force, by their own sign-in or on
    paper. `manages`: manages other people. `trainings`: on record, empty for none. `conditions`: trainings
    asked of them, empty for none."""

    task: TaskKind | None = fact(_("which task the person is being given"), _("What would they do?"))
    person: Person | None = Field(None, description=_("the person who gets the task"))
    works_as: tuple[WorksAs, ...] | None = Field(None, description=_("what kind of work this person does"))
    systems_access: Tri = fact()
    acknowledged: Tri = fact()
    manages: Tri = fact(_("whether this person manages others"), _("Do they manage other people?"))
    trainings: tuple[Learnt, ...] | None = fact(_("the training on record"))
    conditions: tuple[Condition, ...] | None = fact(
        _("whether training is required"), need="policy.training_conditions"
    )

    @derived("relation")
    def engaged_as(self, _facts: Facts) -> tuple[WorksAs, ...] | None:
        """Everything that this person is engaged as; staff who are nothing else are employees."""
        if self.person is None or self.person.relation is None:
            return None
        return engaged(self.person, self.works_as)

    @derived("policy.training_day", _("the training date"), of="training_keeper")
    def last_trained_on(self, _facts: Facts) -> date | None:
        """The day of the latest training on record."""
        return max((one.on for one in self.trainings or () if one.on is not None), default=None)

    @property
    def actor(self) -> Person | None:
        """The person who gets the part."""
        return self.person
