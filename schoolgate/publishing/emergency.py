"""Emergency texts: approved beforehand word for word, rehearsed as the post they would be, and sent at
once by the people named in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused, SchoolgateError, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_words_of
from schoolgate.core.models import School
from schoolgate.core.moves import done_before, move
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.policy.asking import answered, record_decisions, require, verdicts
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing import queries, ready, rules
from schoolgate.publishing.approving import approving_roles, ask_for_approval, clauses_of
from schoolgate.publishing.author_questions import AskedBy, asked_of_author, not_offered
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.duty_kinds import APPROVE_TEXT
from schoolgate.publishing.facts import Approver, facts_of
from schoolgate.publishing.hits import PostHit, hits_of
from schoolgate.publishing.models import (
    POST_MOVES,
    READY_MOVES,
    Approval,
    Post,
    PostState,
    PostTarget,
    ReadyApproval,
    ReadyState,
    ReadyText,
    ReadyVersion,
)
from schoolgate.publishing.permissions import counts_beside_others
from schoolgate.publishing.questions import QUESTIONS, fits
from schoolgate.publishing.ready import Value, check_values
from schoolgate.publishing.rules import LEAD, check_lead_named
from schoolgate.publishing.starting import begin_sending
from schoolgate.rulebook.kinds import REFUSED
from schoolgate.rulebook.situations.posts import PostPublish

SOMETIME = time(9)


@dataclass(frozen=True)
class Rehearsed:
    """What an emergency text would be as a post, for one school: its facts, what no network takes, what its
    writer is asked, and the words that may be a pupil's name."""

    facts: Sequence[PostPublish]
    problems: Mapping[str, Text]
    asked: Mapping[str, tuple[AskedBy, ...]]
    owed: Collection[str]
    maybe_names: Sequence[str]


class _Undone(SchoolgateError):
    """Raised to leave the rehearsal, which then undoes everything it wrote; carries the result out."""

    def __init__(self, found: Rehearsed) -> None:
        super().__init__("")
        self.found = found


def rehearse(
    *,
    at: datetime,
    version: ReadyVersion,
    school: School,
    accounts: Sequence[Account],
    values: Mapping[str, Value],
    approvers: tuple[Approver, ...] = (),
) -> Rehearsed:
    """Return what the text would be as a post; neither a row nor an event of it stays."""
    try:
        _rehearse(
            at=at, version=version, school=school, accounts=accounts, values=values, approvers=approvers
        )
    except _Undone as undone:
        return undone.found
    raise TypeError("a rehearsal always ends undone")


@action
def _rehearse(
    *,
    at: datetime,
    version: ReadyVersion,
    school: School,
    accounts: Sequence[Account],
    values: Mapping[str, Value],
    approvers: tuple[Approver, ...],
) -> None:
    post = as_post(version, school, accounts, values, by=version.by, at=at)
    facts = [each for _target, each in facts_of(post, at=at, approvers=approvers)]
    found, problems = hits_of(post, on=local_day(at)), rules.problems_of(post, on=local_day(at))
    if found.holds:
        problems["screening"] = _to_change(found.holds)
    decisions = verdicts("post.publish", facts, on=local_day(at))
    raise _Undone(
        Rehearsed(
            facts=facts,
            problems=problems,
            asked=asked_of_author(post, at=at),
            owed=list(dict.fromkeys(key for each in decisions for key in queries.author_still_owes(each))),
            maybe_names=[each.hit.words for each in found.maybe_names],
        )
    )


def _to_change(held: Sequence[PostHit]) -> Text:
    """Return what is to be done about words that no one can answer for in an emergency."""
    told = (
        _(
            "“{words}” can’t be in an emergency text. Change it, or write an ordinary post: there a "
            "safeguarding lead can allow it."
        )
        if any(each.lead_only for each in held)
        else _(
            "“{words}” can’t be in an emergency text. Change it, or write an ordinary post: there you can "
            "say why it may stay."
        )
    )
    return format_lazy(told, words="”, “".join(each.hit.words for each in held))


def rehearsals(
    version: ReadyVersion, *, at: datetime, approvers: tuple[Approver, ...] = ()
) -> list[Rehearsed]:
    """Return what the text would be for each of its schools, on every one of its accounts there."""
    values: dict[str, Value] = {"date": local_day(at), "time": SOMETIME}
    return [
        rehearse(
            at=at,
            version=version,
            school=school,
            accounts=ready.accounts_of(version, school),
            values={"school": school, **values},
            approvers=approvers,
        )
        for school in ready.schools_of(version)
    ]


