"""A rehearsal: a walk through the main job under a policy that isn't signed yet, by the program's own
actions: propose an account, decide, open it, write a post, approve it, take in a comment, reply. It happens
in a transaction that is rolled back, with made-up people and what is being prepared in force. Nothing of it
stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import opening_questions
from schoolgate.accounts.before_opening import save_setup
from schoolgate.accounts.deciding import decide_proposal, sign_proposal
from schoolgate.accounts.models import Account, Proposal
from schoolgate.accounts.opening import open_account
from schoolgate.accounts.papers import paper_of
from schoolgate.accounts.proposal_form import steps as steps_of
from schoolgate.accounts.proposals import shown_digest
from schoolgate.accounts.proposing import save_proposal, start_proposal, submit_proposal
from schoolgate.accounts.sites import Settled, hosting, settle_site, to_settle
from schoolgate.core.errors import BadInput, NotNow, Refused, SchoolgateError
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import current_scope
from schoolgate.inbox.models import Item
from schoolgate.inbox.pasting import paste_in
from schoolgate.inbox.reply_facts import ASKED
from schoolgate.inbox.replying import write_answer
from schoolgate.networks.capabilities import OURS
from schoolgate.people.models import Person, RoleAssignment, User
from schoolgate.people.rules import can
from schoolgate.policy.books import bindings_digest
from schoolgate.policy.models import Attested, DecisionRecord, PolicyVersion, Reading, VersionState
from schoolgate.policy.queries import in_force
from schoolgate.policy.rehearsed import Rehearsed, changes_to_rehearse
from schoolgate.policy.rules import check_may_record_training
from schoolgate.policy.saying import attest
from schoolgate.policy.training import record_training
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.author_questions import options_for
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Post, PostState
from schoolgate.publishing.questions import QUESTIONS, Question
from schoolgate.rulebook import Book, Decision, decide
from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.deciding import STOPS
from schoolgate.rulebook.findings import clauses_of
from schoolgate.rulebook.proposal_form import FormPoint
from schoolgate.rulebook.rehearsal.case import morning_after
from schoolgate.rulebook.working_time import local_day

NOWHERE = "rehearsal.invalid"
"""No mail can reach it (RFC 2606)."""
TWICE = frozenset({Capacity.APPROVE_POST, Capacity.DECIDE_ACCOUNT, Capacity.SECOND_PERSON})
"""Of a role with one of these there are two people, so that one can do it for the other."""


@dataclass(frozen=True)
class Actor:
    """A made-up person with a role of the policy."""

    person: Person
    role: str
    may: frozenset[str]


@dataclass(frozen=True)
class Company:
    """Made-up people, one or two of each role, who have read the policy and were trained."""

    actors: tuple[Actor, ...]

    def that_may(self, capacity: Capacity) -> list[Actor]:
        """Return those with a capacity, the ones with the fewest others first."""
        return sorted((one for one in self.actors if capacity in one.may), key=lambda one: len(one.may))


class Undone:
    """Says that all of it is undone: only `rolled_back` makes one, and it ends with that."""

    def __init__(self) -> None:
        self.open = True

    def check(self) -> None:
        """Raise RuntimeError where it would not be undone any more."""
        if not self.open:
            raise RuntimeError("a draft comes into force, and people are made up, only to be undone")


@contextmanager
def rolled_back() -> Iterator[Undone]:
    """Undo everything that is done within it: rows, events, jobs, and what the scope remembered. What waits
    for a commit never happens."""
    undone = Undone()
    scope = current_scope()
    pending, closing, reads = len(scope.pending), list(scope.closing), scope.reads
    scope.memo.clear()
    scope.reads = None
    try:
        with transaction.atomic():
            try:
                yield undone
            finally:
                transaction.set_rollback(True)
    finally:
        undone.open = False
        del scope.pending[pending:]
        scope.closing[:] = closing
        scope.memo.clear()
        scope.reads = None if reads is None else {}


def put_in_force(found: Rehearsed, undone: Undone, *, by: Person | None, at: datetime, on: date) -> None:
    """Put what is rehearsed in force, to be undone."""
    undone.check()
    now = in_force(on)
    if found.of == "now" or found.version is None:
        return
    row = PolicyVersion.objects.get(pk=found.version.pk)
    number = now.reading.number + 1
    if row.pk != now.version.pk:
        before = PolicyVersion.objects.filter(pk=now.version.pk)
        before.update(state=VersionState.SUPERSEDED, superseded_at=at)
        PolicyVersion.objects.filter(pk=row.pk).update(
            state=VersionState.IN_FORCE, adopted_on=on, in_force_from=at
        )
        number = 1
    Reading.objects.create(
        version=row,
        number=number,
        bindings_digest=bindings_digest(found.book.pack),
        changes=changes_to_rehearse(found, on=on),
        signed_by=by,
        signed_at=at if by is not None else None,
    )
    current_scope().memo.clear()


def company_of(book: Book, undone: Undone, *, at: datetime, on: date) -> Company:
    """Make up one or two people of each role, to be undone."""
    undone.check()
    version = in_force(on).version
    actors = []
    for role in book.roles:
        for number in (1, 2) if role.capacities & TWICE else (1,):
            name = f"{role.name} {number}"
            email = f"{role.key}.{number}@{NOWHERE}"
            user = User.objects.create(email=email, password="!")  # noqa: S106 - no one signs in with it
            person = Person.objects.create(name=name[:200], email=email, user=user, relation="staff")
            RoleAssignment.objects.create(
                person=person, role_key=role.key, scope_kind="federation", from_day=on, leads_since=at
            )
            actors.append(Actor(person, role.name, frozenset(role.capacities)))
    current_scope().memo.clear()
    for one in actors:
        for kind in (Attested.POLICY_READ, Attested.POLICY_UNDERSTOOD):
            attest(kind=kind, about=version, by=one.person, at=at, seen={})
    keepers = [one for one in actors if can(check_may_record_training, one.person, on=on)]
    for one in actors:
        if keepers:
            record_training(person=one.person, by=keepers[0].person, at=at)
    if not Safeguarder.objects.filter(ended_at=None).exists() and actors:
        Safeguarder.objects.create(place="deputy", person_id=actors[0].person.pk, since=at)
    return Company(tuple(actors))


SIGNED_BY_NAME = _(
    "This policy has a form that named people sign one after another. The trial run ends here: "
    "try the form on the proposal’s page."
)
LAST = 700
"""An account closes after everything else that is planned for it."""
BETTER_NOT = frozenset(
    {"login_is_private", "breaks_terms", "bears_another_name", "lets_pupils_in", "made_for_pupils"}
    | {"shares_with_personal", "uses_name", "uses_logo", "shows_logo_or_brand"}
)
"""What is in order about an account where the answer is no."""


@dataclass(frozen=True)
class Step:
    """One step of the walk. `who`: the roles that tried, in the policy's words; `decision`: with which the
    policy held it up; `told`: what the program said instead. Neither: it was done. `skipped`: no one
    tried. `capacity`: what a role has to be able to do for it."""

    title: str | Promise
    who: tuple[str, ...]
    decision: Decision | None = None
    told: str = ""
    skipped: bool = False
    capacity: Capacity | None = None

    def waits_for(self, book: Book) -> tuple[str, ...]:
        """The roles of this policy that it waits for and that may not do this step."""
        if self.decision is None or self.capacity is None:
            return ()
        found = (one for one in self.decision.findings if one.stands and one.kind in STOPS)
        asked = {need.source for one in found for need in one.needs}
        return tuple(
            one.name for one in book.roles if one.name in asked and self.capacity not in one.capacities
        )

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that hold it up."""
        if self.decision is None:
            return ()
        return clauses_of(one for one in self.decision.findings if one.stands and one.kind in STOPS)

    @property
    def stuck(self) -> bool:
        """Whether everyone who may tried, and no one could."""
        return not (self.done or self.skipped)

    @property
    def done(self) -> bool:
        """Whether someone could do it."""
        return self.decision is None and not self.told


