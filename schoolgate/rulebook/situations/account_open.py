"""An account is about to go live, or pupils are about to be let in. Is everything in place that the policy
asks for?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Given, Instant, Name, Part, Person, Roles, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.account_decide import Signature
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.case import Case, Placed


class DecisionTaken(Part):
    """What was decided on the proposal, by whom, in which roles."""

    outcome: Literal["approved", "rejected", "waiting"]
    by: Name | None = None
    roles: Roles = ()
    at: Instant | None = None


class Notice(Part):
    """Something made known to somebody. `covers`: what the notice told ("address", "identity")."""

    to_roles: Roles
    covers: tuple[Literal["address", "identity"], ...]
    at: Instant | None = None


class Profile(Part):
    """What the account's own page says, as somebody looked at it.

    `acceptable_use_link`: whether the About or Info text links to the ICT acceptable use policy, and where
    to. `school_named`: the name of a school that stands there, "" for none."""

    says_who_runs_it: Tri = None
    real_name: Tri = None
    function_stated: Tri = None
    school_named: str | None = None
    says_not_always_watched: Tri = None
    says_where_concerns_go: Tri = None
    acceptable_use_link: Literal["school_website", "elsewhere", "none"] | None = None
    posts_are_signed: Tri = None
    shows_logo_or_brand: Tri = None
    terms_of_use: Tri = None
    house_rules: Tri = None
    privacy: Literal["strongest_available", "weaker"] | None = None


class AccountOpen(Facts):
    """`by` opens the account. `decision` None: not known; outcome "waiting": none taken yet.

    `kind`: "teaching" for an account through which pupils are taught, "school" for one in a school's or the
    federation's own name, "other" else. `lets_pupils_in`: whether pupils get access by this step.
    `permissions`: what somebody allowed, `covers` naming it ("name", "logo", "account"). `separate_login`:
    the account has a login of its own, used for nothing else. `login_is_private`: it would run under
    somebody's private account."""

    by: Person | None = None
    decision: DecisionTaken | None = None
    signatures: tuple[Signature, ...] | None = None
    kind: Literal["teaching", "school", "other"] | None = None
    lets_pupils_in: Tri = None
    made_for_pupils: Tri = None
    placed: Placed = Placed()
    case: Case = Case()
    profile: Profile = Profile()
    uses_name: Tri = None
    uses_logo: Tri = None
    permissions: tuple[Given, ...] | None = None
    notices: tuple[Notice, ...] | None = None
    separate_account: Tri = None
    shares_with_personal: Tri = None
    login_is_private: Tri = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


ACCOUNT_OPEN = Situation(
    key="account.open",
    title=gettext_noop("An account goes live"),
    facts=AccountOpen,
    points=points(
        """
        approved creator read understood trained name_and_logo notified notice_recipient separate_account
        apart_from_personal acceptable_use_link says_who_runs_it not_always_watched contact real_name
        function school_named privacy terms_of_use house_rules logo_shown approved_people audience_age
        """,
        law="network_age",
        house="private_login",
    ),
)
