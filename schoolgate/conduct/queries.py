"""Named reads about people's own conduct: always of one person, never a list of people."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from schoolgate.conduct import facts, rules
from schoolgate.conduct.answers import (
    CHECK,
    CONTACT,
    PICTURE,
    POST,
    SENTENCE,
    advised_now,
    fixed_sentence,
    talk_wanted,
)
from schoolgate.conduct.lacking import lacking_of_answer
from schoolgate.conduct.models import KeptAnswer, LeavingReminder, Removal, SupportNumber
from schoolgate.core import vault
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.policy.advising import Advised
from schoolgate.policy.asking import verdict
from schoolgate.policy.keeping import body_of
from schoolgate.policy.queries import in_force, policy_or_none, ruled_since
from schoolgate.policy.states import AskedState
from schoolgate.rulebook import Book, Decision, Outcome
from schoolgate.rulebook.adviser import ENTRIES


def answers_kept(person: Person) -> QuerySet[KeptAnswer]:
    """Return a person's own saved answers."""
    return KeptAnswer.objects.filter(person=person).select_related("decision")


def answer_for(person: Person, pk: int, *, on: date) -> KeptAnswer:
    """Return a saved answer for its person, or for the role that was asked to talk it over. Raises
    NotFound."""
    rows = KeptAnswer.objects.select_related(
        "person", "decision__version", "decision__reading", "talked_with", "ruling_asked__ruling__end"
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    rules.check_may_see(person, row, on=on)
    return row


def ruling_to_ask(answer: KeptAnswer, *, at: datetime) -> Advised | None:
    """Return what the policy leaves open in a saved answer, and who rules on it; None where there is nothing
    to ask, or the question waits already."""
    asked = answer.ruling_asked
    if answer.entry not in ENTRIES or (asked is not None and asked.state == AskedState.OPEN):
        return None
    advised = advised_now(answer, at=at)
    return advised if advised.can_be_put else None


def why_no_longer(answer: KeptAnswer, *, at: datetime) -> str:
    """Return the code of what a saved answer rested on and that is gone (a key of `states.GONE`);
    "" while it holds."""
    policy, kept = in_force(local_day(at)), answer.decision
    if answer.entry not in ENTRIES or kept.reading_id != policy.reading.pk:
        return "policy"
    if ruled_since(policy, kept.clauses, kept.at):
        return "ruling"
    if kept.outcome == Outcome.PERMITTED and lacking_of_answer(answer, at=at):
        return "permission"
    return ""


def kinds_to_remove(person: Person, *, at: datetime) -> tuple[str, ...]:
    """Return what the policy lets this person be told to remove from their own pages: a picture of pupils
    that it forbids there, or a post that breaks it. Empty where it says nothing of it, or not of them."""
    on = local_day(at)
    if policy_or_none(on) is None:
        return ()
    shown = facts.picture_facts(person, at=at, school_photograph=True, shows_school=True)
    told = facts.removal_facts(person, by=person, at=at, told_at=at, reply_by=None, gone=False)
    found = []
    if verdict(PICTURE, shown, on=on).outcome is Outcome.NOT_PERMITTED:
        found.append("picture")
    if any(one.what == "removal" for one in verdict(POST, told, on=on).duties):
        found.append("post")
    return tuple(found)


def removals_of(person: Person) -> list[Removal]:
    """Return the posts that a person was told to remove and that are not gone, first those told first."""
    rows = Removal.objects.filter(person=person, gone_at=None)
    return list(rows.select_related("told_by").order_by("id"))


def removal_for(person: Person, pk: int) -> Removal:
    """Return a post to remove for its author or the person who told them. Raises NotFound."""
    rows = Removal.objects.filter(Q(person=person) | Q(told_by=person), pk=pk)
    row = rows.select_related("person", "told_by", "decision").first()
    if row is None:
        raise NotFound
    return row


def reminder_of(person: Person) -> LeavingReminder | None:
    """Return the newest reminder of a leaver; None where there is none."""
    rows = LeavingReminder.objects.filter(person=person, departure__person__left_on__isnull=False)
    return rows.order_by("-id").first()


def reminder_for(person: Person, pk: int, *, on: date) -> LeavingReminder:
    """Return a leaver's reminder for the leaver, or for those who look after people. Raises NotFound."""
    row = LeavingReminder.objects.select_related("person", "decision", "given_by").filter(pk=pk).first()
    if row is None or (
        row.person_id != person.pk and "administer" not in capacities(person, on=on, anywhere=True)
    ):
        raise NotFound
    return row


def asked_of_page(person: Person, *, at: datetime) -> Decision:
    """Return what the policy asks of a page of this person that names the school."""
    return verdict("personal.profile", facts.named_page_facts(person, at=at), on=local_day(at))


def sentence_to_copy(decision: Decision) -> tuple[str, tuple[str, ...]]:
    """Return the policy's own disclaimer with its clauses; an empty text where it gives none."""
    clauses = tuple(clause for one in decision.at(SENTENCE) for clause in one.clauses)
    return fixed_sentence(decision), clauses


def missing_sentence(decision: Decision, person: Person, *, at: datetime) -> str:
    """Return the sentence for which a decision about a person's page waits; "" where it waits for none."""
    if not any(need.what == SENTENCE for one in decision.findings for need in one.needs):
        return ""
    return fixed_sentence(asked_of_page(person, at=at))


def talk_if_unsure(decision: Decision, *, on: date) -> str:
    """Return the role with which the policy wants this contact talked over by a person in doubt; "" where it
    names none."""
    if decision.situation != CONTACT:
        return ""
    doubted = decision.facts.model_copy(update={"rulings": (), "unsure": True})
    return talk_wanted(body_of(verdict(CONTACT, doubted, on=on)))


def wants_disclaimer(decision: Decision) -> bool:
    """Return whether the policy wants a disclaimer on such a page, in whatever words."""
    return any(decision.points[point] != Outcome.SILENT for point in ("own_disclaimer", SENTENCE))


def speaks_of(book: Book, situation: str) -> bool:
    """Return whether any rule of the policy is asked in this situation."""
    return any(situation in one.situations for one in book.pack.bindings)


def last_check(person: Person) -> KeptAnswer | None:
    """Return a person's last saved check of their own profile; None where there is none."""
    return answers_kept(person).filter(entry=CHECK).order_by("-at", "-id").first()


def words_of(removal: Removal) -> str:
    """Return which post it is and why; "" once it is gone."""
    return "" if removal.words_ref is None else vault.reveal(removal.words_ref)


def support_numbers() -> list[SupportNumber]:
    """Return the numbers that the federation entered for staff who are targeted, by name."""
    return list(SupportNumber.objects.order_by("name")[:20])
