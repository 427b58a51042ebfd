"""What colleagues write in forms where no one looks for a concern: read as it's given to an action, whatever
page, command or program it comes from.

Words of danger are told to a safeguarding lead at once. Where they may be about someone here, they aren't
stored where that person could read them: the action doesn't happen and the form comes back with the words in
it, or, where it can't wait, it happens without them. The lead's concern has them all. What is read in other
ways, or not at all, is declared in `tests/guarantees/not_read.py`, and a new text without a line fails there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.days import day_in
from schoolgate.core.errors import ToldLead
from schoolgate.core.models import Federation, School
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import current_scope, in_scope
from schoolgate.patterns import lazy_pattern
from schoolgate.people.models import Person
from schoolgate.people.outside import Heard, Incoming, names_of, read_outside, tell_leads

TOLD = _(
    "A safeguarding lead has been told what you wrote here, and it hasn’t been saved. Leave it out of this "
    "form. To add more, report a concern."
)
WAS_TOLD = _("A safeguarding lead has been told what you wrote.")
FEWEST_WORDS = 2
"""A single word is a name, or the code of a choice."""
NOTED = "people.typed_words.told"
"""Where a scope notes that a lead was told."""
_YOU = lazy_pattern(r"\b[Yy]ou\b|\b(?:[Cc]hi|[Tt]i)\b")


@dataclass(frozen=True)
class Reads:
    """What is read of what an action is given. `where`: how the leads read where it was written; `fields`:
    the names of what it's given, or of fields in that; `instead`: what it gets in place of words of danger,
    where it can't wait; `shown_to`: the name of the person who reads it, and may be meant by "you"."""

    where: Promise
    fields: str
    instead: str | None = None
    shown_to: str = ""


ACCOUNT = _("In a form about an account.")
BREACH = _("In the record of a data breach.")
MESSAGE = _("In a form about a message.")
ON_POST = _("In a comment or reason on a post.")
POLICY = _("In a form about the policy or training.")
PRESS = _("In a note for the press.")
COME_IN = _("In a note on what came in.")
READ: Mapping[str, Reads] = {
    "accounts.register.enter_associated": Reads(ACCOUNT, "name purpose contact"),
    "accounts.proposing.change_proposal": Reads(ACCOUNT, "name answers considered"),
    "accounts.closing.save_ending": Reads(ACCOUNT, "who content followers"),
    "accounts.conditions.attach_condition": Reads(ACCOUNT, "words"),
    "accounts.conditions.want_training": Reads(ACCOUNT, "topic"),
    "accounts.contributors.enter_admission": Reads(ACCOUNT, "who known_how"),
    "accounts.contributors.look_into": Reads(ACCOUNT, "how_known"),
    "accounts.contributors.turn_away": Reads(ACCOUNT, "reason"),
    "accounts.classes.end_admission": Reads(ACCOUNT, "reason"),
    "accounts.deciding.decide_proposal": Reads(ACCOUNT, "reason"),
    "accounts.closing.evaluate": Reads(ACCOUNT, "words results"),
    "accounts.unofficial.end_fake": Reads(ACCOUNT, "words"),
    "accounts.unofficial.note_evidence": Reads(ACCOUNT, "words"),
    "accounts.unofficial.told_network": Reads(ACCOUNT, "case"),
    "accounts.unofficial.note_found": Reads(ACCOUNT, "name whose"),
    "accounts.proposing.let_go_on": Reads(ACCOUNT, "reason"),
    "accounts.keys.keep_key": Reads(ACCOUNT, "note"),
    "accounts.keys.keep_seed": Reads(ACCOUNT, "note"),
    "accounts.papers.make_paper": Reads(ACCOUNT, "place"),
    "accounts.papers.report_opened": Reads(ACCOUNT, "why"),
    "accounts.papers.void_paper": Reads(ACCOUNT, "why"),
    "accounts.proposing.submit_proposal": Reads(
        ACCOUNT, "proposal.name proposal.answers proposal.considered"
    ),
    "accounts.deciding.send_back": Reads(ACCOUNT, "words"),
    "accounts.sites.look_over": Reads(ACCOUNT, "note"),
    "accounts.sites.put_word_on_record": Reads(ACCOUNT, "words team guidance open_points"),
    "accounts.sites.settle_site": Reads(ACCOUNT, "answers"),
    "accounts.small.decide_small": Reads(ACCOUNT, "reason"),
    "accounts.small.put_in_small": Reads(ACCOUNT, "name words open_points"),
    "breaches.cases.change_aware": Reads(BREACH, "why"),
    "breaches.cases.describe": Reads(BREACH, "details"),
    "breaches.cases.note": Reads(BREACH, "words"),
    "breaches.cases.judge_risk": Reads(BREACH, "why"),
    "breaches.cases.reopen": Reads(BREACH, "words"),
    "breaches.cases.tell_authority": Reads(BREACH, "delay"),
    "breaches.cases.tell_people": Reads(BREACH, "how not_told"),
    "conduct.leaving.tell_to_remove": Reads(
        _("In a request that someone remove their own post."), "words", shown_to="person"
    ),
    "core.stops.stop": Reads(_("In the reason for stopping posting."), "reason", instead="harm"),
    "inbox.removal_notices.decide_appeal": Reads(COME_IN, "reasons"),
    "inbox.judging.note_writer_step": Reads(COME_IN, "words"),
    "inbox.messaging.write_message": Reads(MESSAGE, "written.group written.reason written.implications"),
    "listening.finding.leave": Reads(COME_IN, "note"),
    "listening.watching.start_watch": Reads(COME_IN, "wanted.name wanted.purpose"),
    "policy.permitting.ask_back": Reads(POLICY, "words"),
    "policy.permitting.ask_first": Reads(POLICY, "words"),
    "policy.permitting.permit": Reads(POLICY, "words"),
    "policy.permitting.refuse_permission": Reads(POLICY, "words"),
    "policy.permitting.reply": Reads(POLICY, "words"),
    "policy.reviewing.end_practice": Reads(POLICY, "outcome"),
    "policy.reviewing.note_practice": Reads(POLICY, "words advice reference"),
    "policy.reviewing.record_review": Reads(POLICY, "words"),
    "policy.saying.answer_in_words": Reads(POLICY, "words"),
    "policy.saying.end_ruling": Reads(POLICY, "because"),
    "policy.saying.rule_on": Reads(POLICY, "words"),
    "policy.saying.rule": Reads(POLICY, "words"),
    "policy.saying.attest": Reads(POLICY, "note"),
    "policy.reviewing.answer_suggestion": Reads(POLICY, "answer"),
    "policy.training.plan_session": Reads(POLICY, "place topics"),
    "policy.training.record_training": Reads(POLICY, "note topics"),
    "press.enquiries.close": Reads(PRESS, "words"),
    "press.keeping.expect_attention": Reads(PRESS, "about line"),
    "press.enquiries.note_passed_by_hand": Reads(PRESS, "words"),
    "publishing.approving.send_back": Reads(ON_POST, "reason"),
    "publishing.emergency.return_text": Reads(ON_POST, "reason"),
    "publishing.reviewing.mark_post": Reads(ON_POST, "note"),
    "publishing.news.decline_news": Reads(ON_POST, "reason"),
    "publishing.owners.record_owner_permission": Reads(ON_POST, "title owner by_line limits"),
    "publishing.reviewing.answer_comment": Reads(ON_POST, "answer"),
    "publishing.reviewing.comment_on": Reads(ON_POST, "comment"),
    "publishing.taking_down.take_down": Reads(ON_POST, "words"),
    "publishing.taking_down.take_down_all": Reads(ON_POST, "words"),
    "publishing.reviewing.say_of_welsh": Reads(ON_POST, "words"),
    "publishing.past_import.take_in": Reads(ON_POST, "because"),
    "records.setting.set_period": Reads(POLICY, "reason"),
}
"""The action -> what is read of what it's given."""


