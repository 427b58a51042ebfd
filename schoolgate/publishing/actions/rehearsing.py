"""What an emergency text would be as a post: written, judged, and undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import SchoolgateError, Text
from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.policy.asking import verdicts
from schoolgate.publishing import queries, ready, rules
from schoolgate.publishing.author_questions import AskedBy, asked_of_author
from schoolgate.publishing.blanks import Value
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.facts import Approver, facts_of
from schoolgate.publishing.hits import PostHit, hits_of
from schoolgate.publishing.models import Post, PostTarget, ReadyVersion
from schoolgate.rulebook.situations.post_publish import PostPublish

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
