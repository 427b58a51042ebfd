"""What a post's author has to answer under the policy in force: which questions, asked by which clauses,
and what they must state about the people it shows or names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import Text
from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.policy.asking import verdicts
from schoolgate.policy.queries import policy_begun, school_in_rules
from schoolgate.publishing.facts import facts_of
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import Post
from schoolgate.publishing.owners import answered_by_owners
from schoolgate.publishing.permissions import may_speak
from schoolgate.publishing.questions import ONLY_WHERE_A_RULE_SAYS_SO, QUESTIONS, questions_for
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.facts_read import ListedWord, listed_words
from schoolgate.rulebook.rules.tree import literals
from schoolgate.rulebook.situations.posts import PostAccount, PostPublish

PEOPLE: Mapping[str, tuple[str, ...]] = {
    "naming": ("relation", "shown", "named"),
    "photo_consent": ("relation", "shown", "consent", "consent_written", "consent_by"),
    "image_permission": ("shown", "consent"),
    "opt_out": ("shown", "opted_out"),
    "do_not_publish": ("relation", "shown", "do_not_publish"),
    "leadership_consent": ("relation", "shown", "at_school_activity", "leadership_agrees"),
    "leavers_shown": ("relation", "shown"),
    "consent_age": ("relation", "shown", "consent"),
    "staff_shown": ("relation", "shown", "named", "consent", "consent_by"),
    "colleague": ("relation", "consent", "consent_written", "consent_by"),
}
"""By point: the columns of `PostPerson` that its rules need. Columns that no rule needs are not asked
about."""


def asked_by(person: Person, school: School, book: Book, *, on: date) -> list[str]:
    """Return the columns of `PostPerson` that this person is asked about: what the leadership says, only of
    the leadership."""
    speaks = may_speak(person, school, book, on=on)
    return [each for each in asked_of_people(book) if speaks or each != "leadership_agrees"]


Options = tuple[tuple[str, str | Promise], ...]

COLUMNS = tuple(dict.fromkeys(column for columns in PEOPLE.values() for column in columns))


@dataclass(frozen=True)
class AskedBy:
    """A clause that asks the author a question, and the source of that clause."""

    clause: str
    basis: str


def asked_of_people(book: Book) -> list[str]:
    """Return the columns of `PostPerson` that the rules of this book need, in their order."""
    points = {bound.point for bound in book.bound("post.publish")}
    wanted = {column for point in points for column in PEOPLE.get(point, ())}
    return [column for column in COLUMNS if column in wanted]


def options_for(name: str, book: Book, school: School | None) -> Options:
    """Return what the question of this name offers a school's author under the policy of `book`: (answer,
    label) each. None for a question in their own words: any text, where the policy lists no words for it."""
    if QUESTIONS[name].kind == "text":
        about = PostPublish(account=PostAccount(school=school_in_rules(school)))
        return tuple((one.word, _label(one)) for one in listed_words(book, "post.publish", name, about))
    spoken = {
        word
        for bound in book.bound("post.publish")
        if bound.point == "confidential"
        for word in literals(bound.settings.model_dump())
    }
    return tuple(
        (answer, label)
        for answer, label in QUESTIONS[name].options
        if answer not in ONLY_WHERE_A_RULE_SAYS_SO or answer in spoken
    )


def _label(one: ListedWord) -> str:
    words = one.welsh if one.welsh and get_language() == "cy" else one.word
    return words[:1].upper() + words[1:]


def is_listed(answer: object, options: Options) -> bool:
    """Whether an answer is one of those that a policy lists, in capitals or not, or it lists none."""
    return not options or str(answer).casefold() in (word.casefold() for word, _label in options)


def in_own_words(post: Post, book: Book) -> list[tuple[str | Promise, str, bool]]:
    """Return each question of a post that is answered in words and not with yes or no, with its answer as it
    is shown now, and whether these are the author's own words: the policy lists none, or not this one."""
    found = []
    for name, question in QUESTIONS.items():
        answer = post.answers.get(name, {}).get("answer")
        if question.kind == "text" and answer:
            labels = {word.casefold(): str(each) for word, each in options_for(name, book, post.school)}
            shown = labels.get(str(answer).casefold())
            found.append((question.label, shown or str(answer), shown is None))
    return found


def not_offered(
    answers: Mapping[str, Any], *, at: datetime, school: School | None, before: Mapping[str, Any]
) -> dict[str, Text]:
    """Return, as BadInput takes it, what is wrong where an answer is none of those that the policy in force
    lists for its question. One that was saved before may stay: the policy's rule asks for another."""
    for name, answer in answers.items():
        if not answer or QUESTIONS[name].kind != "text" or before.get(name, {}).get("answer") == answer:
            continue
        policy = policy_begun(local_day(at))
        options = options_for(name, policy.book, school) if policy is not None else ()
        if not is_listed(answer, options):
            return {"answers": not_listed(name, options)}
    return {}


def not_listed(name: str, options: Options) -> Text:
    """Return the sentence for an answer that the policy does not list."""
    listed = "; ".join(str(label) for _word, label in options)
    return format_lazy(
        _("{question} Choose one of the policy’s answers: {answers}."),
        question=QUESTIONS[name].label, answers=listed,
    )  # fmt: skip


def asked_of_author(post: Post, *, at: datetime) -> dict[str, tuple[AskedBy, ...]]:
    """Return every question that the policy in force asks the author of this post, with the clauses that ask.

    Answered ones are included. One answer may lead to the next question (it includes another person's work:
    where is it from?), so the post is judged as if the answers came one after the other. `post.answers` is
    not changed.
    """
    given: dict[str, Any] = post.answers
    found: dict[str, tuple[AskedBy, ...]] = {}
    known: dict[str, Any] = {}
    try:
        while True:
            post.answers = known
            facts = [each for _target, each in facts_of(post, at=at)]
            for decision in verdicts("post.publish", facts, on=local_day(at)):
                _gather(found, decision)
            new = {name: given[name] for name in found if name in given and name not in known}
            if not new:
                break
            known = known | new
    finally:
        post.answers = given
    if hits_of(post, on=local_day(at)).names_pupil:  # the answer is known; no hit would answer nothing
        found.pop("names_somebody", None)
    for name in answered_by_owners(post, at=at):
        found.pop(name, None)
    return {name: found[name] for name in QUESTIONS if name in found}


def _gather(found: dict[str, tuple[AskedBy, ...]], decision: Decision) -> None:
    for finding in decision.findings:
        if not finding.stands:
            continue
        needs = [need.what for need in finding.needs if need.source == "author"]
        asked = tuple(AskedBy(clause, str(finding.basis)) for clause in finding.clauses)
        for name in questions_for(needs, point=finding.point):
            found[name] = _each_once((*found.get(name, ()), *asked))


def _each_once(asked: Iterable[AskedBy]) -> tuple[AskedBy, ...]:
    return tuple(dict.fromkeys(asked))