def read_typed(name: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read what an action is given, before it writes anything. Return what it gets.

    Raises ToldLead where words of danger may be about someone here.
    """
    reads = READ.get(name)
    if reads is None:
        return given
    words = _words_in(reads, given)
    text = "\n".join(words.values())
    if len(text.split()) < FEWEST_WORDS:
        return given
    at: datetime = given["at"]
    reader = given.get(reads.shown_to) if reads.shown_to else None
    heard = _heard(text, reader, at=at)
    if not heard.lead_first:
        return given
    about = (reader,) if isinstance(reader, Person) else ()
    found = Incoming(None, None, text, str(reads.where), _school(given), _by_and_where(name, given), about)
    if reads.instead is None and (about or heard.meant):
        longest = max(words, key=lambda field: len(words[field]))
        raise ToldLead({longest.rpartition(".")[2]: TOLD}, lambda: tell_leads(found, at))
    tell_leads(found, at)
    current_scope().memo[NOTED] = True
    if reads.instead is None:
        return given
    return {**given, reads.fields: reads.instead}


def told_in_passing() -> bool:
    """Return whether a lead was told of words that an action of this request was given and stored."""
    return in_scope() and bool(current_scope().memo.pop(NOTED, False))


def _heard(text: str, reader: Any, *, at: datetime) -> Heard:
    names = names_of(Federation.objects.get(pk=current_scope().federation_id), on=local_day(at))
    if isinstance(reader, Person):
        text = _YOU.sub(reader.name, text)
    return read_outside(text, names=names, to_us=False, of_work=True)


def _words_in(reads: Reads, given: Mapping[str, Any]) -> dict[str, str]:
    """Return the words in each field that has any."""
    found = {}
    for field in reads.fields.split():
        first, _dot, rest = field.partition(".")
        value = given.get(first)
        if words := "\n".join(_strings(getattr(value, rest) if rest else value)):
            found[field] = words
    return found


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip() and not _is_day(value):
            yield value.strip()
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)
    elif hasattr(value, "words"):
        yield from _strings(value.words)


def _is_day(value: str) -> bool:
    """Whether it was chosen in a calendar: below *as we agreed* it was a time to meet."""
    try:
        day_in(value)
    except ValueError:
        return False
    return True


def _by_and_where(name: str, given: Mapping[str, Any]) -> str:
    """Return who writes in which form about what: their words of the same hour are one concern."""
    things = sorted(subject_of(one) for one in given.values() if isinstance(one, Model) and one.pk)
    return f"typed:{name}:{' '.join(things)}"


def _school(given: Mapping[str, Any]) -> School | None:
    """Return the school that an action is for, where it's given one or a thing of one."""
    for value in given.values():
        school = value if isinstance(value, School) else getattr(value, "school", None)
        if isinstance(school, School):
            return school
    return None