@dataclass
class _Walk:
    """What is there so far."""

    book: Book
    company: Company
    school: School
    at: datetime
    on: date
    proposal: Proposal | None = None
    account: Account | None = None
    post: Post | None = None
    author: str = ""
    item: Item | None = None


def walked(found: Rehearsed, *, by: Person | None, at: datetime, on: date) -> list[Step]:
    """Walk under what is rehearsed and return the steps, up to the first that no one could take. Everything
    is undone. `by`: who would sign. Empty where the federation has no school or no policy yet.

    It happens on an ordinary morning, whenever it's tried."""
    school = School.objects.order_by("id").first()
    if school is None or found.version is None:
        return []
    with rolled_back() as undone:
        put_in_force(found, undone, by=by, at=at, on=on)
        morning = morning_after(at)
        company = company_of(found.book, undone, at=at, on=on)
        walk = _Walk(found.book, company, school, morning, local_day(morning))
        return list(_steps(walk))


def _steps(walk: _Walk) -> Iterator[Step]:
    for title, capacity, act in STEPS:
        if act is _decide and steps_of(walk.book) and paper_of(walk.book):
            yield Step(title, (), told=str(SIGNED_BY_NAME), skipped=True)
            return
        step = _tried(walk, title, capacity, act)
        yield step
        if not step.done:
            if act is not _open:
                return
            _open_all_the_same(walk)
        if act is _approve:
            yield from _posts_of_other_roles(walk)


