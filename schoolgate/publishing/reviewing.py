"""Reviewing a post: what changed since, what an approver looked at, comments on words of its text, marks
for a colleague, and a reader of its Welsh."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, get_args

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_instant
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.media.captions import words_of
from schoolgate.media.models import Picture, film_of
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.policy.queries import in_force
from schoolgate.publishing import queries, rules
from schoolgate.publishing.approving import ask_again
from schoolgate.publishing.digest import ENGLISH, WELSH, content_digest, has_welsh, readers_of
from schoolgate.publishing.duty_kinds import READ_WELSH
from schoolgate.publishing.models import (
    CAN_BE_CHANGED,
    LONGEST_COMMENT,
    LONGEST_PASSAGE,
    Look,
    PassageComment,
    Post,
    PostMark,
    PostState,
    WelshReading,
)
from schoolgate.publishing.post_parts import cards_going_out, frozen_card
from schoolgate.publishing.questions import markable
from schoolgate.publishing.starting import lock
from schoolgate.rulebook.situations.marks import Whom

# What changed in a post between two versions: words, media, people, cards, accounts and time. Pure.

SAME, ADDED, GONE = "same", "added", "gone"
WORD = re.compile(r"\s*\S+|\s+$")


@dataclass(frozen=True)
class Run:
    """Words that stayed (`same`), came (`added`) or went (`gone`)."""

    kind: str
    text: str


@dataclass(frozen=True)
class FilmChanges:
    """What is different about a film. `other`: another file; `cover`: another picture before it plays.
    `sound`, `no_speech`: what is so now, None where it was so before. `captions`: the runs of their words;
    `times`: the same words at other times."""

    other: bool
    cover: bool
    sound: bool | None
    captions: Sequence[Run]
    times: bool
    no_speech: bool | None

    def __bool__(self) -> bool:
        return (
            any((self.other, self.cover, self.sound is not None, self.captions, self.times))
            or self.no_speech is not None
        )


@dataclass(frozen=True)
class Changes:
    """What is different now. `texts`: the runs of each account's text that changed, by the account's id.
    Pictures are named by their place: `edited` has another file there. `described`: the runs of each new
    description. `time`: before and after."""

    since: datetime
    version: int
    texts: Mapping[int, Sequence[Run]]
    accounts_added: Sequence[str]
    accounts_removed: Sequence[str]
    pictures_added: Sequence[int]
    pictures_edited: Sequence[int]
    pictures_moved: bool
    pictures_removed: Sequence[str]
    described: Mapping[int, Sequence[Run]]
    film: FilmChanges | None
    people: bool
    cards: bool
    time: tuple[datetime | None, datetime | None] | None

    def __bool__(self) -> bool:
        return any(
            (
                self.texts, self.accounts_added, self.accounts_removed, self.pictures_added,
                self.pictures_edited, self.pictures_moved, self.pictures_removed, self.described,
                self.film, self.people, self.cards, self.time,
            )
        )  # fmt: skip


def content_of(post: Post) -> dict[str, Any]:
    """Return what an approver sees of a post, as JSON. Of pupils it has the number alone, never a name."""
    return {
        "time": post.planned_at.isoformat() if post.planned_at else None,
        "accounts": [
            {"account": each.account_id, "name": each.account.name, "text": each.text}
            for each in post.targets.all()
        ],
        "pictures": [{"file": each.digest, "alt": each.alt, **_film_shown(each)} for each in post.pictures],
        "cards": [frozen_card(each) for each in cards_going_out(post)],
        "people": [
            [each.pupil_id, each.relation, each.number, each.shown, each.named] for each in post.people.all()
        ],
    }


def changes_between(
    before: Mapping[str, Any], now: Mapping[str, Any], *, since: datetime, version: int
) -> Changes:
    """Return what differs between two contents (`content_of`). `since`, `version`: of the earlier one."""
    old = {each["account"]: each for each in before["accounts"]}
    new = {each["account"]: each for each in now["accounts"]}
    files, was = [each["file"] for each in now["pictures"]], [each["file"] for each in before["pictures"]]
    edited = [
        place
        for place, (file, other) in enumerate(zip(files, was, strict=False), start=1)
        if file not in was and other not in files
    ]
    stayed = [each for each in files if each in was]
    alts = {each["file"]: each["alt"] for each in before["pictures"]}
    replaced = {was[place - 1] for place in edited}
    return Changes(
        since=since,
        version=version,
        texts={
            pk: words_changed(old[pk]["text"], each["text"])
            for pk, each in new.items()
            if pk in old and old[pk]["text"] != each["text"]
        },
        accounts_added=[each["name"] for pk, each in new.items() if pk not in old],
        accounts_removed=[each["name"] for pk, each in old.items() if pk not in new],
        pictures_added=[
            place for place, file in enumerate(files, start=1) if file not in was and place not in edited
        ],
        pictures_edited=edited,
        pictures_moved=stayed != [each for each in was if each in files],
        pictures_removed=[
            each["alt"]
            for each in before["pictures"]
            if each["file"] not in files and each["file"] not in replaced
        ],
        described={
            place: words_changed(alts.get(each["file"], was_alt), each["alt"])
            for place, each in enumerate(now["pictures"], start=1)
            if (was_alt := _described_before(before, alts, each["file"], place, edited)) is not None
            and was_alt != each["alt"]
        },
        film=_film_changes(before["pictures"], now["pictures"]),
        people=before["people"] != now["people"],
        cards=before.get("cards", []) != now.get("cards", []),
        time=None if before["time"] == now["time"] else (_instant(before["time"]), _instant(now["time"])),
    )


def words_changed(before: str, after: str) -> list[Run]:
    """Return the words of both texts in reading order: what stayed, what went, what came. Joined, the words
    that stayed and came are the text after; those that stayed and went are the text before."""
    old, new = WORD.findall(before), WORD.findall(after)
    runs: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            runs.append(Run(SAME, "".join(new[c:d])))
            continue
        if gone := "".join(old[a:b]):
            runs.append(Run(GONE, gone))
        if came := "".join(new[c:d]):
            runs.append(Run(ADDED, came))
    return runs


def _film_shown(cover: Picture) -> dict[str, Any]:
    film = film_of(cover)
    if film is None:
        return {}
    said = {"captions": film.captions, "no_speech": bool(film.no_speech)}
    return {"film": {"file": film.digest, "sound": film.has_sound, **said}}


def _film_changes(
    before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> FilmChanges | None:
    """Return what differs about the film of a post, which is alone in it; None where nothing does, or where
    its place had another picture, which is marked as a picture."""
    if len(before) != 1 or len(now) != 1 or "film" not in now[0]:
        return None
    (was,), (cover,) = before, now
    new, same_cover = cover["film"], was["file"] == cover["file"]
    if "film" not in was:
        return FilmChanges(True, False, None, [], False, None) if same_cover else None
    old = was["film"]
    words, then = words_of(new["captions"]), words_of(old["captions"])
    found = FilmChanges(
        other=old["file"] != new["file"],
        cover=old["file"] == new["file"] and not same_cover,
        sound=_new(old, new, "sound"),
        captions=words_changed(then, words) if then != words else [],
        times=old["captions"] != new["captions"] and then == words,
        no_speech=_new(old, new, "no_speech"),
    )
    return found or None


def _new(old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> bool | None:
    return bool(new[name]) if bool(old[name]) != bool(new[name]) else None


def _described_before(
    before: Mapping[str, Any], alts: Mapping[str, str], file: str, place: int, edited: Sequence[int]
) -> str | None:
    if file in alts:
        return alts[file]
    return str(before["pictures"][place - 1]["alt"]) if place in edited else None


def _instant(written: str | None) -> datetime | None:
    return stored_instant(written) if written else None


SENTENCE = re.compile(r"(?<![^\S\n])[^\S\n]*+[^\s.!?][^\n.!?]*+[.!?]*+")
MOST_SENTENCES = 60


def tidy(words: str) -> str:
    """Return words on one line, with single spaces between them."""
    return " ".join(words.split())


def place_of(passage: str, text: str) -> tuple[int, int] | None:
    """Return where the words begin and end in the text, whatever is between them; None if they are not
    there."""
    words = passage.split()
    found = re.search(r"\s+".join(re.escape(each) for each in words), text) if words else None
    return found.span() if found else None


def is_in(passage: str, post: Post) -> bool:
    """Return whether one of the post's texts has these words now."""
    return any(place_of(passage, text) is not None for text in texts_of(post))


