"""Build the facts of account.create and of login.choose: which account is entered, and as what kind."""

from datetime import datetime

from schoolgate.accounts.facts.proposals import actor
from schoolgate.accounts.facts.seen import standing
from schoolgate.accounts.models import Account
from schoolgate.accounts.states import AccountKind, Part, ProposalState
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import person_key
from schoolgate.networks.registry import capabilities
from schoolgate.people.models import Person
from schoolgate.policy.queries import PolicyInForce
from schoolgate.rulebook.situations.account_begin import AccountCreate, FormState, LoginChoose, Practice

SOMEBODY_ELSE = "somebody-else"
"""How the facts call an unnamed person: only that they don't run the account."""

_FORM: dict[str, FormState] = {
    ProposalState.DRAFT: "draft",
    ProposalState.SUBMITTED: "complete",
    ProposalState.APPROVED: "approved",
    ProposalState.REFUSED: "complete",
    ProposalState.NOTED: "complete",
    ProposalState.WITHDRAWN: "draft",
}


def create_facts(account: Account, policy: PolicyInForce, *, by: Person, at: datetime) -> AccountCreate:
    """Return the facts of entering an account; all accounts here speak for the school, none is private."""
    on = local_day(at)
    seen = standing(account, policy.book)
    bears, breaks = seen.get("bears_another_name"), seen.get("breaks_terms")
    lead = account.team.filter(part=Part.LEAD, to_day=None).order_by("id").first()
    return AccountCreate(
        now=at,
        on=on,
        by=actor(by, policy.book, on=on, school=account.school),
        registered_as="school-sanctioned" if account.kind else None,
        teaching=account.kind == AccountKind.TEACHING if account.kind else None,
        login_address=login_address(account, seen.get("login_address")),
        practices=_practices(account, seen),
        person_named=None if bears is None else SOMEBODY_ELSE if bears else "",
        run_by=person_key(lead.person_id) if lead else None,
        speaks_for_school=True,
        form=_FORM[account.proposal.state] if account.proposal else "none",
        terms_broken=None if breaks is None else ("the network's own terms",) if breaks else (),
    )


def login_facts(account: Account, policy: PolicyInForce, *, by: Person, at: datetime) -> LoginChoose:
    """Return the facts of the address that an account's sign-in depends on."""
    on = local_day(at)
    given = login_address(account, standing(account, policy.book).get("login_address"))
    return LoginChoose(
        now=at,
        on=on,
        by=actor(by, policy.book, on=on, school=account.school),
        account_is_official=True,
        address={"school": "school_domain", "other": "other_domain"}.get(given or ""),
    )


def login_address(account: Account, said: str | None) -> str | None:
    """Return who owns the address that it depends on. The noticeboard's only sign-in is this program's own,
    which is the school's."""
    return "school" if capabilities(account.network).ours else said


def _practices(account: Account, seen: dict[str, object]) -> tuple[Practice, ...]:
    """Return what is on record of the practices of a teaching account, in the names of the policy's list."""
    notices = list(account.notices.all())
    shares = seen.get("shares_with_personal")
    link = seen.get("acceptable_use_link")
    before_pupils = seen.get("lets_pupils_in")
    told_address = any(one.address for one in notices)
    told_identity = any(one.identity for one in notices)
    found = {
        "separate account": seen.get("separate_account"),
        "apart from personal accounts": None if shares is None else not shares,
        "address made known": True if before_pupils is False else told_address,
        "identity made known": True if before_pupils is False else told_identity,
        "link to the acceptable use policy": None if link is None else link == "school_website",
    }
    return tuple(
        Practice.model_validate({"name": name, "in_place": answer, "worded_as_advice": True})
        for name, answer in found.items()
    )
