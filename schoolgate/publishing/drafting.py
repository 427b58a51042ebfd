"""Writing a post, alone or several at once: draft, try out what the policy would say, change, withdraw.
What was written on an older revision is refused, not written over."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, SchoolgateError, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import Said
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel
from schoolgate.media.models import Picture, film_of
from schoolgate.media.pictures import describe_picture
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.policy.permitting import end_requests
from schoolgate.policy.queries import in_force
from schoolgate.publishing import queries, rules
from schoolgate.publishing.approving import let_approval_lapse
from schoolgate.publishing.author_questions import AskedBy, asked_of_author, not_offered
from schoolgate.publishing.cards import ask_for_cards, choose_cards
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.duty_kinds import APPROVE, PUT_RIGHT
from schoolgate.publishing.hit_answers import note_for_leads, write_answers
from schoolgate.publishing.hits import PostHits, hits_of
from schoolgate.publishing.models import (
    CAN_BE_CHANGED,
    MOST_PICTURES,
    POST_MOVES,
    OwnerPermission,
    Post,
    PostPerson,
    PostPicture,
    PostState,
    PostTarget,
    PostWriter,
)
from schoolgate.publishing.of_pupils import note_left_out
from schoolgate.publishing.owners import write_chosen
from schoolgate.publishing.permissions import wrong_with_claims
from schoolgate.publishing.queries import Judged, judged
from schoolgate.publishing.questions import QUESTIONS, fits, is_about_content
from schoolgate.publishing.rules import problems_of
from schoolgate.publishing.starting import end_failed
from schoolgate.pupils.models import Pupil


class ChangedMeanwhile(NotNow):
    """The post has a newer revision than the one that a person's page was about."""

    def __init__(self) -> None:
        super().__init__(_("This post was changed a moment ago."), _("Open it again, then make your change."))


def next_version(post: Post, version: int) -> None:
    """Give the post its next revision, if it is still at `version`; the row stays locked until the
    transaction ends. Words that were approved beforehand count no longer. Raises ChangedMeanwhile."""
    changed = Post.objects.filter(pk=post.pk, version=version).update(
        version=F("version") + 1, emergency_text=None
    )
    if not changed:
        raise ChangedMeanwhile
    post.refresh_from_db(fields=["version", "emergency_text"])


def note_saved(post: Post, *, by: Person, at: datetime, page: str = "", before: int = 0) -> None:
    """Keep that `by` saved the post's present revision. `page`, `before`: of the page that saved what was
    being typed, and the revision that it was about."""
    PostWriter.objects.bulk_create(
        [
            PostWriter(
                post=post, person=by, added_at=at, wrote_at=at, seen_at=at, page=page, before=before,
                after=post.version,
            )
        ],
        update_conflicts=True,
        unique_fields=["federation", "post", "person"],
        update_fields=["wrote_at", "seen_at", "page", "before", "after"],
    )  # fmt: skip


@dataclass(frozen=True)
class TargetText:
    """The text for one account. `language`: of several the codes, with commas; `as_thread`: PostTarget's."""

    account: Account
    text: str
    language: str = "en"
    as_thread: bool = False