def texts_of(post: Post) -> list[str]:
    """Return the post's texts, each once: those of its accounts, or the common one before it has any."""
    return list(dict.fromkeys(each.text for each in post.targets.all())) or [post.text]


def sentences_of(texts: Iterable[str]) -> list[str]:
    """Return the sentences of the texts, each once, as far as a comment takes them."""
    found = (tidy(each)[:LONGEST_PASSAGE].strip() for text in texts for each in SENTENCE.findall(text))
    return [each for each in dict.fromkeys(found) if each][:MOST_SENTENCES]


def comments_on(post: Post) -> list[PassageComment]:
    """Return all comments on words of the post, the oldest first. One query."""
    return list(post.passage_comments.select_related("by", "done_by").order_by("id"))


def last_look(post: Post, person_id: int) -> Look | None:
    """Return the person's last look at an earlier version of this post."""
    rows = Look.objects.filter(post=post, by=person_id, version__lt=post.version)
    return rows.order_by("-version").first()


MOST_COMMENTS = 100
"""House rule: a post with this many comments is rewritten, not commented on again."""


@action
def look_at(*, by: Person, at: datetime, post: Post) -> None:
    """Remember that an approver was shown this version, once. Raises NotAllowed."""
    rules.check_may_approve(by, post, on=local_day(at))
    if not Look.objects.filter(post=post, by=by, version=post.version).exists():
        row = Look(post=post, by=by, version=post.version, at=at, shown=content_of(post))
        Look.objects.bulk_create([row], ignore_conflicts=True)


