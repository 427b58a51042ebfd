"""Ask people for their word on their own contacts and pages, and save it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.conduct import words
from schoolgate.conduct.duty_kinds import CONNECTIONS, WORD
from schoolgate.conduct.models import OwnWord
from schoolgate.conduct.states import Said, Topic
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.ids import reserve
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.duties.actions import cancel, discharge
from schoolgate.duties.batch import Opened, open_duties
from schoolgate.duties.due import Due
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on, here_on
from schoolgate.policy.asking import forget_facts, record_decision
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force

AT_ONCE = 500
"""People that one transaction of the sweep looks at."""


@action
def give_word(*, by: Person, at: datetime, said: Mapping[str, str]) -> list[OwnWord]:
    """Save a person's own word on topics that the policy in force asks them about: topic -> `Said`.

    It ends their task once nothing is open. Raises NotNow for a topic that they aren't asked about; BadInput
    (the topic) for an answer that it doesn't have.
    """
    asked = {one.topic: one for one in words.asked_of([by], at=at)[by.pk]}
    for topic, answer in said.items():
        if topic not in asked:
            raise NotNow(
                _("Your policy doesn’t ask you this any more."), _("You don’t need to do anything else.")
            )
        if answer not in Said.values or (answer == Said.SHOWN and topic != Topic.DISCLAIMER):
            raise BadInput({topic: _("Choose from the list.")})
    rows = [_save(by, asked[Topic(topic)], answer, at=at) for topic, answer in said.items()]
    left = {one.topic for one in words.asked_of([by], at=at)[by.pk] if one.open}
    if not left:
        discharge(kind=WORD, subject=by, person=by, by=by, at=at, how="said")
    contacts = words.RHYTHM[CONNECTIONS]
    if left.isdisjoint(contacts) and not set(contacts).isdisjoint(said):
        discharge(kind=CONNECTIONS, subject=by, person=by, by=by, at=at, how="said")
    return rows


def _save(by: Person, asked: words.Asked, said: str, *, at: datetime) -> OwnWord:
    number = asked.word.pk if asked.word else reserve(OwnWord, 1)[0]
    kept: list[DecisionRecord] = []
    for situation, known in words.situations_of(by, asked.topic, said, at=at):
        kept.append(record_decision(situation, known, at=at, by=None, subject=f"conduct.ownword:{number}"))
        forget_facts(kept[-1])
    policy = in_force(local_day(at))
    first = next((one for one in kept if one.clauses), kept[0])
    row = OwnWord(
        pk=number, federation_id=by.federation_id, person=by, topic=asked.topic, said=said, at=at,
        version=policy.version, decision=first, wordings=words.wordings(policy, asked.clauses),
    )  # fmt: skip
    row.save(force_insert=asked.word is None, force_update=asked.word is not None)
    record("ownword.given", subject=row, at=at, clauses=asked.clauses, decision=first.pk)
    return row


@action
def ask_for_words(*, at: datetime, after: int = 0, limit: int = AT_ONCE) -> int | None:
    """Open the task to declare for people who have something open, and end it for those who aren't
    asked any more; the program's own sweep. Safe to run twice.

    Checks `limit` people with ids above `after`; returns the id to continue from, None at the end."""
    on = local_day(at)
    here = Person.objects.filter(here_on(on), pk__gt=after).exclude(away_on(on, person="pk"))
    looked = list(here.order_by("pk")[:limit])
    asked = words.asked_of(looked, at=at)
    rows = Duty.objects.filter(
        kind=WORD, subject__in=[subject_of(one) for one in looked], state__in=STILL_TO_DO
    )
    standing = {number_of(one) for one in rows.values_list("subject", flat=True)}
    wanted = []
    for one in looked:
        clauses = [clause for each in asked[one.pk] if each.open for clause in each.clauses]
        if clauses and one.pk not in standing:
            wanted.append(Opened(WORD, one, Due.none_promised(), person=one, clauses=tuple(clauses)))
        elif not clauses and one.pk in standing:
            cancel(kind=WORD, subject=one, because="not_asked", at=at)
    open_duties(at=at, wanted=wanted)
    return looked[-1].pk if len(looked) == limit else None