@action
def draft_post(
    *,
    by: Person,
    at: datetime,
    school: School,
    targets: Sequence[TargetText],
    pictures: Sequence[Picture] = (),
    planned_at: datetime | None = None,
    answers: Mapping[str, Any] | None = None,
    people: Sequence[Mapping[str, Any]] = (),
    described: Mapping[int, Mapping[str, Any]] | None = None,
    text: str = "",
    language: str = "",
    other_text: str = "",
    hits: Mapping[str, Said] | None = None,
    owners: Sequence[OwnerPermission] | None = None,
    left_out: Sequence[Pupil] = (),
) -> Post:
    """Start a post. `pictures`: in their order. `answers`: by the names of `questions.QUESTIONS`. `people`:
    one mapping of `PostPerson`'s columns for each person shown or named; a pupil of the school's list needs
    `pupil`, `relation`, `shown` and `named` alone. `described`: by a picture's id what is new about it, as
    `describe_picture` takes it. `text`: the common text, saved even if no account is chosen yet;
    `language`: its own, with `other_text`, the same in the school's other language. `hits`: why words found
    in the texts may stay, as `answer_hits` takes it. `owners`: the permissions of owners that it uses; None
    leaves those chosen before. `left_out`: pupils who were chosen meanwhile and taken out again.

    Raises NotAllowed, BadInput (fields `text-<account id>`, `accounts`, `pictures`, `film`,
    `alt-<picture id>`, `captions-<picture id>`, `planned_at`, `answers`, `people`, `text`), NotFound where an
    edit has just replaced a picture.
    """
    rules.check_may_write(by, school, on=local_day(at))
    post = Post.objects.create(school=school, author=by, state_at=at, created_at=at)
    _write(
        post,
        at=at,
        targets=targets,
        pictures=pictures,
        planned_at=planned_at,
        answers=answers or {},
        people=people,
        described=described,
        text=text,
        language=language,
        other_text=other_text,
        hits=hits,
        owners=owners,
    )
    note_left_out(queries.post(post.pk), left_out, by=by, at=at)
    record("post.drafted", subject=post, at=at, actor=by)
    return queries.post(post.pk)


@action
def edit_post(
    *,
    by: Person,
    at: datetime,
    post: Post,
    version: int,
    targets: Sequence[TargetText],
    pictures: Sequence[Picture],
    planned_at: datetime | None,
    answers: Mapping[str, Any],
    people: Sequence[Mapping[str, Any]] = (),
    described: Mapping[int, Mapping[str, Any]] | None = None,
    text: str = "",
    language: str = "",
    other_text: str = "",
    asked_again: Container[str] = (),
    hits: Mapping[str, Said] | None = None,
    owners: Sequence[OwnerPermission] | None = None,
    left_out: Sequence[Pupil] = (),
) -> Post:
    """Change a post of which nothing has been sent. It becomes a draft again, and any approval lapses.

    `version`: the one that was on the screen. If the content changes, answers about the old content
    (`is_about_content`) are dropped from `answers`, except those named in `asked_again`: the author
    answered them again for the new content. Raises NotNow if it is on its way or was changed meanwhile
    (ChangedMeanwhile).
    """
    rules.check_may_change(by, post, on=local_day(at))
    if post.state not in CAN_BE_CHANGED:
        raise NotNow(
            _("This post is live or being sent, so you can’t change it."), _("Take it down instead.")
        )
    next_version(post, version)
    if post.state != PostState.DRAFT:
        move(post, to=PostState.DRAFT, moves=POST_MOVES, at=at)
    let_approval_lapse(post, at=at)
    cancel(kind=APPROVE, subject=post, because="changed", at=at, by=by)
    before = [row.pupil for row in post.people.select_related("pupil") if row.pupil is not None]
    post.targets.all().delete()
    post.people.all().delete()
    post.placed.all().delete()
    _write(
        post,
        at=at,
        targets=targets,
        pictures=pictures,
        planned_at=planned_at,
        answers=answers,
        people=people,
        described=described,
        text=text,
        language=language,
        other_text=other_text,
        asked_again=asked_again,
        hits=hits,
        owners=owners,
    )
    note_saved(post, by=by, at=at)
    note_left_out(queries.post(post.pk), [*before, *left_out], by=by, at=at)
    record("post.edited", subject=post, at=at, actor=by)
    now = queries.post(post.pk)
    end_requests(at=at, about=post, but=("", content_digest(now)), by=by)
    return now


@action
def withdraw_post(*, by: Person, at: datetime, post: Post) -> Post:
    """Take back a post that nothing has been sent of. Nothing more happens to it."""
    rules.check_may_change(by, post, on=local_day(at))
    move(post, to=PostState.WITHDRAWN, moves=POST_MOVES, at=at)
    let_approval_lapse(post, at=at)
    cancel(kind=APPROVE, subject=post, because="withdrawn", at=at, by=by)
    cancel(kind=PUT_RIGHT, subject=post, because="withdrawn", at=at, by=by)
    end_failed(post, by=by, at=at, how="withdrawn")
    end_requests(at=at, about=post, by=by)
    record("post.withdrawn", subject=post, at=at, actor=by)
    return post