@action
def comment_on(*, by: Person, at: datetime, post: Post, passage: str, comment: str) -> PassageComment:
    """Comment on words of a post that has not gone out yet. It changes neither the post nor its approvals.

    Raises NotAllowed (no approver), NotNow (it is on its way or out), BadInput (`passage`: the words are not
    in its texts; `comment`).
    """
    rules.check_may_approve(by, post, on=local_day(at))
    rules.check_takes_marks(post)
    words, said, wrong = tidy(passage), comment.strip(), dict[str, Text]()
    if not words:
        wrong["passage"] = _("Choose a sentence, or type the words you mean.")
    elif len(words) > LONGEST_PASSAGE:
        wrong["passage"] = _("Choose up to 300 characters.")
    elif not is_in(words, post):
        wrong["passage"] = _("These words aren’t in the text. Type them exactly as they are there.")
    if not said or len(said) > LONGEST_COMMENT or "\x00" in said:
        wrong["comment"] = _("Write your comment, in up to 1,000 characters.")
    elif post.passage_comments.count() >= MOST_COMMENTS:
        wrong["comment"] = _("This post has had too many comments. Ask the author to rewrite it.")
    if wrong:
        raise BadInput(wrong)
    made = PassageComment.objects.create(
        post=post, version=post.version, passage=words, comment=said, by=by, at=at
    )
    record("post.words_commented", subject=post, at=at, actor=by, comment=made.pk)
    return made


@action
def answer_comment(
    *, by: Person, at: datetime, post: Post, comment_id: int, answer: str = "", done: bool = False
) -> PassageComment:
    """Answer a comment on words of the post as its author, or tick it as done as its author or approver.

    Raises NotAllowed, NotFound (no comment on this post), NotNow (done already; the post is on its way or
    out), BadInput (`answer`).
    """
    rules.check_may_judge(by, post, on=local_day(at))
    rules.check_takes_marks(post)
    found = PassageComment.objects.select_for_update().filter(post=post, pk=comment_id).first()
    if found is None:
        raise NotFound
    said = answer.strip()
    if said and by.pk != post.author_id:
        raise NotAllowed(_("Only the author answers a comment."), _("Add a comment of your own."))
    if found.done_at is not None:
        raise done_before(
            found,
            _("This comment is already done."),
            _("Open it again to see its status."),
            otherwise=NotNow(
                _("This comment was ticked as done without your answer."),
                _("Add a comment of your own if your answer is still needed."),
            ),
            done_at__isnull=False,
            answer=said or found.answer,
        )
    if len(said) > LONGEST_COMMENT or "\x00" in said or not (said or done):
        raise BadInput({"answer": _("Write an answer of up to 1,000 characters, or mark it as done.")})
    if said:
        found.answer, found.answered_at = said, at
    if done:
        found.done_by, found.done_at = by, at
    found.save(update_fields=["answer", "answered_at", "done_by", "done_at"])
    event = "post.comment_done" if done else "post.comment_answered"
    record(event, subject=post, at=at, actor=by, comment=found.pk)
    return found


