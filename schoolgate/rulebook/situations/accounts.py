"""An account until it is open: the case for it, its proposal and who decides, its entry and opening."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Ask,
    Attested,
    Dated,
    Day,
    Facts,
    Folded,
    Given,
    Instant,
    Name,
    Part,
    Person,
    Relation,
    Roles,
    SoFar,
    Tri,
    Whole,
    Written,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.networks import Network

# The case that is made for an account: every point that one of the policies asks for, under one name each.
# A policy asks for its own points only; what it does not ask for stays None.


DAYS_OF_A_WEEK = 7
AGES_ON_RECORD: list[Callable[["Placed", date | None], int | None]] = []
"""What gives the lowest age of a network on a day: the law's rules add themselves."""

Group = Literal[
    "own_pupils",
    "own_staff",
    "pupils_family",
    "other_school_pupils",
    "external_organisations",
    "public",
    "others",
]
PUPILS: frozenset[Group] = frozenset({"own_pupils", "other_school_pupils"})


def weeks_between(first: date | None, last: date | None) -> int | None:
    """Return how many weeks there are from one day to a later one, a part of a week counted as one."""
    if first is None or last is None or last < first:
        return None
    return -(-(last - first).days // DAYS_OF_A_WEEK)


class Runner(Part, asked_of="applicant"):
    """A person who will run, administer or moderate an account, with what is on record about them.
    `authorised`: recorded permission for a person who is not employed, or approval for the part, in force
    on the day judged."""

    key: Name = Field(description=_("which person it is"))
    relation: Relation | None = fact()
    has_read: Tri = fact(_("that they have read the policy in force"), of="runner")
    has_understood: Tri = fact(_("that they understand the policy in force"), of="runner")
    trained: Tri = fact(_("training"), of="runner")
    authorised: Tri = fact(need="relation")
    private_login: Tri = Field(None, description=_("whether the person uses a private login"))

    @derived("relation", label=_("whether this person may help run the account"))
    def may_take_part(self, _facts: Facts) -> bool | None:
        """Whether they are employed or authorised; a person whose authority has ended may not, employed or
        not."""
        if self.authorised is not None:
            return self.authorised
        return None if self.relation is None else self.relation == "staff"


def _different(people: Iterable[Runner]) -> int:
    return len({one.key for one in people})


class Ages(Part):
    """From the youngest to the oldest, in whole years."""

    youngest: Whole
    oldest: Whole


class Audience(Part, asked_of="applicant", prefix="audience."):
    """The groups that will see it, with details of some of them."""

    marked: tuple[Group, ...]
    pupil_ages: Ages | None = fact(_("Ages of the pupils who will see it"))
    school_names: tuple[Name, ...] = fact(
        _("Names of the other schools whose pupils will see it"), default=()
    )
    others: Written = fact(_("Who else will see it"))


class Contributors(Part, asked_of="applicant", prefix="contributors."):
    """The groups that will contribute, with details of some of them."""

    marked: tuple[Group, ...]
    pupil_ages: Ages | None = fact(_("Ages of the pupils who will contribute"))
    school_names: tuple[Name, ...] = fact(
        _("Names of the other schools whose pupils will contribute"), default=()
    )
    others: Written = fact(_("Who else will contribute"))
    what_each_may_do: tuple[Group, ...] | None = None

    @derived("contributors.what_each_may_do", _("For which groups have you decided what they may post?"))
    def without_rights(self, _facts: Facts) -> tuple[Group, ...]:
        """The groups of which it is not written down yet what they may do."""
        return tuple(one for one in self.marked if one not in (self.what_each_may_do or ()))


class Host(Part, asked_of="applicant"):
    """Who hosts the site, and its name."""

    kind: Literal["school", "third_party"]
    name: Written = fact(_("Name of the host"), need="host.name")


class Ending(Part, asked_of="applicant", prefix="ending."):
    """How an account will end."""

    what_happens_to_content: Written = fact(_("At the end: what happens to the content"))
    who_closes_it: Written = fact(_("At the end: who closes it"))
    what_followers_are_told: Written = fact(_("At the end: what followers are told"))


class Case(Part, asked_of="applicant"):
    """The case for one account. Texts as written; people picked one by one."""

    # what it is for
    aim: Written = fact(_("What the account should achieve"))
    purpose_reason: Written = fact(_("Why the account is needed"))
    content_description: Written = fact(_("What will be posted on the account"))
    intended_audience: Written = fact(_("Who it is meant to reach"))
    promotion: Written = fact(_("How people will hear about it"))
    visibility: Literal["open", "private_closed"] | None = fact(_("Who will be able to see it"))
    reason_kind: Literal["pedagogical", "business", "other"] | None = fact(_("Type of reason"))
    # who applies and who runs it
    department: Written = fact(_("Department"))
    author: Name | None = fact(_("Author of the site"), of="office")
    line_manager: Name | None = fact(_("Line manager of the author"))
    accountable_manager: Name | None = fact(_("Manager accountable for staffing and time"))
    run_by: tuple[Runner, ...] | None = fact()
    administrators: tuple[Runner, ...] | None = fact(_("Administrators"))
    moderators: tuple[Runner, ...] | None = fact(_("Moderators"))
    vetter: Name | None = fact(_("Who vets outside contributors"))
    # audience and contributors
    audience: Audience | None = fact(_("All groups that will see it"))
    contributors: Contributors | None = fact(_("All groups that will contribute"))
    vulnerable_adults_contribute: Tri = fact(_("Will adults with learning disabilities contribute?"))
    children_contribute: Tri = fact(_("Will children contribute?"))
    contributor_advertising: Written = fact(_("How outside contributors will be recruited"))
    parent_information_plan: Written = fact(_("How parents or responsible adults will be told"))
    consent_plan: Written = fact(_("How their consent will be obtained"))
    security_contributing: Written = fact(_("How unsuitable people are prevented from contributing"))
    security_friends: Written = fact(
        _("How unsuitable people are prevented from becoming friends of the site")
    )
    under_age_prevention: Written = fact(_("How under-age children are kept out"))
    under_age_response: Written = fact(_("What happens if an under-age child gets in"))
    # how long and with how much work
    host: Host | None = fact(_("Who hosts it"))
    go_live_date: Day | None = fact(_("Planned opening date"))
    closure_date: Day | None = fact()
    hours_per_week: Whole | None = fact(_("Hours of work a week"))
    effort_weighed: Written = fact(_("How the effort compares with the expected result"))
    ending: Ending | None = Field(None, description=_("what happens at the end"))
    success_measure: Written = fact(_("How you will know that it worked"))
    evaluation_date: Day | None = fact()
    intervention_safeguarding: Written = fact(
        _("How you deal with content that raises a concern about a child")
    )
    intervention_offence: Written = fact(_("How you deal with comments likely to offend"))

    @derived("run_by", label=_("everyone who has a part in the account"))
    def people(self, _facts: Facts) -> tuple[Runner, ...] | None:
        """Everyone who will have a part in it, each person once, as far as it is known; None where no one is
        named yet."""
        parts = {
            "run_by": self.run_by,
            "administrators": self.administrators,
            "moderators": self.moderators,
        }
        people: dict[str, Runner] = {}
        for one in (one for part in parts.values() for one in part or ()):
            people.setdefault(one.key, one)
        unsaid = next((name for name, part in parts.items() if part is None), None)
        if not people or unsaid is None:
            return tuple(people.values()) or None
        return SoFar.of(people.values(), lacks=Ask(unsaid, "applicant"))

    @derived("audience", label=_("the groups that will see the site"))
    def audience_named(self, _facts: Facts) -> tuple[Group, ...]:
        """The groups named so far as its audience."""
        return self.audience.marked if self.audience is not None else ()

    @derived("contributors", label=_("the groups that will contribute to the site"))
    def contributors_named(self, _facts: Facts) -> tuple[Group, ...] | None:
        """The groups named as contributors."""
        return self.contributors.marked if self.contributors is not None else None

    @derived("run_by", label=_("how many members of staff will run the account"))
    def staff_to_run_it(self, _facts: Facts) -> int | None:
        """How many different members of staff will run it, so far as is known of them."""
        if self.run_by is None:
            return None
        return _different(one for one in self.run_by if one.relation == "staff")

    @derived("administrators", label=_("how many administrators are named"))
    def administrators_named(self, _facts: Facts) -> int | None:
        """How many different people will administer it."""
        return None if self.administrators is None else _different(self.administrators)

    @derived("administrators", label=_("how many administrators are trained"))
    def administrators_trained(self, _facts: Facts) -> int | None:
        """How many different trained people will administer it, so far as is known of them."""
        if self.administrators is None:
            return None
        return _different(one for one in self.administrators if one.trained)

    @derived("moderators", label=_("how many moderators are named"))
    def moderators_named(self, _facts: Facts) -> int | None:
        """How many different people will moderate it."""
        return None if self.moderators is None else _different(self.moderators)

    @derived("filled_form", _("the completed form"))
    def left_blank(self, _facts: Facts) -> tuple[str, ...]:
        """The names of all points without a statement."""
        return tuple(
            name for name, value in self if value in (None, ()) or getattr(value, "marked", None) == ()
        )

    @derived("closure_date", label=_("how many weeks the account is planned to last"))
    def weeks_planned(self, _facts: Facts) -> int | None:
        """How many weeks it is planned to last."""
        return weeks_between(self.go_live_date, self.closure_date)

    @derived("closure_date", label=_("whether the account’s start and end dates are given"))
    def has_time_planned(self, _facts: Facts) -> bool:
        """Whether its start and end are given."""
        return weeks_between(self.go_live_date, self.closure_date) is not None


class Placed(Part, asked_of="applicant"):
    """The network of an account, and the ages of its audience. `network` as in the networks' table
    ("facebook", "bluesky", "noticeboard"); `network_age`: the lowest age that it takes, as recorded for it
    on that day."""

    network: Network | None = fact()
    country: Literal["england", "wales"] | None = Field(None, description=_("the country the school is in"))
    pupils_in_audience: Tri = fact(_("Is it meant for pupils?"))
    youngest_pupil: Whole | None = fact(_("Age of the youngest pupil it is meant for"))
    network_age: Whole | None = Field(None, description=_("the network’s minimum age"))

    @derived("pupils_in_audience", label=_("whether the account is for pupils"))
    def for_pupils(self, facts: Any) -> bool | None:
        """Whether it is for pupils, as stated or by its audience."""
        audience = facts.case.audience
        if audience is None:
            return self.pupils_in_audience
        return not PUPILS.isdisjoint(audience.marked) or bool(self.pupils_in_audience)

    @derived("youngest_pupil", label=_("the age of the account’s youngest pupil"))
    def youngest(self, facts: Any) -> int | None:
        """The age of the youngest pupil in its audience, also where only ages are stated."""
        audience = facts.case.audience
        if self.youngest_pupil is not None or audience is None or audience.pupil_ages is None:
            return self.youngest_pupil
        return int(audience.pupil_ages.youngest)

    @derived("network", label=_("whether the account’s youngest pupil is too young for the network"))
    def too_young_for_network(self, facts: Any) -> bool | None:
        """Whether the youngest pupil is younger than the network itself takes; no where no lowest age is
        recorded for a network that is known."""
        youngest = self.youngest(facts)
        if youngest is None or (self.network is None and self.network_age is None):
            return None
        return self.network_age is not None and youngest < self.network_age

    @derived("network_age", _("the network’s minimum age"), of="office")
    def least_age(self, facts: Any) -> int | None:
        """The lowest age that the network takes: as stated, else as the law's pack has it for that day."""
        if self.network_age is not None or self.network is None:
            return self.network_age
        return next((age for on_record in AGES_ON_RECORD if (age := on_record(self, facts.day))), None)

    @derived("network", label=_("the network’s name"))
    def platform(self, _facts: Facts) -> Network | None:
        """The network, by the word that rules know."""
        return self.network


# A person is about to approve, reject or sign a proposal. May this person, now, with this on record?


class Signature(Dated, asked_of="office"):
    """One signature on the form. `role` is the policy's own name of the part it was signed in; `at`: when."""

    role: Name = Field(description=_("the part that was signed"))
    by: Name = Field(description=_("who did it"))
    at: Instant | None = fact(need="signed_on")
    of_this_version: Tri = fact(_("the signatures"), need="signatures")

    @derived("signed_on", label=_("the parts of the form signed before this one"))
    def signed_after(self, facts: Any) -> tuple[Name, ...] | None:
        """The parts that were signed before this one, as far as those signatures are valid."""
        others = [one for one in facts.signatures or () if one is not self]
        others = [one for one in others if one.of_this_version is not False]
        if self.at is None or any(one.at is None for one in others):
            return None
        return tuple(one.role for one in others if one.at is not None and one.at <= self.at)


@moment(
    "account.decide",
    _("Deciding on a proposal for an account"),
    """decider weighing order signers read understood trained staff_number administrator_number
    moderator_number approved_people networks talked_over resources strong_reason""",
    house="own_proposal",
    asks=Asks.ACT,
)
class AccountDecide(Act, asked_of="decider"):
    """`act` is the answer about to be given, `acting_role` the role in which `by` gives it. `talks`: held
    beforehand, `covers` naming the subjects (audience, contributors, purpose, content)."""

    by: Person | None = fact(need="decider", of="office")
    act: Literal["approve", "reject"] | None = fact(_("whether the answer is yes or no"))
    acting_role: Name | None = fact(_("the part being signed"))
    applicant: Name | None = fact(_("who is submitting the proposal"), of="office")
    opened_by_decider: Tri = fact(_("that the person deciding has opened the proposal"), row=True)
    complete: Tri = fact(
        _("a proposal that states everything the policy asks for"), need="proposal_complete", of="applicant"
    )
    signatures: tuple[Signature, ...] | None = fact(of="office")
    talks: tuple[Given, ...] | None = fact(_("a record of what was discussed"), of="applicant")
    reason_is_strong: Attested | None = fact(
        _("confirmation that the reason is strong"), say="decision.reason_unconfirmed"
    )
    platform: Network | None = fact(need="network", of="applicant")
    case: Case = Field(Case(), description=_("the case for the account"))

    @derived("act", label=_("whether the decision is about to be a yes or a no"))
    def is_answered(self, _facts: Facts) -> bool:
        """Whether a yes or a no is about to be given."""
        return self.act is not None

    @derived("act", label=_("whether the proposal may be approved"))
    def may_be_yes(self, _facts: Facts) -> bool:
        """Whether the answer is a yes, or may be one."""
        return self.act != "reject"

    @derived("run_by", of="applicant", label=_("everyone who gets a part in the account"))
    def will_run(self, facts: Facts) -> tuple[Runner, ...] | None:
        """Everyone who gets a part in the account by this answer: no one by a no."""
        return () if self.act == "reject" else self.case.people(facts)

    @derived("network", of="applicant", label=_("the network’s name"))
    def platform_name(self, _facts: Facts) -> Network | None:
        """The platform, by the word that rules know."""
        return self.platform


# An account is about to go live, or to be opened to pupils. Is everything in place that the policy asks
# for?


class DecisionTaken(Dated):
    """The decision on the proposal, its makers and their roles."""

    outcome: Literal["approved", "rejected", "waiting"]
    by: Name | None = None
    roles: Roles = ()


class Notice(Part):
    """A notice given to a person. `covers`: what the notice told ("address", "identity")."""

    to_roles: Roles = Field(description=_("the roles that were told"))
    covers: tuple[Literal["address", "identity"], ...] = Field(description=_("what it covers"))
    at: Instant | None = Field(None, description=_("when it was done"))


class Profile(Part, asked_of="applicant"):
    """What the account's own page says, as a person saw it. `acceptable_use_link`: where its About or Info
    text links to. `school_named`: "" for none."""

    says_who_runs_it: Tri = fact(_("who runs the account"))
    real_name: Tri = fact(_("the person’s real name"))
    function_stated: Tri = fact(_("what the person does at the school"))
    school_named: str | None = fact(_("the name of the school on the account’s page"))
    says_not_always_watched: Tri = fact(_("a notice that the account isn’t monitored round the clock"))
    says_where_concerns_go: Tri = fact(_("a notice that says who to tell about concerns"))
    acceptable_use_link: Literal["school_website", "elsewhere", "none"] | None = fact()
    posts_are_signed: Tri = fact(need="says_who_runs_it")
    shows_logo_or_brand: Tri = fact(_("the school’s logo or brand"))
    terms_of_use: Tri = fact(_("the terms of use"))
    house_rules: Tri = fact(_("the house rules"))
    privacy: Literal["strongest_available", "weaker"] | None = fact(_("the privacy settings"))


@moment(
    "account.open",
    _("An account going live"),
    """approved creator read understood trained name_and_logo notified notice_recipient separate_account
    apart_from_personal acceptable_use_link says_who_runs_it not_always_watched contact real_name
    function school_named privacy terms_of_use house_rules logo_shown approved_people audience_age""",
    law="network_age",
    house="private_login",
    asks=Asks.ACT,
)
class AccountOpen(Act, asked_of="applicant"):
    """`by` opens the account. `decision`: its outcome is "waiting" where there is none yet. `kind`:
    "teaching" for an account through which pupils are taught, "school" for one in a school's or the
    federation's own name. `permissions`: `covers` names what is allowed ("name", "logo", "account")."""

    by: Person | None = fact(_("who sets it up"), need="creator", of="office")
    decision: DecisionTaken | None = fact(_("the decision on the proposal"), of="office")
    signatures: tuple[Signature, ...] | None = fact(of="office")
    kind: Literal["teaching", "school", "other"] | None = fact()
    lets_pupils_in: Tri = fact(_("whether pupils are given access"))
    made_for_pupils: Tri = fact()
    placed: Placed = Field(Placed(), description=_("where the account is"))
    case: Case = Field(Case(), description=_("the case for the account"))
    profile: Profile = Field(Profile(), description=_("the account’s profile"))
    uses_name: Tri = fact(_("whether it uses the name of a school or of the federation"))
    uses_logo: Tri = fact(_("whether it uses a logo of the school or federation"))
    permissions: tuple[Given, ...] | None = fact(_("permission"), need="permission", of="office")
    notices: tuple[Notice, ...] | None = fact(_("a notice about the account"), need="notice")
    separate_account: Tri = fact(_("whether the account is used for nothing else"))
    shares_with_personal: Tri = fact(_("whether it shares anything with a personal account"))
    login_is_private: Tri = fact(_("whether the account would run under someone’s private account"))

    @derived("run_by", label=_("everyone who has a part in the account"))
    def will_run(self, facts: Facts) -> tuple[Runner, ...] | None:
        """Everyone who has a part in the account."""
        return self.case.people(facts)


# How an account begins: an idea, a proposal and its signatures, the entry in the register.


Weighed = Literal["school", "community", "legal responsibilities", "reputation"]


@moment(
    "account.considered",
    _("Considering a new account"),
    "invitation weighed_against new_platform networks lasting_work approved",
    asks=Asks.ACT,
)
class AccountConsidered(Act, asked_of="applicant"):
    """`network_is_new`: not used here before. `from_day`: the planned opening. `decision`: None where no one
    has decided yet."""

    weighed: tuple[Weighed, ...] | None = fact(_("what the idea was weighed up against"))
    network: Network | None = fact(
        _("which network it is on"), _("Which network is it on?"), need="network", row=True
    )
    network_is_new: Tri = fact(
        question=_("Is it a network that no one here has used before?"), need="network", row=True
    )
    from_day: Day | None = Field(None, description=_("its first day"))
    to_day: Day | None = fact(_("Planned closing date"), need="closure_date")
    decision: DecisionTaken | None = fact(_("the decision on the proposal"), of="office")

    @derived("closure_date", label=_("how many weeks the account is planned to last"))
    def weeks_planned(self, _facts: Facts) -> int | None:
        """How many weeks it is planned to last."""
        return weeks_between(self.from_day, self.to_day)

    @derived("closure_date", label=_("whether the account’s start and end dates are given"))
    def has_time_planned(self, _facts: Facts) -> bool:
        """Whether its start and end are given."""
        return weeks_between(self.from_day, self.to_day) is not None


@moment(
    "account.propose",
    _("Proposing an official account"),
    """recipient aim purpose content intended_audience audience promotion visibility team run_by
    staff_number administrators administrator_number moderators moderator_number vetter contributors
    contributor_rights contributor_advertising parent_information consent_plan security host
    opening_date closing_date effort time ending evaluation under_age_plan intervention_plan
    audience_age form_filled_in""",
    law="network_age",
    asks=Asks.ACT,
)
class AccountPropose(Act, asked_of="applicant"):
    """`addressed_to`: the roles it is sent to, by the policy's own names."""

    addressed_to: Roles | None = Field(None, description=_("the roles the proposal is sent to"))
    placed: Placed = Field(Placed(), description=_("where the account is"))
    case: Case = Field(Case(), description=_("the case for the account"))

    @derived("recipient", _("who the proposal is addressed to"))
    def to_roles(self, _facts: Facts) -> Roles | None:
        """The roles it is sent to."""
        return self.addressed_to

    @derived("act", of="decider")
    def may_be_yes(self, _facts: Facts) -> bool:
        """Whether the answer may be a yes, as in `account.decide`: the proposal has no answer yet."""
        return True


Covered = Literal["aims", "content", "brand", "logo"]


class Signed(Part, asked_of="office"):
    """One signature. `role`: the policy's name of the part. `dated`: the day written beside it; `on`: by
    the program's clock. `leaves_out`: the signer's written exclusions."""

    role: Name = Field(description=_("the part that was signed"))
    by: Name = Field(description=_("who did it"))
    dated: Day | None = Field(None, description=_("the date beside the signature"))
    on: Day | None = fact(_("the actual date of signing"), need="signed_on")
    leaves_out: tuple[Covered, ...] = Field((), description=_("what the signer left out"))
    aims_unchanged: Tri = fact(_("whether the form is unchanged since it was signed"), need="form_unchanged")
    content_unchanged: Tri = fact(need="form_unchanged")

    @derived("signed_on", label=_("whether the signature was made on the date beside it"))
    def dated_truly(self, _facts: Facts) -> bool | None:
        """Whether it was given on the day written beside it."""
        return None if self.on is None or self.dated is None else self.dated == self.on

    @derived("signature_date", _("the date of signing"))
    def dated_later(self, facts: Any) -> tuple[Name, ...]:
        """The parts whose signatures are dated later than this one."""
        day = self.dated
        if day is None:
            return ()
        return tuple(one.role for one in facts.signed or () if one.dated is not None and one.dated > day)


@moment(
    "account.sign",
    _("The signatures on the form for a site"),
    "signature_dated signature_covers",
    asks=Asks.ACT,
)
class AccountSign(Act, asked_of="office"):
    """`signed`: all signatures of the form, each judged separately. `by` looks at them or adds one."""

    signed: tuple[Signed, ...] | None = fact(need="signatures")


@moment("account.awaits", _("A proposal waiting for a decision"), "decision_owed", asks=Asks.DUTY)
class AccountAwaits(Facts, asked_of="office"):
    """`decided`: approved or rejected."""

    received_on: Day | None = fact(_("the date the proposal was submitted"), need="proposal_received_on")
    decided: Tri = fact(need="decision")

    @derived("proposal_received_on", label=_("how many days ago the proposal was submitted"))
    def days_waited(self, facts: Facts) -> int | Ask | None:
        """How many days ago it was submitted."""
        if self.received_on is None:
            return None
        return (facts.day - self.received_on).days if facts.day is not None else Ask("day", "office")


FormState = Literal["none", "draft", "complete", "approved"]


class Practice(Part, asked_of="applicant"):
    """A practice that must be in place for a teaching account, by its name in the list. `worded_as_advice`:
    the policy's own sentence for it says "should"."""

    name: Name = Field(description=_("which practice it is"))
    in_place: Tri = fact(_("whether everything required for a teaching account is in place"), need="practice")
    worded_as_advice: Tri = fact(need="practice")


@moment(
    "account.create",
    _("Setting up and registering an account"),
    "account_kind login_address all_practices impersonation form_approved form_filled_in platform_terms",
    asks=Asks.ACT,
)
class AccountCreate(Act, asked_of="applicant"):
    """`person_named`: a key, "" for none; `run_by`: the key of the person who will run it. `terms_broken`:
    empty where a check found none."""

    registered_as: Literal["school-sanctioned", "personal"] | None = fact(
        _("the type of account"), need="account_kind", say="create.no_kind"
    )
    teaching: Tri = fact(_("what kind of account it is"), need="kind")
    login_address: Literal["school", "other"] | None = fact(
        _("the email address the account uses"), _("Whose email address would it use?")
    )
    practices: tuple[Practice, ...] | None = fact(_("what is in place for the account"))
    person_named: str | None = fact(_("whose name or post appears on the profile"))
    run_by: Name | None = fact(_("People who will look after it"))
    speaks_for_school: Tri = fact(
        _("whether it is done in the school’s name"), _("Are things done there in the school’s name?")
    )
    form: FormState | None = fact(_("the status of the form"), _("What stage is its form at?"))
    terms_broken: tuple[Name, ...] | None = fact(_("whether it breaks any of the platform’s own terms"))

    @derived("practices", label=_("what is not in place for the account"))
    def practices_missing(self, _facts: Facts) -> tuple[str, ...] | None:
        """The names of those that are not in place."""
        if self.practices is None:
            return None
        return tuple(one.name for one in self.practices if one.in_place is False)


@moment("login.choose", _("The account owner’s login"), "work_and_private_apart", asks=Asks.ACT)
class LoginChoose(Act, asked_of="applicant"):
    """`address`: of the school's own domain or of another."""

    account_is_official: Tri = fact(_("whether it is the school’s account"), need="own_account_official")
    address: Literal["school_domain", "other_domain"] | None = fact(
        _("the owner’s email address"), _("What kind of address is it?"), need="own_login_address"
    )


Readers = Literal[
    "existing parents",
    "potential parents",
    "existing pupils",
    "potential pupils",
    "wider community",
    "children",
    "families",
]


@moment("account.purpose", _("The purpose of an account"), "school_purpose written_for", asks=Asks.MATTER)
class AccountPurpose(Facts, asked_of="office"):
    """The proposed use of the account, in the words of the policy's list, and its audience."""

    version: ClassVar[int] = 1

    school: Name | None = fact()
    network: Network | None = Field(None, description=_("which network it is on"))
    purpose: Folded | None = Field(None, description=_("what the account is for"))
    readers: Readers | None = Field(None, description=_("who the account is for"))
