"""An account is about to go live, or to be opened to pupils. Is everything in place that the policy asks
for?"""

from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Dated,
    Facts,
    Given,
    Instant,
    Name,
    Part,
    Person,
    Roles,
    Tri,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.account_decide import Signature
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.case import Case, Placed, Runner


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