def as_post(
    version: ReadyVersion, school: School, accounts: Sequence[Account], values: Mapping[str, Value], *,
    by: Person, at: datetime,
) -> Post:  # fmt: skip
    """Write the post that the text becomes. The answers are its writer's, about exactly these words."""
    words, language = ready.words_of(version, school, values), ready.languages_of(version, school)[0]
    post = Post.objects.create(
        school=school,
        author=by,
        text=words,
        emergency_text=version,
        planned_at=at,
        state_at=at,
        created_at=at,
    )
    PostTarget.objects.bulk_create(
        [PostTarget(post=post, account=each, text=words, language=language) for each in accounts]
    )
    seen = content_digest(queries.post(post.pk))
    post.answers = {name: {**given, "seen": seen} for name, given in version.answers.items()}
    post.save(update_fields=["answers"])
    return queries.post(post.pk)


LONGEST_REASON = 2000
OTHERWISE = _("Write an ordinary post instead, so that someone can approve it.")


class SentAlready(NotNow):
    """The same words went out a moment ago, so a person is asked before they go out again."""

    def __init__(self, post: Post) -> None:
        super().__init__(
            format_lazy(_("{name} has already sent this."), name=post.author.name),
            _("Look at that post first. Send the text again only if you need it twice."),
        )
        self.post = post


@action
def ask_for_text(*, by: Person, at: datetime, text: ReadyText, answers: Mapping[str, Any]) -> ReadyVersion:
    """Send the newest version of an emergency text for approval, with its writer's answers to what the policy
    asks of a post.

    Raises NotAllowed (not its writer), NotNow, BadInput (what no network takes; an answer that is missing),
    Refused (the policy would not allow such a post even once approved), WordsHeld.
    """
    version = ready.newest(text)
    _check_kept(text)
    if version.by_id != by.pk:
        raise NotAllowed(
            _("Only the person who wrote this version can send it for approval."),
            _("Change the text yourself, then send your version."),
        )
    ready.check_may_keep(by, text.school, on=local_day(at))
    if set(answers) - set(QUESTIONS) or not all(fits(name, given) for name, given in answers.items()):
        raise BadInput({"answers": _("Choose one of the answers offered.")})
    if wrong := not_offered(answers, at=at, school=text.school, before=version.answers):
        raise BadInput(wrong)
    said = {
        name: {"answer": each, "at": at.isoformat()}
        for name, each in answers.items()
        if each not in ("", None)
    }
    move(version, to=ReadyState.WAITING, moves=READY_MOVES, at=at, answers=said, returned_because="")
    found = rehearsals(ready.newest(ready.read_text(text.pk)), at=at)
    _check_found(found)
    check_words_of(version, by=by, at=at)
    kept = _kept(found, version, by=by, at=at)
    for each in kept:
        if each.outcome in REFUSED:
            raise Refused(each)
    _ask(version, kept, at=at)
    record(
        "readyversion.submitted",
        subject=version,
        at=at,
        actor=by,
        clauses=clauses_of(kept),
        decision=kept[0].pk,
    )
    return version


@action
def approve_text(*, by: Person, at: datetime, text: ReadyText, seen: str) -> ReadyVersion:
    """Approve an emergency text word for word, for the accounts, people and time in it. `seen`: the value of
    `ready.seen_of` that the page carried.

    Where the policy waits for another role alone, the approval is kept and the text stays waiting. Raises
    NotAllowed (its writer; no right to approve), NotNow (changed since it was shown), Refused, WordsHeld.
    """
    version = ready.newest(text)
    _check_waiting(text, version, seen=seen)
    _check_second(by, version, at=at)
    found = rehearsals(version, at=at, approvers=approvers_of(version))
    _check_found(found)
    check_words_of(version, by=by, at=at)
    roles = tuple(roles_of(by, on=local_day(at), school=text.school, about=version.by))
    me = Approver(by, roles, at, of_this_version=True)
    before = [each for one in found for each in verdicts("post.publish", list(one.facts), on=local_day(at))]
    with_me = rehearsals(version, at=at, approvers=(*approvers_of(version), me))
    kept = _kept(with_me, version, by=by, at=at)
    complete = all(each.outcome in GOES_AHEAD for each in kept)
    mine = next((each for each in version.approvals.all() if (each.by_id, each.seen) == (by.pk, seen)), None)
    if mine is not None:
        raise done_before(
            text,
            _("You’ve already approved this version."),
            _("Open it again to see its status."),
            made=mine,
        )
    if not complete and not counts_beside_others(before, [answered(each) for each in kept]):
        for each in kept:
            require(each)
    ReadyApproval.objects.create(
        version=version, by=by, roles=list(roles), at=at, seen=seen, decision=kept[0].pk
    )
    discharge(kind=APPROVE_TEXT, subject=version, by=by, at=at, how="approved")
    if complete:
        move(version, to=ReadyState.APPROVED, moves=READY_MOVES, at=at)
    else:
        _ask(version, kept, at=at)
    record(
        "readyversion.approved" if complete else "readyversion.approved_in_part",
        subject=version,
        at=at,
        actor=by,
        clauses=clauses_of(kept),
        decision=kept[0].pk,
        seen=seen,
    )
    return version