def _posts_of_other_roles(walk: _Walk) -> Iterator[Step]:
    """Yield where a post is held up that someone of another role wrote: a policy may want another approver
    for it, who perhaps may not approve."""
    walked_role = walk.author
    for actor in walk.company.that_may(Capacity.WRITE_POST):
        if actor.role in (walked_role, walk.author):
            continue
        walk.author = actor.role
        title = format_lazy(_("Approve a post by {role}"), role=actor.role)
        try:
            _write(walk, actor.person)
        except SchoolgateError:
            continue  # who may write is not asked here
        step = _tried(walk, title, Capacity.APPROVE_POST, _approve)
        if not step.done:
            yield step


def _tried(
    walk: _Walk, title: str | Promise, capacity: Capacity, act: Callable[[_Walk, Person], None]
) -> Step:
    """Let each person try it who may, until one can; return what held up the last."""
    actors = walk.company.that_may(capacity)
    if not actors:
        return Step(title, (), told=str(_("No role of this policy may do this.")))
    last: Step | None = None
    tried: list[str] = []
    for actor in actors:
        tried.append(actor.role)
        try:
            act(walk, actor.person)
        except Refused as refused:
            kept = refused.kept
            decision = kept.decision if isinstance(kept, DecisionRecord) else None
            told = str(_("This policy doesn’t allow this."))
            last = Step(title, _each_once(tried), decision=decision, told=told, capacity=capacity)
        except BadInput as wrong:
            last = last or Step(title, _each_once(tried), told=" ".join(map(str, wrong.fields.values())))
        except SchoolgateError as error:
            last = last or Step(title, _each_once(tried), told=str(error.message))
        else:
            if act is _write:
                walk.author = actor.role
            return Step(title, (actor.role,))
    assert last is not None
    return last


def _each_once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _propose(walk: _Walk, by: Person) -> None:
    proposal = start_proposal(by=by, at=walk.at, school=walk.school)
    walk.proposal = save_proposal(
        proposal=proposal,
        by=by,
        at=walk.at,
        name="Rehearsal",
        network=OURS,
        kind="school",
        pupils_in_audience=False,
        answers={one.key: _answer(one, place, walk) for place, one in enumerate(walk.book.proposal_form)},
    )
    walk.proposal = submit_proposal(proposal=walk.proposal, by=by, at=walk.at)


def _people_wanted(book: Book) -> int:
    """Return how many people its rules want for an account: their own form may not say."""
    told = decide(book, "account.propose", {"case": {"run_by": []}})
    return max((int(one.args["least"]) for one in told.at("staff_number") if "least" in one.args), default=0)


def _answer(point: FormPoint, place: int, walk: _Walk) -> Any:
    """Return something that answers a point of the policy's form: another person and a later day for each."""
    writers = [one.person.pk for one in walk.company.that_may(Capacity.WRITE_POST)]
    people = list(dict.fromkeys((*writers, *(one.person.pk for one in walk.company.actors))))
    people = people[: max(point.minimum or 0, 2, _people_wanted(walk.book))]
    others = [one.person.pk for one in walk.company.actors if one.person.pk not in people] or people
    day = (walk.on + timedelta(days=LAST if "closure" in point.key else 30 + 7 * place)).isoformat()
    answers: Mapping[str, Any] = {
        "choice": point.options[0][0] if point.options else "",
        "groups": [value for value, _label in point.options[:1]],
        "person": others[place % len(others)],
        "people": people,
        "names": ["Rehearsal"],
        "date": day,
        "ages": [11, 16],
        "number": 1,
        "yes_no": True,
    }
    return answers.get(point.type, "To show families what pupils do.")


def _decide(walk: _Walk, by: Person) -> None:
    assert walk.proposal is not None
    proposal = Proposal.objects.get(pk=walk.proposal.pk)
    if Account.objects.filter(proposal=proposal).exists():
        return  # this policy approves no proposal
    signed = proposal.signatures.count()
    for role in steps_of(walk.book)[signed:-1]:
        signer = next((one.person for one in walk.company.actors if one.role == role), by)
        sign_proposal(proposal=proposal, by=signer, at=walk.at, seen=shown_digest(proposal))
    decide_proposal(
        proposal=proposal,
        by=by,
        at=walk.at,
        approve=True,
        seen=shown_digest(proposal),
        reason="A rehearsal.",
        reason_is_strong=True,
    )


