"""Save an answer of *May I ...?* for its person, and talk it over with the role that the policy names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.conduct import facts, rules
from schoolgate.conduct.answers import (
    CHECK,
    CONTACT,
    FORGOTTEN,
    KEEPS,
    advised_now,
    answers_of,
    fitting_of,
    talk_wanted,
)
from schoolgate.conduct.duty_kinds import SETTINGS, TALK, TALKED
from schoolgate.conduct.lacking import lacking_of_answer, place_of_answer
from schoolgate.conduct.models import KeptAnswer, OwnWord
from schoolgate.conduct.queries import missing_sentence
from schoolgate.conduct.states import ANSWER_MOVES, AnswerState
from schoolgate.core import vault
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.ids import reserve
from schoolgate.core.moves import move
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.policy.actions.permitting import ask_permission, end_requests
from schoolgate.policy.actions.ruling import put_to_role
from schoolgate.policy.advising import advise, entry_for
from schoolgate.policy.asking import forget_facts, record_decision
from schoolgate.policy.models import DecisionRecord, PermissionAsked, RulingAsked
from schoolgate.policy.queries import in_force
from schoolgate.policy.states import AskedState
from schoolgate.rulebook.adviser import Entry
from schoolgate.rulebook.facts import Facts

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
    rules.check_may_talk(by, answer, on=today)
    if not local_day(answer.state_at) <= on <= today:
        raise BadInput({"on": _("Enter a day between the request and today.")})
    entry = entry_for(answer.entry)
    advised = advise(entry, answers_of(answer), by=answer.person, at=at)
    role = next(one.name for one in in_force(today).book.roles if one.key == answer.role_key)
    talked = {"rulings": (), "unsure": True, "talked_over": (facts.talk(by, role, at=at),)}
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
