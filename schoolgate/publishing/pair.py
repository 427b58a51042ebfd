"""The same words in two languages: what an account gets of them, and who has read the Welsh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from schoolgate.accounts.models import Account
from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.people.queries import holders_of_capacity
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.models import Post, WelshReading

WELSH = "cy"
ENGLISH = "en"
BETWEEN = "\n\n"


def order_of(account: Account, school: School) -> list[str]:
    """Return the languages of an account's posts in their order: its own choice, or its school's."""
    return list(account.post_languages or school.languages)


def other_than(language: str) -> str:
    """Return the other language of a pair."""
    return ENGLISH if language == WELSH else WELSH


def together(words: Mapping[str, str], order: Sequence[str]) -> tuple[str, str]:
    """Return the text that an account gets of the words by language, and its languages with a comma.

    A language that the account doesn't take is left out, except where nothing else is written.
    """
    written = [each for each in words if words[each].strip()]
    taken = [each for each in order if each in written] or written[:1]
    if not taken:
        return "", next(iter(words), ENGLISH)
    if len(taken) == 1:
        return words[taken[0]], taken[0]
    return BETWEEN.join(words[each].strip() for each in taken), ",".join(taken)


def has_welsh(post: Post) -> bool:
    """Return whether something that goes out is stated to be Welsh."""
    return any(WELSH in each.language.split(",") for each in post.targets.all())


def readers_of(post: Post, *, on: date) -> list[Person]:
    """Return who may be asked to read the Welsh: people who read it, who see posts of this school, and who
    did not write this one. By name."""
    wrote = {post.author_id} | {each.person_id for each in post.writers.all() if each.wrote_at is not None}
    found = {
        each.pk: each
        for capacity in ("write_post", "approve_post")
        for each in holders_of_capacity(
            capacity, federation=post.author.federation, on=on, school=post.school
        )
        if each.reads_welsh and each.pk not in wrote and each.left_on is None
    }
    return sorted(found.values(), key=lambda each: (each.name, each.pk))


def last_reading(post: Post) -> WelshReading | None:
    """Return the newest answer of a reader of Welsh about the present content; none where it has no Welsh."""
    if not has_welsh(post):
        return None
    said = [each for each in readings_of(post) if each.said_at is not None]
    return max(said, key=lambda each: (each.said_at, each.pk), default=None)


def readings_of(post: Post) -> list[WelshReading]:
    """Return the answers of readers of Welsh about exactly the present content, and the requests that wait
    for one."""
    seen = content_digest(post)
    rows = WelshReading.objects.filter(post=post).select_related("reader", "asked_by")
    return [each for each in rows if each.same is None or each.seen == seen]
