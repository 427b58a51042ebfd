"""An account of an example federation, from the first idea to the open account, as each policy wants it."""

from datetime import timedelta
from typing import Any

from schoolgate.accounts.deciding import decide_proposal, record_talk, sign_proposal
from schoolgate.accounts.models import Account, Proposal
from schoolgate.accounts.opening import give_notice, open_account
from schoolgate.accounts.proposals import shown_digest
from schoolgate.accounts.proposing import save_proposal, start_proposal, submit_proposal
from schoolgate.accounts.seeing import save_setup
from schoolgate.cli.demo.opening import seen_of, settles
from schoolgate.cli.demo.stage import Stage
from schoolgate.cli.demo.words import PROPOSED
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.subjects import subject_of
from schoolgate.networks.capabilities import OURS
from schoolgate.people.actions import give_permission
from schoolgate.policy.queries import book_in_scope
from schoolgate.rulebook.proposal_form import FormPoint

TEXTS = {
    "aim": ("To tell families what is happening at school, and to answer their questions."),
    "intended_audience": "Pupils' families and our neighbours.",
    "promotion": "An item in the newsletter and on the school website.",
    "content_description": "News, dates and displays of work. No pupils' names.",
    "host.name": "Wootton Upper School",
}


PUPILS_READ = {"wildground": 7, "wootton": 13}
"""Federation -> the age of the youngest pupil who reads its noticeboard; elsewhere no pupils do."""
FAMILIES = {
    "parent_information_plan": "A letter home before the first lesson with it, and an evening for questions.",
    "contributors.pupil_ages": [13, 18],
    "consent_plan": "On the consent form for pictures and work, which the office keeps.",
}
"""What a proposal says where pupils will write too."""


def has_account(stage: Stage, school: School, *, network: str, name: str) -> Account:
    """Propose it, have it decided as this policy says, set it up and open it."""
    proposal = _propose(stage, school, network=network, name=name)
    _decide(stage, proposal)
    account = Account.objects.get(proposal=proposal)
    _set_up(stage, account, school)
    return open_account(account=account, by=stage.who("opener"), at=stage.later(20))


def proposes(stage: Stage) -> Proposal:
    """Add a proposal that awaits a decision today."""
    stage.go_on(days_ago=1)
    name, aim = PROPOSED
    return _propose(stage, stage.schools[-1], network="facebook", name=name, aim=aim, pupils_write=True)


def _propose(
    stage: Stage, school: School, *, network: str, name: str, aim: str = "", pupils_write: bool = False
) -> Proposal:
    by = stage.who("proposer")
    proposal = start_proposal(by=by, at=stage.later(30), school=school)
    said = {point.key: _answer(stage, point) for point in book_in_scope().proposal_form}
    answers = {key: answer for key, answer in said.items() if answer is not None}
    if aim and "aim" in answers:
        answers["aim"] = aim
    if pupils_write and "contributors" in answers:
        both = ["own_staff", "own_pupils"]
        answers |= {"contributors": both, "contributors.what_each_may_do": both, **FAMILIES}
    youngest = PUPILS_READ.get(stage.key) if network == OURS else None
    save_proposal(
        proposal=proposal,
        by=by,
        at=stage.later(15),
        name=name,
        network=network,
        kind="school",
        pupils_in_audience=youngest is not None,
        youngest_pupil=youngest,
        answers=answers,
    )
    return submit_proposal(proposal=proposal, by=by, at=stage.later())


def _decide(stage: Stage, proposal: Proposal) -> None:
    if proposal.decided_at is not None:  # this policy approves no proposal
        return
    for signer in stage.cast.signers:
        sign_proposal(
            proposal=proposal, by=stage.people[signer], at=stage.later(90), seen=shown_digest(proposal)
        )
    decider = stage.who("decider")
    if stage.cast.signers:
        record_talk(
            proposal=proposal,
            by=decider,
            at=stage.later(60),
            covers=["audience", "contributors", "purpose", "content"],
        )
    decide_proposal(
        proposal=proposal,
        by=decider,
        at=stage.later(120),
        approve=True,
        seen=shown_digest(proposal),
        reason_is_strong=True if stage.cast.signers else None,
    )


def _set_up(stage: Stage, account: Account, school: School) -> None:
    opener = stage.who("opener")
    address = "" if account.network == OURS else f"https://www.facebook.com/{school.slug}"
    save_setup(
        account=account,
        by=opener,
        at=stage.later(30),
        answers=seen_of(stage, account, school.name),
        address=address,
        contact="The school office",
    )
    settles(stage, account)
    if stage.cast.notice_to:
        give_notice(
            account=account,
            by=opener,
            at=stage.later(),
            to=stage.people[stage.cast.notice_to],
            address=address or f"https://{stage.key}.example/noticeboard",
            identity=account.name,
        )
    for covers in ("name", "logo") if stage.cast.notice_to else ():
        give_permission(
            by=stage.who("decider"),
            at=stage.later(),
            role_key="headteacher",
            written=True,
            covers=covers,
            subject=subject_of(account),
            from_day=local_day(stage.clock),
        )


def _answer(stage: Stage, point: FormPoint) -> Any:
    """What the example proposal says at a point of the policy's form: by its key, else by its type."""
    people, day = stage.people, local_day(stage.clock)
    by_key: dict[str, Any] = {
        **TEXTS,
        "visibility": "open",
        "reason_kind": "pedagogical",
        "hours_per_week": 2,
        "author": stage.who("proposer").pk,
        "host": "school",
        "audience": ["own_staff", "pupils_family"],
        "contributors": ["own_staff"],
        "contributors.what_each_may_do": ["own_staff"],
        "vulnerable_adults_contribute": False,
        "go_live_date": (day + timedelta(days=7)).isoformat(),
        "evaluation_date": (day + timedelta(days=180)).isoformat(),
        "closure_date": (day + timedelta(days=365)).isoformat(),
    }
    if stage.cast.manages:
        by_key["line_manager"] = people[stage.cast.manages[0][0]].pk
        by_key["accountable_manager"] = stage.who("decider").pk
    if point.key in by_key:
        return by_key[point.key]
    if point.type == "people":
        administrators = [person.pk for key, person in people.items() if key in ("di", "ed")]
        return administrators or [stage.who("answerer").pk, stage.who("proposer").pk]
    return "As agreed with the head and recorded in the school's plan." if point.required else None
