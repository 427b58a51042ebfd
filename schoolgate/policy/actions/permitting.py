"""Ask a role for a permission that a rule waits for; give it, refuse it, or ask a question back."""

from collections.abc import Container, Sequence
from datetime import date, datetime

from django.db.models import Model
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import check_words_of
from schoolgate.core.moves import done_before, move
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.assignments import give_permission
from schoolgate.people.confined import not_meant
from schoolgate.people.models import Permission, Person
from schoolgate.people.outside import check_read_first, take_in
from schoolgate.people.queries import assignments, book_for
from schoolgate.policy.asking import answered, record_decision, require
from schoolgate.policy.duty_kinds import PERMIT, PERMIT_ANSWERED, PERMIT_BACK
from schoolgate.policy.models import DecisionRecord, PermissionAsked, PermissionWord
from schoolgate.policy.permitting import (
    Lacking,
    Place,
    area_of,
    first_of,
    lacking,
    place_of,
    roles_to_answer,
    who_can_give,
)
from schoolgate.policy.queries import book_in_scope
from schoolgate.policy.states import PERMISSION_MOVES, STILL_ASKED, AskedState

LONGEST_WORDS = 2000


@action
def ask_permission(
    *,
    by: Person,
    at: datetime,
    about: Model,
    place: Place,
    lacks: Lacking,
    digest: str,
    text: str,
    words: str,
    decision: DecisionRecord,
    account: Model | None = None,
) -> PermissionAsked:
    """Ask the roles that can give a permission which `about` lacks. They get a task; the asker never does.

    `account`: the one that a permission about an account is for. `digest`: of the exact content that a yes
    covers; `text`: that content, as they read it. An open request for another text of the same thing ends.
    Raises BadInput on `words`, NotNow (asked already; no one else has the role), WordsHeld.
    """
    tidy = _tidy(words, needed=False)
    covers, name = lacks.covering(digest), subject_of(about)
    for before in _open_about(name):
        if before.covers == covers:
            raise done_before(
                before,
                _("You’ve already asked for this."),
                _("Open it again to see its status."),
                made=before,
            )
        if before.kind == lacks.covers:
            _end(before, at=at, by=by)
    on = local_day(at)
    holders = who_can_give(lacks.roles, place, asker=by, on=on)
    if not holders:
        names = book_for(by).role_names
        raise NotNow(
            format_lazy(
                _("No one else here has this role: {role}."),
                role=", ".join(names.get(key, key) for key in lacks.roles),
            ),
            _("Ask the person who looks after people and roles to give it."),
        )
    row = PermissionAsked.objects.create(
        about=name,
        covers=covers,
        subject=subject_of(account) if account is not None and lacks.of_account else name,
        lasts_for=subject_of(by) if lacks.lasts else "",
        point=lacks.point,
        roles=list(holders),
        named=lacks.named,
        clauses=list(lacks.clauses),
        words=tidy,
        text=text,
        school=place.school,
        account_id=place.account.pk if place.account else None,
        asked_by=by,
        at=at,
        state_at=at,
        decision=decision,
    )
    check_words_of(row, by=by, at=at)
    _read(row, tidy, by=by, at=at)
    _open_tasks(row, place, at=at)
    record(
        "permissionasked.asked",
        subject=row,
        at=at,
        actor=by,
        clauses=row.clauses,
        decision=decision.pk,
        about=name,
    )
    return row


@action
def permit(
    *, by: Person, at: datetime, asked: PermissionAsked, words: str = "", until: date | None = None
) -> Permission:
    """Give the permission, in writing: for exactly the text that was asked about or, with `until` where the
    request allows it, for the asker until that day.

    Raises NotAllowed (the asker; not in the role), BadInput (`until`), NotNow (answered already; the text has
    changed), Refused (the policy wants the role to ask someone first), WordsHeld.
    """
    role = _check_may_answer(by, asked, at=at, to=AskedState.GIVEN)
    tidy = _tidy(words, needed=False)
    if not area_of(asked).current(asked):
        raise NotNow(
            _("The text has changed since you were asked."), _("The person who asked can ask again.")
        )
    if until is not None and not asked.lasts_for:
        raise BadInput({"until": _("This permission is for one text only.")})
    check_words_of(asked, by=by, at=at)
    judged: list[str] = []
    if (first := first_of(asked)) is not None:
        kept = record_decision(first.situation, first.facts(asked, by, at), at=at, by=by, subject=asked)
        require(kept)
        judged = kept.clauses
    given = give_permission(
        by=by,
        at=at,
        role_key=role,
        written=True,
        covers=asked.covers if until is None else asked.kind,
        subject=asked.subject if until is None else asked.lasts_for,
        from_day=local_day(at),
        to_day=until,
    )
    _answer(asked, to=AskedState.GIVEN, by=by, at=at, answer=tidy, permission=given, judged=judged)
    area_of(asked).given(asked, by, at)
    return given


