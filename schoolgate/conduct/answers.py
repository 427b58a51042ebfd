"""Answers of *May I ...?* that a person saves for themselves: which can be, what the saved ones say and
lack from another person, talking it over, and the numbers for staff who are targeted.

Reads are always of one person, never a list of people.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.conduct import reminding
from schoolgate.conduct.models import (
    ANSWER_MOVES,
    SETTINGS,
    TALK,
    TALKED,
    AnswerState,
    KeptAnswer,
    LeavingReminder,
    OwnWord,
    Removal,
    SupportNumber,
)
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.core.rows import reserve
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.models import Person, ScopeKind
from schoolgate.people.queries import Where, assignments, capacities, held_by
from schoolgate.people.rules import check_capacity
from schoolgate.policy.advising import SITUATION, Advised, advise, entry_for
from schoolgate.policy.asking import forget_facts, record_decision, verdict
from schoolgate.policy.keeping import body_of
from schoolgate.policy.models import AskedState, DecisionRecord, PermissionAsked, RulingAsked
from schoolgate.policy.permitting import (
    Area,
    Lacking,
    Permit,
    Place,
    ask_permission,
    declare,
    end_requests,
    lacking,
)
from schoolgate.policy.queries import book_in_scope, in_force, policy_or_none, ruled_since
from schoolgate.policy.saying import put_to_role
from schoolgate.rulebook import Book, Decision, Outcome
from schoolgate.rulebook.adviser import ENTRIES, Entry
from schoolgate.rulebook.facts import Facts

CHECK = "check-own-profile"
"""The question with which people check their own profile."""
CONTACT = "contact.accept"
KEEPS = frozenset(
    {
        CONTACT,
        "encyclopaedia.edit",
        "equipment.use",
        "guidance.ask",
        "image.share",
        "message.send",
        "personal.account",
        "personal.connect",
        "personal.post",
        "personal.profile",
        "promotion.ask",
        "systems.use",
    }
)
"""The situations that are a person's own conduct, or advice for it."""
FORGOTTEN = frozenset({"other.date_of_birth"})
"""Answers that decide and are not saved."""
PICTURE, POST = "image.share", "posting.withdraw"
"""The situations by which a person is told to remove a picture of pupils, or a post, from their own page."""
CONTACT_TALK, SENTENCE = "contact_talk", "own_disclaimer_text"


def answers_of(answer: KeptAnswer) -> dict[str, list[str]]:
    """Return what the person answered, in the form used in an address."""
    found: dict[str, list[str]] = json.loads(vault.reveal(answer.answers_ref))
    return found


def fitting_of(answer: KeptAnswer) -> tuple[str, ...]:
    """Return the clauses that fit the words in which it was asked."""
    return tuple(answer.decision.body.get("first", ()))


def advised_now(answer: KeptAnswer, *, at: datetime) -> Advised:
    """Return what the policy says to a saved answer now, with the permissions and rulings given since."""
    return advise(
        entry_for(answer.entry),
        answers_of(answer),
        by=answer.person,
        at=at,
        about=subject_of(answer),
        fitting=fitting_of(answer),
    )


def talk_wanted(body: Mapping[str, Any]) -> str:
    """Return the role with which the policy wants a saved decision talked over; "" where it wants none."""
    needs = [need for finding in body["findings"] for need in finding["needs"]]
    return next((str(need["from"]) for need in needs if need["what"] == CONTACT_TALK), "")


def fixed_sentence(decision: Decision) -> str:
    """Return the sentence that the policy gives for a disclaimer; "" where it gives none."""
    texts = (str(one.args["text"]) for one in decision.at(SENTENCE) if one.args and "text" in one.args)
    return next(texts, "")


PERMITS: Mapping[str, Permit] = {
    way: Permit(covers=covers, at=("private_channel",), fact="channel_leaves", lasts=True)
    for way, covers in {"email": "own_email", "phone": "own_phone"}.items()
}
"""The permission that each way of writing can wait for."""


def lacking_of_answer(answer: KeptAnswer, *, at: datetime) -> Sequence[Lacking]:
    """Return the permissions that a saved answer lacks now and a role can give."""
    way = next(iter(answers_of(answer).get("way", ())), "")
    if answer.decision.situation != SITUATION or way not in PERMITS:
        return ()
    wanted = lacking([advised_now(answer, at=at).decision], book_in_scope(), [PERMITS[way]])
    return [one for one in wanted if one.covers == PERMITS[way].covers]


def place_of_answer(answer: KeptAnswer) -> Place:
    """Return where a permission for a person is asked for: their school, where they have one alone."""
    held = assignments(answer.person, on=local_day(answer.at), where=Where(anywhere=True))
    schools = list(School.objects.filter(pk__in=held.values("school"))[:2])
    return Place(school=schools[0] if len(schools) == 1 else None, owner=answer.person)


