"""An account is about to go live, or pupils are about to be let in. Is everything in place that the policy
asks for?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Facts, Given, Instant, Name, Part, Person, Roles, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.account_decide import Signature
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.case import Case, Placed, Runner


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

    says_who_runs_it: Annotated[Tri, Ask("says_who_runs_it", "applicant", _("who runs the account"))] = None
    real_name: Annotated[Tri, Ask("real_name", "applicant", _("the person's real name"))] = None
    function_stated: Annotated[
        Tri, Ask("function_stated", "applicant", _("what the person does at the school"))
    ] = None
    school_named: Annotated[
        str | None, Ask("school_named", "applicant", _("the name of the school on the account's page"))
    ] = None
    says_not_always_watched: Annotated[
        Tri,
        Ask(
            "says_not_always_watched",
            "applicant",
            _("a notice that nobody watches the account round the clock"),
        ),
    ] = None
    says_where_concerns_go: Annotated[
        Tri, Ask("says_where_concerns_go", "applicant", _("a notice that says whom to tell about worries"))
    ] = None
    acceptable_use_link: Annotated[
        Literal["school_website", "elsewhere", "none"] | None, Ask("acceptable_use_link", "applicant")
    ] = None
    posts_are_signed: Annotated[Tri, Ask("says_who_runs_it", "applicant")] = None
    shows_logo_or_brand: Annotated[
        Tri, Ask("shows_logo_or_brand", "applicant", _("the school's logo or brand"))
    ] = None
    terms_of_use: Annotated[Tri, Ask("terms_of_use", "applicant", _("the terms of use"))] = None
    house_rules: Annotated[Tri, Ask("house_rules", "applicant", _("the house rules"))] = None
    privacy: Annotated[
        Literal["strongest_available", "weaker"] | None,
        Ask("privacy", "applicant", _("the privacy settings")),
    ] = None


class AccountOpen(Act):
    """`by` opens the account. `decision` None: not known; outcome "waiting": none taken yet.

    `kind`: "teaching" for an account through which pupils are taught, "school" for one in a school's or the
    federation's own name, "other" else. `lets_pupils_in`: whether pupils get access by this step.
    `permissions`: what somebody allowed, `covers` naming it ("name", "logo", "account"). `separate_login`:
    the account has a login of its own, used for nothing else. `login_is_private`: it would run under
    somebody's private account."""

    by: Annotated[Person | None, Ask("creator", "office", _("who sets it up"))] = None
    decision: Annotated[
        DecisionTaken | None, Ask("decision", "office", _("the decision on the proposal"))
    ] = None
    signatures: Annotated[tuple[Signature, ...] | None, Ask("signatures", "office")] = None
    kind: Annotated[Literal["teaching", "school", "other"] | None, Ask("kind", "applicant")] = None
    lets_pupils_in: Annotated[Tri, Ask("lets_pupils_in", "applicant", _("whether pupils are let in"))] = None
    made_for_pupils: Annotated[Tri, Ask("made_for_pupils", "applicant")] = None
    placed: Placed = Placed()
    case: Case = Case()
    profile: Profile = Profile()
    uses_name: Annotated[
        Tri, Ask("uses_name", "applicant", _("whether it uses the name of a school or of the federation"))
    ] = None
    uses_logo: Annotated[
        Tri, Ask("uses_logo", "applicant", _("whether it uses a logo of the school or federation"))
    ] = None
    permissions: Annotated[tuple[Given, ...] | None, Ask("permission", "office", _("a permission"))] = None
    notices: Annotated[
        tuple[Notice, ...] | None, Ask("notice", "applicant", _("a notice of the account"))
    ] = None
    separate_account: Annotated[
        Tri, Ask("separate_account", "applicant", _("whether the account is used for nothing else"))
    ] = None
    shares_with_personal: Annotated[
        Tri, Ask("shares_with_personal", "applicant", _("whether it shares anything with a personal account"))
    ] = None
    login_is_private: Annotated[
        Tri, Ask("login_is_private", "applicant", _("whether it would run under somebody's private account"))
    ] = None

    @derived("run_by", "applicant")
    def will_run(self, facts: Facts) -> tuple[Runner, ...] | None:
        """Everybody who has a part in the account."""
        return self.case.people(facts)


ACCOUNT_OPEN = Situation(
    key="account.open",
    title=_("An account goes live"),
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