@action
def return_text(*, by: Person, at: datetime, text: ReadyText, reason: str) -> ReadyVersion:
    """Give an emergency text back to its writer with a reason. Raises BadInput without one."""
    version = ready.newest(text)
    _check_second(by, version, at=at)
    tidy = reason.strip()
    if not tidy or len(tidy) > LONGEST_REASON:
        raise BadInput({"reason": _("Say what needs to change, in up to 2,000 characters.")})
    move(version, to=ReadyState.DRAFT, moves=READY_MOVES, at=at, returned_because=tidy)
    discharge(kind=APPROVE_TEXT, subject=version, by=by, at=at, how="sent_back")
    record("readyversion.sent_back", subject=version, at=at, actor=by)
    return version


@action
def send_emergency(
    *,
    by: Person,
    at: datetime,
    text: ReadyText,
    school: School,
    accounts: Collection[Account],
    values: Mapping[str, Value],
    again_after: int | None = None,
) -> Post:
    """Send an emergency text at once to these of its accounts.

    Where the policy in force wants more than the approval beforehand, the post waits for that instead: its
    state is then "submitted". `again_after`: the post with the same words that the person knows of.

    Raises NotAllowed (not named; no longer writes posts here), NotNow (retired, never approved, approval
    over, posting stopped, an account that is not open), SentAlready, BadInput (`school`, `accounts`,
    `blank-<name>`), Refused (the policy).
    """
    # Two people at once: the second waits here, and then sees what the first has sent.
    ReadyText.objects.select_for_update().get(pk=text.pk)
    text, on = ready.read_text(text.pk), local_day(at)
    version = version_to_send(text, by, at=at)
    if school not in ready.schools_of(version):
        raise BadInput({"school": _("Choose a school that this text is for.")})
    rules.check_may_write(by, school, on=on)
    among = _accounts_to_send(version, school, accounts)
    filled_in = {"school": school, **values}
    check_values(filled_in, wanted=ready.blanks_of(version), on=on, emergency=True)
    words = ready.words_of(version, school, filled_in)
    before = ready.sent_already(text, school, words, at=at)
    if before is not None and before.pk != again_after:
        raise SentAlready(before)
    approvers = approvers_of(version)
    found = rehearse(
        at=at, version=version, school=school, accounts=among, values=filled_in, approvers=approvers
    )
    if found.problems:
        check_lead_named(on=on)
        raise NotNow(next(iter(found.problems.values())), OTHERWISE)
    kept = _kept([found], version, by=by, at=at)
    for each in kept:
        if each.outcome in REFUSED or found.owed:
            raise Refused(each, _("The policy doesn’t allow this text to be sent at once."), OTHERWISE)
    post = as_post(version, school, among, filled_in, by=by, at=at)
    rules.check_not_stopped(post, at=at)
    move(post, to=PostState.SUBMITTED, moves=POST_MOVES, at=at)
    record(
        "post.emergency",
        subject=post,
        at=at,
        actor=by,
        clauses=clauses_of(kept),
        decision=kept[0].pk,
        version=version.pk,
    )
    if any(each.outcome not in GOES_AHEAD for each in kept):
        ask_for_approval(queries.post(post.pk), at=at, kept=kept)
        return queries.post(post.pk)
    seen = queries.seen_now(queries.post(post.pk), at=at)
    Approval.objects.bulk_create(
        Approval(post=post, by=each.by, roles=each.roles, at=each.at, seen=seen, decision=each.decision)
        for each in version.approvals.all()
    )
    move(post, to=PostState.APPROVED, moves=POST_MOVES, at=at)
    begin_sending(at=at, post=queries.post(post.pk))
    return queries.post(post.pk)