def check_may_see(person: Person, answer: KeptAnswer, *, on: date) -> None:
    """Raise NotFound unless it is their own, or they hold the role that was asked to talk it over."""
    if not answers_known(person, on).filter(pk=answer.pk).exists():
        raise NotFound


def check_may_talk(person: Person, answer: KeptAnswer, *, on: date) -> None:
    """Raise NotAllowed unless they hold the role asked; the asker's own word doesn't count."""
    if answer.person_id == person.pk or not answers_known(person, on).filter(pk=answer.pk).exists():
        raise NotAllowed(
            _("Someone else must record this conversation."), _("Talk to the person your policy names.")
        )


def check_may_tell(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person deals with concerns: they may tell staff to remove a post."""
    check_capacity(person, "see_incidents", on=on, anywhere=True)


def check_may_remind(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person looks after people and their roles."""
    check_capacity(person, "administer", on=on, anywhere=True)


def answers_known(person: Person, on: date) -> QuerySet[KeptAnswer]:
    """Return the answers that a person may know of: their own, and those they were asked to talk over."""
    asked = Q(pk__in=[])
    for one in held_by(person, on=on):
        if one.scope_kind == ScopeKind.FEDERATION:
            asked |= Q(role_key=one.role_key)
        elif one.scope_kind == ScopeKind.LINE_MANAGER_OF:
            asked |= Q(role_key=one.role_key, person=one.managed_id)
    return KeptAnswer.objects.filter(Q(person=person) | asked & ~Q(state=AnswerState.KEPT))


def reminders_known(person: Person, on: date) -> QuerySet[LeavingReminder]:
    """Return the reminders that a person may know of: the leaver, and those who look after people."""
    if "administer" in capacities(person, on=on, anywhere=True):
        return LeavingReminder.objects.all()
    return LeavingReminder.objects.filter(person=person)


def own_words_known(person: Person, _on: date) -> QuerySet[OwnWord]:
    """Return what this person gave their word on about their own accounts."""
    return OwnWord.objects.filter(person=person)


def removals_known(person: Person, _on: date) -> QuerySet[Removal]:
    """Return the posts to remove that a person may know of: their own, and those they told people about."""
    return Removal.objects.filter(Q(person=person) | Q(told_by=person))


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
    check_may_see(person, row, on=on)
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
    shown = reminding.picture_facts(person, at=at, school_photograph=True, shows_school=True)
    told = reminding.removal_facts(person, by=person, at=at, told_at=at, reply_by=None, gone=False)
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
    return verdict("personal.profile", reminding.named_page_facts(person, at=at), on=local_day(at))


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


KEPT_AFTER_LEAVING = timedelta(days=30)
"""How long a leaver's saved answers stay, in case they come back. Schoolgate's own rule."""
AT_ONCE = 100


@action
def keep_answer(
    *,
    by: Person,
    at: datetime,
    entry: Entry,
    answers: Mapping[str, Sequence[str]],
    fitting: Sequence[str] = (),
    carries: bool = False,
    unsure: bool = False,
) -> KeptAnswer:
    """Save what the policy answers to a person's question about their own account or contact, for them alone.

    The answers are sealed, without the other person's date of birth; the decision is saved without its
    facts. `fitting`: the clauses that fit the words in which it was asked. `carries`: the page shows the
    policy's sentence, word for word; `unsure`: the person is in doubt about the contact. A saved check of the
    own profile ends the reminder to make one. Raises NotNow while a question is open, or where answers can't
    be saved.
    """
    if entry.situation not in KEEPS:
        raise NotNow(_("This answer can’t be saved."), _("You can print the page instead."))
    advised = advise(entry, answers, by=by, at=at)
    if advised.question is not None:
        raise NotNow(_("A question is still open."), _("Answer it first. You can choose “I don’t know”."))
    number = reserve(KeptAnswer, 1)[0]
    update: dict[str, object] = {"rulings": ()}
    if carries and (sentence := missing_sentence(advised.decision, by, at=at)):
        update["disclaimer_text"] = sentence
    if unsure and entry.situation == CONTACT:
        update["unsure"] = True
    kept = _decided(entry, advised.decision.facts.model_copy(update=update), number, fitting, at=at)
    given = {path: list(texts) for path, texts in answers.items() if path in advised.answers}
    row = KeptAnswer.objects.create(
        pk=number,
        person=by,
        entry=entry.key,
        at=at,
        decision=kept,
        answers_ref=_seal({path: texts for path, texts in given.items() if path not in FORGOTTEN}, number),
        state_at=at,
    )
    record("keptanswer.kept", subject=row, at=at, clauses=kept.clauses, decision=kept.pk)
    if entry.key == CHECK:
        discharge(kind=SETTINGS, subject=by, person=by, by=by, at=at, how="checked")
    return row


@action
def ask_to_talk(*, by: Person, at: datetime, answer: KeptAnswer) -> KeptAnswer:
    """Ask the role that the policy names to talk a contact over; its holders get a task and see the answers.

    Raises NotFound for another person's answer; NotNow where the policy names no such conversation."""
    _check_own(by, answer)
    role = talk_wanted(answer.decision.body)
    found = next((one for one in in_force(local_day(at)).book.roles if one.name == role), None)
    if found is None:
        raise NotNow(
            _("The policy asks for no conversation about this."), _("You don’t need to do anything else.")
        )
    move(answer, to=AnswerState.ASKED, moves=ANSWER_MOVES, at=at, role_key=found.key)
    kept = answer.decision
    open_duty(
        kind=TALK, subject=answer, at=at, due=Due.none_promised(), role=found.key, about=by,
        clauses=kept.clauses, decision=kept,
    )  # fmt: skip
    record("keptanswer.asked", subject=answer, at=at, clauses=kept.clauses, decision=kept.pk)
    return answer


@action
def note_talk(*, by: Person, at: datetime, answer: KeptAnswer, on: date) -> KeptAnswer:
    """Record that a holder of the role talked it over with the person on a day, and ask the policy again.

    Raises NotAllowed for everyone else; BadInput (on) for a day before they asked or in the future; NotNow
    unless it waits for this."""
    today = local_day(at)
    check_may_talk(by, answer, on=today)
    if not local_day(answer.state_at) <= on <= today:
        raise BadInput({"on": _("Enter a day between the request and today.")})
    entry = entry_for(answer.entry)
    advised = advise(entry, answers_of(answer), by=answer.person, at=at)
    role = next(one.name for one in in_force(today).book.roles if one.key == answer.role_key)
    talked = {"rulings": (), "unsure": True, "talked_over": (reminding.talk(by, role, at=at),)}
    known = advised.decision.facts.model_copy(update=talked)
    kept = _decided(entry, known, answer.pk, fitting_of(answer), at=at)
    move(
        answer, to=AnswerState.TALKED, moves=ANSWER_MOVES, at=at, talked_with=by, talked_on=on, decision=kept
    )
    record("keptanswer.talked", subject=answer, at=at, clauses=kept.clauses, decision=kept.pk)
    discharge(kind=TALK, subject=answer, by=by, at=at, how="talked")
    open_duty(kind=TALKED, subject=answer, at=at, due=Due.none_promised(), person=answer.person)
    return answer


@action
def ask_for_leave(
    *, by: Person, at: datetime, answer: KeptAnswer, text: str, words: str = ""
) -> PermissionAsked:
    """Ask the role that can give it for leave to use a private email or phone, as a saved answer describes.

    `text`: the questions and answers in words, which the role reads. Raises NotFound for another person's
    answer, NotNow (nothing is lacking; asked already; no one else has the role), BadInput on `words`."""
    _check_own(by, answer)
    lacks = next(iter(lacking_of_answer(answer, at=at)), None)
    if lacks is None:
        raise NotNow(_("The policy doesn’t ask for this any more."), _("Open it again to see its status."))
    return ask_permission(
        by=by, at=at, about=answer, place=place_of_answer(answer), lacks=lacks,
        digest=subject_of(answer), text=text, words=words, decision=answer.decision,
    )  # fmt: skip


@action
def ask_for_ruling(*, by: Person, at: datetime, answer: KeptAnswer, words: str) -> RulingAsked:
    """Send the question behind a saved answer to the role that rules on what the policy leaves open; they see
    the answers and `words`.

    Raises NotFound for another person's answer; NotNow where the policy decides by itself, or while their
    question waits; BadInput (words)."""
    _check_own(by, answer)
    if answer.ruling_asked is not None and answer.ruling_asked.state == AskedState.OPEN:
        raise NotNow(
            _("You already sent this question."), _("You’ll be told on your Today page when it is answered.")
        )
    asked = put_to_role(
        by=by, at=at, entry=entry_for(answer.entry), answers=answers_of(answer), words=words,
        about=subject_of(answer), fitting=fitting_of(answer),
    )  # fmt: skip
    answer.ruling_asked = asked
    answer.save(update_fields=["ruling_asked"])
    return asked


@action
def decide_again(*, answer: KeptAnswer, at: datetime) -> KeptAnswer:
    """Ask the policy again what it says to a saved answer, with the permissions and rulings given since."""
    known = advised_now(answer, at=at).decision.facts.model_copy(update={"rulings": ()})
    answer.decision = _decided(entry_for(answer.entry), known, answer.pk, fitting_of(answer), at=at)
    answer.save(update_fields=["decision"])
    record("keptanswer.decided_again", subject=answer, at=at, clauses=answer.decision.clauses,
        decision=answer.decision_id)  # fmt: skip
    return answer


@action
def note_talk_seen(*, by: Person, at: datetime, answer: KeptAnswer) -> None:
    """Record that the person has read the answer after the conversation. Raises NotFound for others."""
    _check_own(by, answer)
    discharge(kind=TALKED, subject=answer, person=by, by=by, at=at, how="seen")


@action
def remove_answer(*, by: Person, at: datetime, answer: KeptAnswer) -> None:
    """Delete a person's own saved answer; nothing else depends on it. Raises NotFound for others."""
    _check_own(by, answer)
    _forget(answer, at=at)


@action
def forget_leavers_answers(*, at: datetime) -> bool:
    """Delete the saved answers and words of people who left a while ago; the program's own sweep. Returns
    whether there may be more."""
    left = local_day(at) - KEPT_AFTER_LEAVING
    words = list(OwnWord.objects.filter(person__left_on__lte=left).order_by("pk")[:AT_ONCE])
    for word in words:
        record("ownword.removed", subject=word, at=at)
        word.delete()
    answers = list(KeptAnswer.objects.filter(person__left_on__lte=left).order_by("pk")[:AT_ONCE])
    for answer in answers:
        _forget(answer, at=at)
    return AT_ONCE in (len(words), len(answers))


def _forget(answer: KeptAnswer, *, at: datetime) -> None:
    cancel(kind=(TALK, TALKED), subject=answer, because="removed", at=at)
    end_requests(at=at, about=answer)
    record("keptanswer.removed", subject=answer, at=at)
    vault.forget(answer.answers_ref)
    answer.delete()


def _decided(
    entry: Entry, known: Facts, number: int, fitting: Sequence[str], *, at: datetime
) -> DecisionRecord:
    """Return the saved decision: about the answer, by no one, without its facts."""
    subject = f"conduct.keptanswer:{number}"
    kept = record_decision(
        entry.situation, known, at=at, by=None, subject=subject, fitting=fitting, entry=entry.key
    )
    forget_facts(kept)
    return kept


def _seal(given: Mapping[str, Sequence[str]], number: int) -> int:
    return vault.put("conduct", json.dumps(dict(given)), about=f"conduct.keptanswer:{number}")


def _check_own(by: Person, answer: KeptAnswer) -> None:
    if answer.person_id != by.pk:
        raise NotFound


_TELEPHONE = re.compile(r"\+?[0-9][0-9 ]{4,18}")


@action
def enter_number(*, by: Person, at: datetime, name: str, telephone: str) -> SupportNumber | None:
    """Enter a union's number, replace it, or remove it where `telephone` is empty.

    Raises NotAllowed unless `by` looks after people; BadInput (name, telephone)."""
    check_may_remind(by, on=local_day(at))
    if not name.strip() or len(name) > 60 or "\x00" in name:
        raise BadInput({"name": _("Enter a name of up to 60 characters.")})
    if telephone.strip() and not _TELEPHONE.fullmatch(telephone.strip()):
        raise BadInput({"telephone": _("Enter a telephone number: only digits and spaces.")})
    found = SupportNumber.objects.filter(name=name.strip())
    if not telephone.strip():
        for row in found:
            record("supportnumber.removed", subject=row, at=at, actor=by)
        found.delete()
        return None
    given = {"telephone": telephone.strip(), "by": by, "at": at}
    row, _new = SupportNumber.objects.update_or_create(name=name.strip(), defaults=given)
    record("supportnumber.entered", subject=row, at=at, actor=by)
    return row


def _answer(pk: int) -> KeptAnswer:
    found = KeptAnswer.objects.select_related("person").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _thing(pk: int) -> tuple[KeptAnswer, Place]:
    found = _answer(pk)
    return found, place_of_answer(found)


def _sees(person: Person, pk: int, _on: date) -> bool:
    return KeptAnswer.objects.filter(pk=pk, person=person).exists()


def _current(asked: PermissionAsked) -> bool:
    return KeptAnswer.objects.filter(pk=number_of(asked.about)).exists()


def _given(asked: PermissionAsked, _by: Person, at: datetime) -> None:
    decide_again(answer=_answer(number_of(asked.about)), at=at)


declare("conduct.keptanswer", Area("own-answer", _sees, _thing, _current, _given))
