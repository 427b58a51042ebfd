"""How an account begins: an idea, a proposal and its signatures, the entry in the register."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from schoolgate.rulebook.facts import Act, Ask, Day, Facts, Folded, Name, Part, Roles, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.account_open import DecisionTaken
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.case import Case, Placed, weeks_between
from schoolgate.rulebook.situations.networks import Network

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