@action
def ask_first(*, by: Person, at: datetime, asked: PermissionAsked, words: str = "") -> PermissionAsked:
    """Ask the role that the policy wants heard before this request can be granted.

    Raises NotAllowed (the asker; not in the role), NotNow (answered already; the policy wants no one heard;
    asked already; no one else has the role), BadInput on `words`.
    """
    _check_may_answer(by, asked, at=at)
    first, lacks = first_of(asked), None
    if first is not None:
        kept = record_decision(first.situation, first.facts(asked, by, at), at=at, by=by, subject=asked)
        lacks = next(iter(lacking([answered(kept)], book_in_scope(), first.permits)), None)
    if lacks is None:
        raise NotNow(_("The policy doesn’t ask for this any more."), _("Open it again to see its status."))
    return ask_permission(
        by=by,
        at=at,
        about=asked,
        place=place_of(asked),
        lacks=lacks,
        digest=asked.covers.partition(":")[2],
        text=asked.text,
        words=words,
        decision=kept,
    )


@action
def refuse_permission(*, by: Person, at: datetime, asked: PermissionAsked, words: str) -> PermissionAsked:
    """Refuse the permission with a reason. Raises NotAllowed, BadInput without words, NotNow."""
    _check_may_answer(by, asked, at=at, to=AskedState.DECLINED)
    _answer(asked, to=AskedState.DECLINED, by=by, at=at, answer=_tidy(words))
    return asked


@action
def ask_back(*, by: Person, at: datetime, asked: PermissionAsked, words: str) -> PermissionAsked:
    """Ask the person who asked a question; the task is theirs until they reply. Raises NotAllowed, BadInput
    without words, NotNow."""
    _check_may_answer(by, asked, at=at, to=AskedState.BACK)
    tidy = _tidy(words)
    move(asked, to=AskedState.BACK, moves=PERMISSION_MOVES, at=at)
    PermissionWord.objects.create(asked=asked, by=by, at=at, words=tidy)
    _read(asked, tidy, by=by, at=at)
    discharge(kind=PERMIT, subject=asked, by=by, at=at, how="asked_back")
    open_duty(
        kind=PERMIT_BACK, subject=asked, at=at, due=Due.none_promised(), person=asked.asked_by,
        school=asked.school, clauses=asked.clauses,
    )  # fmt: skip
    record("permissionasked.asked_back", subject=asked, at=at, actor=by, about=asked.about)
    return asked


@action
def reply(*, by: Person, at: datetime, asked: PermissionAsked, words: str) -> PermissionAsked:
    """Answer the question asked back; the task returns to the role. Raises NotAllowed unless the person
    asked for the permission, BadInput without words, NotNow."""
    if by.pk != asked.asked_by_id:
        raise NotAllowed(
            _("Only the person who asked can answer this question."), _("Open it again to see its status.")
        )
    tidy = _tidy(words)
    move(asked, to=AskedState.OPEN, moves=PERMISSION_MOVES, at=at)
    PermissionWord.objects.create(asked=asked, by=by, at=at, words=tidy)
    _read(asked, tidy, by=by, at=at)
    discharge(kind=PERMIT_BACK, subject=asked, by=by, at=at, how="replied")
    _open_tasks(asked, place_of(asked), at=at)
    record("permissionasked.replied", subject=asked, at=at, actor=by, about=asked.about)
    return asked


@action
def note_permission_seen(*, by: Person, at: datetime, asked: PermissionAsked) -> None:
    """Record that the asker has read the answer."""
    discharge(kind=PERMIT_ANSWERED, subject=asked, person=by, by=by, at=at, how="seen")