def approvers_of(version: ReadyVersion) -> tuple[Approver, ...]:
    """Return who approved a version, as facts: of this version while nothing they saw has changed."""
    seen = ready.seen_of(version)
    return tuple(
        Approver(each.by, tuple(each.roles), each.at, of_this_version=each.seen == seen)
        for each in version.approvals.all()
    )


def version_to_send(text: ReadyText, by: Person, *, at: datetime) -> ReadyVersion:
    """Return the version that this person may send now. Raises NotAllowed, NotNow."""
    _check_kept(text)
    version = ready.sendable(text)
    if version is None:
        raise NotNow(_("This text has not been approved yet."), OTHERWISE)
    if by not in version.senders.all():
        names = ", ".join(each.name for each in version.senders.all()[:3])
        raise NotAllowed(
            _("You aren’t one of the people who may send this text."),
            format_lazy(_("Ask {names}."), names=names),
        )
    if version.until is None or version.until < local_day(at):
        raise NotNow(_("The approval of this text has ended."), OTHERWISE)
    if any(not each.of_this_version for each in approvers_of(version)):
        raise NotNow(_("Something in this text has changed since it was approved."), OTHERWISE)
    return version


def _accounts_to_send(version: ReadyVersion, school: School, chosen: Collection[Account]) -> list[Account]:
    among = [each for each in ready.accounts_of(version, school) if each in chosen]
    if not among or len(among) < len(set(chosen)):
        raise BadInput({"accounts": _("Choose from the accounts of this text.")})
    shut = [each.name for each in among if each.state != AccountState.OPEN]
    if shut:
        raise NotNow(
            format_lazy(_("Not open at the moment: {accounts}."), accounts=", ".join(shut)),
            _("Leave it out and send to the others."),
        )
    return among


def _check_kept(text: ReadyText) -> None:
    if text.retired_at is not None:
        raise NotNow(_("This text is retired."), _("Choose another text, or write an ordinary post."))


def _check_waiting(text: ReadyText, version: ReadyVersion, *, seen: str) -> None:
    _check_kept(text)
    if version.state != ReadyState.WAITING:
        raise NotNow(_("This text isn’t waiting for approval."), _("Open it again to see its status."))
    if seen != ready.seen_of(version):
        raise NotNow(_("Something has changed since you opened this text."), _("Read it again, then decide."))


def _check_second(by: Person, version: ReadyVersion, *, at: datetime) -> None:
    if version.by_id == by.pk:
        raise NotAllowed(
            _("Someone other than its writer must approve this text."),
            _("Ask a colleague who approves posts."),
        )
    ready.check_may_approve(by, version, on=local_day(at))


def _check_found(found: Sequence[Rehearsed]) -> None:
    if not found:
        raise BadInput({"accounts": _("Choose at least one account.")})
    wrong: dict[str, Text] = {}
    for each in found:
        wrong |= {
            name if name in ("accounts", "conditions", LEAD) else "english": said
            for name, said in each.problems.items()
        }
        if each.maybe_names:
            told = _(
                "“{words}” may be a pupil’s name. In an emergency there is no time to ask, so change it now."
            )
            wrong.setdefault("english", format_lazy(told, words="”, “".join(each.maybe_names)))
    if not wrong and any(each.owed for each in found):
        wrong["answers"] = _("Answer each question.")
    if wrong:
        raise BadInput(wrong)


def _kept(
    found: Sequence[Rehearsed], version: ReadyVersion, *, by: Person, at: datetime
) -> list[DecisionRecord]:
    """Ask the policy in force about the text on each account, and save the answers under the version."""
    asked = [(facts, version) for each in found for facts in each.facts]
    return record_decisions("post.publish", asked, at=at, by=by)


def _ask(version: ReadyVersion, kept: Sequence[DecisionRecord], *, at: datetime) -> None:
    """Open the approver's task for each role that approves such a post."""
    for role in approving_roles(version.by, kept):
        open_duty(
            kind=APPROVE_TEXT,
            subject=version,
            at=at,
            due=Due.none_promised(),
            role=role.key,
            school=version.text.school,
            about=version.by,
            clauses=clauses_of(kept),
            decision=kept[0],
        )