LONGEST_NOTE = 1000
MOST_MARKS = 200
"""House rule: a post with this many marks is rewritten, not marked again."""
WHOM: tuple[str, ...] = get_args(Whom)


@action
def mark_post(*, by: Person, at: datetime, post: Post, kind: str, whom: str = "", note: str = "") -> PostMark:
    """Mark the text of a post that has not gone out yet, for someone to check.

    `kind`: one of `marks.markable` for the policy in force. `whom`: the person it is about, empty if not
    known. `note`: up to 1,000 characters for the reader. An approved post needs its approvers' decision
    again.

    Raises NotFound (this person may not see the post), NotNow (it is on its way or out), BadInput (fields
    `kind`, `whom`, `note`).
    """
    found = _locked(queries.post_for(by, post.pk, on=local_day(at)))
    rules.check_takes_marks(found)
    speaks = markable(in_force(local_day(at)).book, relation=found.author.relation)
    seen, tidy = content_digest(found), note.strip()
    wrong = _wrong(found, kind=kind, whom=whom, note=tidy, seen=seen, known=kind in speaks)
    if wrong:
        raise BadInput(wrong)
    mark = PostMark.objects.create(
        post=found, kind=kind, whom=whom, note=tidy, seen=seen, raised_by=by, at=at
    )
    clauses = list(speaks[mark.kind].clauses)
    record("post.marked", subject=found, at=at, actor=by, clauses=clauses, mark=mark.pk, kind=kind)
    _ask_again(found, at=at)
    return mark


@action
def judge_mark(
    *, by: Person, at: datetime, mark: PostMark, found: bool, seen: str, whom: str = ""
) -> PostMark:
    """Say whether the text contains what it was marked for (`found`), after reading the current text.

    `seen`: the digest of the content that was read (`digest.content_digest`). `whom`: the person it is about,
    if the marker did not say. The policy decides whose word is enough: an author's may release nothing. An
    approved post needs its approvers' decision again.

    Raises NotAllowed (neither author nor approver; an author against a colleague's word on this text), NotNow
    (the text changed meanwhile; the post is on its way or out), BadInput (field `whom`).
    """
    post = _locked(queries.post_for(by, mark.post_id, on=local_day(at)))
    rules.check_may_judge(by, post, on=local_day(at))
    rules.check_takes_marks(post)
    row = queries.mark_of(post, mark.pk)
    now = content_digest(post)
    if seen != now:
        raise NotNow(_("The text has changed since you opened it."), _("Read it again, then decide."))
    rules.check_may_judge_again(by, post, row, seen=now)
    speaks = markable(in_force(local_day(at)).book, relation=post.author.relation).get(row.kind)
    row.whom = row.whom or whom
    if row.whom and row.whom not in WHOM:
        raise BadInput({"whom": _("Choose one from the list.")})
    if found and not row.whom and speaks is not None and speaks.asks_whom:
        raise BadInput({"whom": _("Choose who it’s about: the policy protects some people in particular.")})
    row.found, row.judged_by, row.judged_at, row.judged_seen = found, by, at, now
    row.save(update_fields=["whom", "found", "judged_by", "judged_at", "judged_seen"])
    clauses = list(speaks.clauses) if speaks is not None else []
    record(
        "post.mark_judged",
        subject=post,
        at=at,
        actor=by,
        clauses=clauses,
        mark=row.pk,
        kind=row.kind,
        yes=found,
    )
    _ask_again(post, at=at)
    return row


def _locked(post: Post) -> Post:
    """Return the post, reread under its lock: neither sending nor a change comes between reading and
    writing."""
    lock(post)
    return queries.post(post.pk)


def _wrong(post: Post, *, kind: str, whom: str, note: str, seen: str, known: bool) -> dict[str, Text]:
    """Return a sentence by field for everything that makes a mark invalid."""
    wrong: dict[str, Text] = {}
    marks = list(post.marks.all())
    if not known:
        wrong["kind"] = _("Choose something the policy covers.")
    elif any(each.kind == kind and each.whom == whom and each.judged_seen != seen for each in marks):
        wrong["kind"] = _("Someone has already commented on this, and the comment is waiting to be checked.")
    elif len(marks) >= MOST_MARKS:
        wrong["kind"] = _("This post has had too many comments. Ask the author to rewrite it.")
    if whom and whom not in WHOM:
        wrong["whom"] = _("Choose one from the list.")
    if len(note) > LONGEST_NOTE:
        wrong["note"] = _("Notes can be up to 1,000 characters.")
    elif "\x00" in note:
        wrong["note"] = _("The note contains hidden characters. Type it again.")
    return wrong