@action
def end_requests(*, at: datetime, about: Model, but: Container[str] = (), by: Person | None = None) -> int:
    """End the open requests about a thing that are no longer needed, and return how many there were. `but`:
    digests of texts that are still current; empty for requests that are about no text."""
    ended = [one for one in _open_about(subject_of(about)) if one.covers.partition(":")[2] not in but]
    for one in ended:
        _end(one, at=at, by=by)
    return len(ended)


def _open_about(name: str) -> list[PermissionAsked]:
    return list(PermissionAsked.objects.filter(about=name, state__in=STILL_ASKED).select_related("asked_by"))


def _end(asked: PermissionAsked, *, at: datetime, by: Person | None) -> None:
    move(asked, to=AskedState.LAPSED, moves=PERMISSION_MOVES, at=at)
    cancel(kind=(PERMIT, PERMIT_BACK), subject=asked, because="changed", at=at, by=by)
    end_requests(at=at, about=asked, by=by)
    record("permissionasked.lapsed", subject=asked, at=at, actor=by, about=asked.about)


def _read(asked: PermissionAsked, words: str, *, by: Person, at: datetime) -> None:
    """Read words about a request before anyone gets a task about it."""
    if words:
        take_in(
            asked, words, at=at, federation=asked.federation, school=asked.school, rewritten_by=by
        )  # fmt: skip


def _open_tasks(asked: PermissionAsked, place: Place, *, at: datetime) -> None:
    """Open the task for each role or, where the asker holds it too, for its other holders by name."""
    on = local_day(at)
    own = set(assignments(asked.asked_by, on=on, where=place.where).values_list("role_key", flat=True))
    for role, people in who_can_give(asked.roles, place, asker=asked.asked_by, on=on).items():
        for person in people if role in own else [None]:
            open_duty(
                kind=PERMIT,
                subject=asked,
                at=at,
                due=Due.none_promised(),
                person=person,
                role=None if person else role,
                school=asked.school,
                account=asked.account_id,
                about=place.owner,
                clauses=asked.clauses,
                decision=asked.decision,
            )


def _check_may_answer(
    by: Person, asked: PermissionAsked, *, at: datetime, to: AskedState | None = None
) -> str:
    """Return the role in which the person answers. Raises NotAllowed, NotFound where it may be about them,
    NotNow, also while a safeguarding lead reads it first; AlreadyDone where it was answered with `to`."""
    if not PermissionAsked.objects.filter(not_meant("policy.permissionasked", by), pk=asked.pk).exists():
        raise NotFound
    roles = roles_to_answer(asked, by, on=local_day(at))
    if not roles:
        raise NotAllowed(
            _("You don’t have the role that gives this permission."), _("Ask someone who has that role.")
        )
    if asked.state != AskedState.OPEN:
        raise done_before(
            asked,
            _("This has already been answered."),
            _("Open it again to see its status."),
            otherwise=NotNow(
                _("Someone has answered this, or it’s no longer waiting for you."),
                _("Open it again to see who answered. Talk to them if you disagree."),
            ),
            state=to,
        )
    check_read_first(asked)
    return roles[0]


def _answer(
    asked: PermissionAsked,
    *,
    to: AskedState,
    by: Person,
    at: datetime,
    answer: str,
    permission: Permission | None = None,
    judged: Sequence[str] = (),
) -> None:
    """Save the answer. `judged`: the clauses by which the permission counts, beside those that ask for it."""
    move(
        asked,
        to=to,
        moves=PERMISSION_MOVES,
        at=at,
        answered_by=by,
        answer=answer,
        permission=permission,
    )
    discharge(kind=PERMIT, subject=asked, by=by, at=at, how=to)
    end_requests(at=at, about=asked, by=by)
    open_duty(
        kind=PERMIT_ANSWERED, subject=asked, at=at, due=Due.none_promised(), person=asked.asked_by,
        school=asked.school, clauses=asked.clauses,
    )  # fmt: skip
    record(
        "permissionasked.answered",
        subject=asked,
        at=at,
        actor=by,
        clauses=list(dict.fromkeys((*asked.clauses, *judged))),
        decision=asked.decision_id,
        about=asked.about,
        how=str(to),
    )


def _tidy(words: str, *, needed: bool = True) -> str:
    tidy = words.strip()
    if (needed and not tidy) or len(tidy) > LONGEST_WORDS or "\x00" in tidy:
        raise BadInput({"words": _("Write one or two sentences, up to 2,000 characters.")})
    return tidy