def _write(
    post: Post,
    *,
    at: datetime,
    targets: Sequence[TargetText],
    pictures: Sequence[Picture],
    planned_at: datetime | None,
    answers: Mapping[str, Any],
    people: Sequence[Mapping[str, Any]],
    described: Mapping[int, Mapping[str, Any]] | None,
    text: str,
    language: str,
    other_text: str,
    asked_again: Container[str] = (),
    hits: Mapping[str, Said] | None = None,
    owners: Sequence[OwnerPermission] | None = None,
) -> None:
    check_input(
        post, at=at, targets=targets, text=text, other_text=other_text, planned_at=planned_at,
        answers=answers, people=people,
    )  # fmt: skip
    _check_pictures(post, pictures)
    _describe(post, pictures, described or {}, at=at)
    write_targets(post, targets)
    PostPerson.objects.bulk_create(
        [PostPerson(post=post, place=i, **person) for i, person in enumerate(people)]
    )
    PostPicture.objects.bulk_create(
        [PostPicture(post=post, picture=each, place=place) for place, each in enumerate(pictures, start=1)]
    )
    if owners is not None:
        write_chosen(post, owners)
    post.planned_at, post.text, post.language, post.other_text = planned_at, text, language, other_text
    seen, before = content_digest(queries.post(post.pk)), post.answers
    post.answers = {
        name: {"answer": answer, "at": at.isoformat(), "seen": seen}
        for name, answer in answers.items()
        if answer is not None
        and answer != ""
        and (name in asked_again or not _lapses(name, answer, before, seen))
    }
    post.save(update_fields=["planned_at", "answers", "text", "language", "other_text"])
    ask_for_cards(queries.post(post.pk), at=at)
    if hits:
        write_answers(by=post.author, at=at, post=queries.post(post.pk), said=hits, typing=True)
    note_for_leads(queries.post(post.pk), at=at)


def _lapses(name: str, answer: Any, before: Mapping[str, Any], seen: str) -> bool:
    """Whether this only repeats an answer that was given about other content than `seen`."""
    was = before.get(name, {"seen": seen})
    return is_about_content(name, answer) and was["seen"] != seen and was["answer"] == answer


def _describe(
    post: Post, pictures: Sequence[Picture], described: Mapping[int, Mapping[str, Any]], *, at: datetime
) -> None:
    """Write what is new about each picture. What is wrong with it is told by the picture's own field."""
    wrong: dict[str, Any] = {}
    for picture in pictures:
        if picture.pk not in described:
            continue
        try:
            describe_picture(by=post.author, at=at, picture=picture, **described[picture.pk])
        except BadInput as error:
            wrong |= {f"{name}-{picture.pk}": said for name, said in error.fields.items()}
    if wrong:
        raise BadInput(wrong)


def _check_pictures(post: Post, pictures: Sequence[Picture]) -> None:
    """Check them, and keep them until this is saved. Raises BadInput; NotFound where an edit has just
    replaced one."""
    if len(pictures) > MOST_PICTURES:
        raise BadInput({"pictures": _("A post can have up to 4 pictures. Remove some.")})
    if len(pictures) > 1 and any(film_of(each) is not None for each in pictures):
        raise BadInput({"film": _("A post has either a film or pictures. Remove one of them.")})
    if len({each.digest for each in pictures}) < len(pictures):
        raise BadInput({"pictures": _("This post has the same picture twice. Remove one of them.")})
    if any(each.school_id != post.school_id for each in pictures):
        raise BadInput({"pictures": _("Choose pictures of this school.")})
    if pictures:
        rows = Picture.objects.filter(pk__in=[each.pk for each in pictures]).order_by("pk")
        if len(rows.select_for_update(no_key=True)) < len(pictures):
            raise NotFound


