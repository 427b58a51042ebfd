"""An answer is about to go out: who else has to read it, to whom, from where, in what tone?"""

from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    forbids,
    met,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.item_answer import ItemAnswer


class SecondReader(Control):
    """Has somebody else read an answer whose writer is in doubt? Settings: min_readers, writer included."""

    key = "answers.second_reader"
    listens_to = ("item.answer",)
    points = ("doubt",)

    class Settings(NoSettings):
        min_readers: int

    def judge(self, facts: ItemAnswer, settings: Settings) -> Iterable[Said]:
        if facts.in_doubt is False:
            return
        if facts.in_doubt is None:
            yield unknown("in_doubt", "writer")
        elif facts.by is None:
            yield unknown("writer", "office")
        elif facts.approvals is None:
            yield unknown("second_reading", "second_reader")
        else:
            readers = {one.by for one in facts.approvals if one.of_this_version} | {facts.by.key}
            if len(readers) >= settings.min_readers:
                yield met("answers.second_reader_read")
            else:
                yield requires("answers.second_reader", Need("second_reading", "second_reader"))


class ResponseProcess(Control):
    """Is there a set process for responses to what others write elsewhere? Settings: process_required.

    `saved_by`: the role that saves it. On an official account the policy's own sentences are the process.
    """

    key = "answers.response_process"
    listens_to = ("item.answer",)
    points = ("response_process",)
    plumbing = frozenset({"saved_by"})

    class Settings(NoSettings):
        process_required: Literal[True]
        saved_by: str

    def judge(self, facts: ItemAnswer, settings: Settings) -> Iterable[Said]:
        if facts.found_elsewhere is False:
            return
        if facts.found_elsewhere is None:
            yield unknown("found_elsewhere", "moderator")
        elif facts.response_process is None:
            yield unknown("response_process", settings.saved_by)
        elif facts.response_process:
            yield met("answers.process_followed")
        else:
            yield requires("answers.process", Need("response_process", settings.saved_by))


class PupilAnswered(Control):
    """May a pupil be written to over social media, openly or out of the public's sight?

    Settings: `channel` - of which answers the rule speaks; `open_for` - the kind of account for which alone
    the words leave it open, or None where they leave it open for every kind."""

    key = "answers.pupil"
    version = 2
    listens_to = ("item.answer",)
    points = ("private_to_pupil", "open_to_pupil")
    plumbing = frozenset({"channel", "open_for"})

    class Settings(NoSettings):
        channel: Literal["public", "private"]
        open_for: Literal["teaching"] | None

    def judge(self, facts: ItemAnswer, settings: Settings) -> Iterable[Said]:
        if facts.to_relation not in (None, "pupil") or facts.reply_channel not in (None, settings.channel):
            return
        if facts.to_relation is None:
            yield unknown("to_relation", "writer")
        elif facts.reply_channel is None:
            yield unknown("reply_channel", "writer")
        else:
            turns = facts.account_kind in (None, settings.open_for) or settings.open_for is None
            yield forbids(f"answers.pupil_{settings.channel}", turns=turns)


class FromPersonalAccount(Control):
    """May school matters be dealt with from a personal account? Settings: topic, the matters it is about."""

    key = "answers.from_personal_account"
    listens_to = ("item.answer",)
    points = ("from_personal_account",)

    class Settings(NoSettings):
        topic: Literal["school issues"]

    def judge(self, facts: ItemAnswer, settings: Settings) -> Iterable[Said]:
        if facts.from_account == "official" or facts.about_school is False:
            return
        if facts.from_account is None:
            yield unknown("from_account", "writer")
        elif facts.about_school is None:
            yield unknown("about_school", "writer")
        else:
            yield forbids("answers.from_personal_account")


class Commitment(Control):
    """Does somebody who promises something in the school's name have authority to? Settings: kind of act."""

    key = "answers.commitment"
    listens_to = ("item.answer",)
    points = ("commitment",)

    class Settings(NoSettings):
        kind: Literal["make commitments"]

    def judge(self, facts: ItemAnswer, settings: Settings) -> Iterable[Said]:
        if facts.commits is False:
            return
        if facts.commits is None:
            yield unknown("commits", "writer")
        elif facts.authorities is None:
            yield unknown("commitment_authority", "office")
        elif any("commitment" in one.covers for one in facts.authorities):
            yield met("answers.authority_given")
        else:
            yield requires("answers.authority", Need("commitment_authority", "office"))


class Tone(Control):
    """What a writer is reminded of above the answer. `remind_of` picks the sentence that restates the clause.

    `when`: "always", or "offensive" where the reminder belongs to an answer to something found offensive.
    """

    key = "answers.tone"
    listens_to = ("item.answer",)
    points = ("tone",)
    plumbing = frozenset({"remind_of", "when"})

    class Settings(NoSettings):
        remind_of: Literal[
            "professional", "calm", "courteous", "sensitive", "considerate", "think before responding"
        ]
        when: Literal["always", "offensive"]

    def judge(self, facts: ItemAnswer, settings: Settings) -> Iterable[Said]:
        if settings.when == "always" or facts.to_offensive:
            yield advises(f"answers.{settings.remind_of.split()[0]}")