def _ask_again(post: Post, *, at: datetime) -> None:
    if post.state == PostState.APPROVED:
        ask_again(post, at=at)


LONGEST_WORDS = 1000
ORDERS = ((), (WELSH, ENGLISH), (ENGLISH, WELSH), (WELSH,), (ENGLISH,))
"""What an account can choose: nothing (its school's languages), both in an order, or a single one."""


@action
def ask_welsh_reader(*, by: Person, at: datetime, post: Post, reader: Person) -> WelshReading:
    """Ask a person who reads Welsh to compare the two texts. It is a task of theirs.

    Raises NotAllowed (neither approves nor writes it), NotNow (no Welsh in it; on its way or out), BadInput
    (field `reader`).
    """
    day = local_day(at)
    if not can(rules.check_may_change, by, post, on=day):
        rules.check_may_approve(by, post, on=day)
    _check_readable(post)
    if reader.pk not in {each.pk for each in readers_of(post, on=day)}:
        raise BadInput({"reader": _("Choose someone who reads Welsh and didn’t write this post.")})
    lock(post)
    row, made = WelshReading.objects.get_or_create(
        post=post, reader=reader, same=None, defaults={"asked_by": by, "asked_at": at}
    )
    open_duty(
        kind=READ_WELSH,
        subject=post,
        at=at,
        due=Due.at(post.planned_at) if post.planned_at else Due.none_promised(),
        person=reader,
        school=post.school,
    )
    if made:
        record("post.welsh_asked", subject=post, at=at, actor=by, reader=reader.pk)
    return row


@action
def say_of_welsh(
    *, by: Person, at: datetime, post: Post, same: bool, seen: str, words: str = ""
) -> WelshReading:
    """Keep that `by` has read the Welsh and it says the same as the English, or what differs (`words`).

    `seen`: the digest of the content that was read (`digest.content_digest`). The answer counts for that
    content alone; a post that was approved needs its approvers' decision again where the texts differ.
    Raises NotAllowed (doesn't read Welsh; wrote it), NotNow (changed meanwhile; no Welsh in
    it; on its way or out), BadInput (field `words`).
    """
    day = local_day(at)
    if by.pk not in {each.pk for each in readers_of(post, on=day)}:
        raise NotAllowed(
            _("Only people who read Welsh, and didn’t write the post, can compare its texts."),
            _("Say on your own page that you read Welsh."),
        )
    lock(post)
    found = queries.post(post.pk)
    _check_readable(found)
    if seen != content_digest(found):
        raise NotNow(_("The text has changed since you opened it."), _("Read it again, then decide."))
    tidy = words.strip()
    if "\x00" in tidy or len(tidy) > LONGEST_WORDS or (not same and not tidy):
        raise BadInput({"words": _("Say what is different, in up to 1,000 characters.")})
    row = WelshReading.objects.filter(post=post, reader=by, same=None).first()
    row = row or WelshReading(post=post, reader=by, asked_at=at)
    row.same, row.words, row.said_at, row.seen = same, tidy, at, seen
    row.save()
    discharge(kind=READ_WELSH, subject=post, by=by, at=at)
    record("post.welsh_read", subject=found, at=at, actor=by, yes=same, seen=seen)
    if not same and found.state == PostState.APPROVED:
        ask_again(found, at=at)
    return row


@action
def choose_post_languages(*, by: Person, at: datetime, account: Account, languages: list[str]) -> None:
    """Choose the languages of an account's posts, in their order; none: those of its school.

    Raises NotAllowed, BadInput (field `languages`).
    """
    rules.check_may_set_slots(by, account, on=local_day(at))
    if tuple(languages) not in ORDERS:
        raise BadInput({"languages": _("Choose one of the answers offered.")})
    account.post_languages = languages
    account.save(update_fields=["post_languages"])
    record("account.post_languages", subject=account, at=at, actor=by, languages="-".join(languages))


def _check_readable(post: Post) -> None:
    if post.state not in CAN_BE_CHANGED:
        raise NotNow(
            _("This post is no longer waiting to be posted."),
            _("If something is wrong with it, take it down."),
        )
    if not has_welsh(post):
        raise NotNow(_("This post has no Welsh text."), _("Ask its author to add one."))