def check_input(
    post: Post,
    *,
    at: datetime,
    targets: Sequence[TargetText],
    text: str,
    other_text: str,
    planned_at: datetime | None = None,
    answers: Mapping[str, Any] | None = None,
    people: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Raise BadInput, with a sentence by field, for content that no post can have."""
    wrong: dict[str, Any] = {}
    texts = {"text": text, "other_text": other_text}
    texts |= {f"text-{target.account.pk}": target.text for target in targets}
    for name, written in texts.items():
        if len(written) > rules.LONGEST_TEXT:
            wrong[name] = _("Text can be up to 20,000 characters.")
        elif "\x00" in written:
            wrong[name] = rules.CONTROLS
    wrong |= _wrong_with_people(post, people, on=local_day(at))
    for target in targets:
        if target.account.school_id not in (None, post.school_id):
            wrong["accounts"] = _("Choose accounts of this school.")
    if planned_at is not None and planned_at <= at:
        wrong["planned_at"] = _("Choose a time in the future.")
    if len({target.account.pk for target in targets}) < len(targets):
        wrong["accounts"] = _("Choose each account only once.")
    if set(answers or {}) - set(QUESTIONS):
        wrong["answers"] = _("That question doesn’t exist. Open the page again.")
    elif not all(fits(name, answer) for name, answer in (answers or {}).items()):
        wrong["answers"] = _("Choose one of the answers offered.")
    else:
        wrong |= not_offered(answers or {}, at=at, school=post.school, before=post.answers)
    if wrong:
        raise BadInput(wrong)


def write_targets(post: Post, targets: Sequence[TargetText]) -> None:
    """Write the text for each account, where the post has none yet."""
    PostTarget.objects.bulk_create([PostTarget(post=post, **vars(each)) for each in targets])


def _wrong_with_people(post: Post, people: Sequence[Mapping[str, Any]], *, on: date) -> dict[str, Any]:
    if not people:
        return {}
    if not all(1 <= person.get("number", 1) <= rules.MOST_ALIKE for person in people):
        return {"people": _("Enter a number between 1 and 999.")}
    pupils = [person["pupil"] for person in people if person.get("pupil") is not None]
    if any(each.school_id != post.school_id for each in pupils):
        return {"people": _("Choose pupils of this school.")}
    if len({each.pk for each in pupils}) < len(pupils):
        return {"people": _("Choose each pupil only once.")}
    return dict(wrong_with_claims(people, by=post.writer, school=post.school, book=in_force(on).book, on=on))


@action
def edit_post_and_cards(
    *, by: Person, at: datetime, post: Post, cards: Mapping[int, str], **content: Any
) -> Post:
    """Change a post and choose how much of each card goes out: `content` as `edit_post` takes it, `cards` as
    `choose_cards` does. Raises what those raise; then nothing is changed."""
    edited = edit_post(by=by, at=at, post=post, **content)
    return choose_cards(by=by, at=at, post=edited, chosen=cards) if cards else edited


A_SITTING = timedelta(minutes=30)
"""What a person saves while typing is one change in the history until they pause for this long."""


@action
def add_writer(*, by: Person, at: datetime, post: Post, person: Person) -> PostWriter:
    """Let a colleague write this post too. People who write on a post can't approve it.

    Raises NotAllowed (only its author decides that), NotNow (it is on its way or out), BadInput (field
    `writer`: not someone who writes posts for this school).
    """
    _check_author(by, post, at=at)
    if person.pk == post.author_id or not can(rules.check_may_write, person, post.school, on=local_day(at)):
        raise BadInput({"writer": _("Choose a colleague who writes posts for this school.")})
    row, made = PostWriter.objects.get_or_create(
        post=post, person=person, defaults={"added_by": by, "added_at": at}
    )
    if not made and (row.ended_at or row.added_by_id is None):
        row.added_by, row.added_at, row.ended_at = by, at, None
        row.save(update_fields=["added_by", "added_at", "ended_at"])
        made = True
    if made:
        record("post.writer_added", subject=post, at=at, actor=by, person=person.pk)
    return row


@action
def end_writer(*, by: Person, at: datetime, post: Post, person: Person) -> None:
    """Let a colleague write this post no longer. Raises NotAllowed, NotNow; NotFound where they don't."""
    _check_author(by, post, at=at)
    row = queries.writer_of(post, person)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    record("post.writer_ended", subject=post, at=at, actor=by, person=person.pk)


@action
def be_seen(*, by: Person, at: datetime, post: Post) -> None:
    """Keep that this person has the page of writing open. Raises NotAllowed."""
    rules.check_may_change(by, post, on=local_day(at))
    PostWriter.objects.bulk_create(
        [PostWriter(post=post, person=by, added_at=at, seen_at=at)],
        update_conflicts=True,
        unique_fields=["federation", "post", "person"],
        update_fields=["seen_at"],
    )


@action
def save_words(
    *,
    by: Person,
    at: datetime,
    post: Post,
    version: int,
    targets: Sequence[TargetText],
    text: str,
    language: str = "",
    other_text: str = "",
    page: str = "",
) -> Post:
    """Save the words of a draft, and the accounts they are for, while they are being typed.

    Nothing else of it changes: an answer that was about other words lapses as it would with any change.
    `version`: the revision that the page is about. `page`: which page that is, so that its own button can
    save after it. Raises NotAllowed, NotNow (no draft; ChangedMeanwhile), BadInput.
    """
    rules.check_may_change(by, post, on=local_day(at))
    if post.state != PostState.DRAFT:
        raise NotNow(_("Only a draft is saved while you type."), _("Use the button to save your change."))
    check_input(post, at=at, targets=targets, text=text, other_text=other_text)
    before = queries.saved_by(post, by)
    next_version(post, version)
    post.targets.all().delete()
    write_targets(post, targets)
    post.text, post.language, post.other_text = text, language, other_text
    post.save(update_fields=["text", "language", "other_text"])
    note_saved(post, by=by, at=at, page=page, before=version)
    if before is None or at - before > A_SITTING:
        record("post.edited", subject=post, at=at, actor=by)
    now = queries.post(post.pk)
    note_for_leads(now, at=at)
    return now


def _check_author(by: Person, post: Post, *, at: datetime) -> None:
    if by.pk != post.author_id:
        raise NotAllowed(
            _("Only the author can let others write a post."), _("Ask the author to add or remove people.")
        )
    rules.check_may_write(by, post.school, on=local_day(at))
    if post.state not in CAN_BE_CHANGED:
        raise NotNow(
            _("This post is live or being sent, so you can’t change it."), _("Take it down instead.")
        )


@dataclass(frozen=True)
class Tried:
    """The result as if the post were saved: the live answers, what no network takes, what the author is
    asked."""

    judged: list[Judged]
    problems: Mapping[str, Text]
    """By field, as `rules.problems_of` gives them."""
    asked: Mapping[str, tuple[AskedBy, ...]]
    lapsed: frozenset[str]
    """The questions whose answers were about other content."""
    hits: PostHits


def lapsed_of(post: Post, answers: Mapping[str, Any]) -> frozenset[str]:
    """Return the questions that `answers` answered and that the written post asks again."""
    return frozenset(n for n, said in answers.items() if said is not None and said != "") - set(post.answers)


def try_out(*, by: Person, at: datetime, school: School, post: Post | None, **content: Any) -> Tried:
    """Judge a post as it would be with this content; neither a row nor an event of it stays.

    `content`: as `draft_post` takes it where `post` is None, else as `edit_post` takes it; and `cards`, as
    `choose_cards` takes it. Raises what those raise.
    """
    try:
        _try_out(by=by, at=at, school=school, post=post, **content)
    except _Undone as undone:
        return undone.tried
    raise TypeError("a trial always ends undone")


class _Undone(SchoolgateError):
    """Raised to leave the action, which then undoes everything it wrote; carries the answer out."""

    def __init__(self, tried: Tried) -> None:
        super().__init__("")
        self.tried = tried


@action
def _try_out(*, by: Person, at: datetime, school: School, post: Post | None, **content: Any) -> None:
    cards = content.pop("cards", None)
    if post is None:
        found = draft_post(by=by, at=at, school=school, **content)
    else:
        found = edit_post_and_cards(
            by=by, at=at, post=post, cards=cards or {}, version=post.version, **content
        )
    raise _Undone(
        Tried(
            judged(found, at=at),
            problems_of(found, on=local_day(at)),
            asked_of_author(found, at=at),
            lapsed_of(found, content.get("answers") or {}),
            hits_of(found, on=local_day(at)),
        )
    )