def _open(walk: _Walk, by: Person) -> None:
    account = Account.objects.get(proposal=walk.proposal)
    _settle(walk, account)
    answers = {one.key: _in_order(one, walk) for one in opening_questions.questions(walk.book, OURS)}
    account = save_setup(account=account, by=by, at=walk.at, answers=answers)
    walk.account = open_account(account=account, by=by, at=walk.at)


def _settle(walk: _Walk, account: Account) -> None:
    """Say what a policy wants settled about an account before it opens, such as who answers comments."""
    asked = to_settle(walk.book, hosting(account), for_young=account.pupils_in_audience)
    keeper = account.team.filter(to_day=None).select_related("person").order_by("id").first()
    if asked and keeper is not None:
        answers = {one.key: settled(one) for one in asked}
        settle_site(account=account, by=keeper.person, at=walk.at, answers=answers)


def settled(one: Settled) -> Any:
    """Return something that answers a question about the care of an account."""
    first = one.options[0][0] if one.options else ""
    answers: Mapping[str, Any] = {
        "yes_no": False,
        "choice": first,
        "several": [first],
        "lines": ["The school office"],
    }
    return answers.get(one.type, "The school office, every school day.")


def _in_order(question: opening_questions.Question, walk: _Walk) -> Any:
    """Return the answer about an account with which everything is as it should be."""
    if question.type == "yes_no":
        return question.key not in BETTER_NOT
    return question.options[0][0] if question.options else walk.school.name


def _open_all_the_same(walk: _Walk) -> None:
    """Go on with an open account, so that one missing answer doesn't hide what comes after it."""
    account = Account.objects.get(proposal=walk.proposal)
    opener = walk.company.that_may(Capacity.OPEN_ACCOUNT) or list(walk.company.actors)
    Account.objects.filter(pk=account.pk).update(state="open", opened_at=walk.at, opened_by=opener[0].person)
    walk.account = Account.objects.get(pk=account.pk)


def _write(walk: _Walk, by: Person) -> None:
    assert walk.account is not None
    targets = [TargetText(walk.account, "The cake sale made three hundred pounds. Thank you!")]
    about_it = {name: one for name, one in QUESTIONS.items() if one.about == "post"}
    answers = {name: _usual(name, one, walk) for name, one in about_it.items()}
    post = draft_post(by=by, at=walk.at, school=walk.school, targets=targets, answers=answers)
    walk.post = submit_post(by=by, at=walk.at, post=post)


def _usual(name: str, question: Question, walk: _Walk) -> Any:
    """Return the answer about a post with which everything is as it should be."""
    if question.kind == "text":
        listed = options_for(name, walk.book, walk.school)
        return listed[0][0] if listed else "To tell families what happens at school."
    if question.kind == "choice" and question.usual is None:
        return question.options[0][0]
    return question.usual


def _approve(walk: _Walk, by: Person) -> None:
    assert walk.post is not None
    post = queries.post(walk.post.pk)
    if post.state != PostState.SUBMITTED:
        return
    seen = queries.seen_now(post, at=walk.at)
    after = approve_post(by=by, at=walk.at, post=post, seen=seen, discussed=True)
    if after.state == PostState.SUBMITTED:
        raise NotNow(_("It still needs someone else’s approval."))


def _receive(walk: _Walk, by: Person) -> None:
    assert walk.account is not None
    walk.item = paste_in(
        by=by,
        at=walk.at,
        account=walk.account,
        text="When is the coach back from the trip?",
        appeared_at=walk.at - timedelta(hours=1),
        author="A parent",
        kind="query",
        private=False,
    )


def _reply(walk: _Walk, by: Person) -> None:
    assert walk.item is not None
    item = Item.objects.select_related("account__school", "school").get(pk=walk.item.pk)
    said = {**dict.fromkeys(ASKED, False), "to_relation": "parent", "about_school": True}
    write_answer(by=by, at=walk.at, item=item, text="At five.", version=item.version, said=said)


STEPS: tuple[tuple[str | Promise, Capacity, Callable[[_Walk, Person], None]], ...] = (
    (_("Propose an account"), Capacity.PROPOSE_ACCOUNT, _propose),
    (_("Decide on it"), Capacity.DECIDE_ACCOUNT, _decide),
    (_("Open the account"), Capacity.OPEN_ACCOUNT, _open),
    (_("Write a post and send it for approval"), Capacity.WRITE_POST, _write),
    (_("Approve the post"), Capacity.APPROVE_POST, _approve),
    (_("Enter a parent’s question"), Capacity.ANSWER, _receive),
    (_("Reply to the parent"), Capacity.ANSWER, _reply),
)


def lines(steps: list[Step]) -> list[str]:
    """Return the walk as lines of English text."""
    return [
        " ".join((f"{one.title} ({', '.join(one.who)}):", one.told or "done", *one.clauses)) for one in steps
    ]
