"""What a text must not hold: decided on what it was marked for, and on a person's judgement of each mark.

Nobody clears a text: where nothing is marked, the rule itself is shown to bear in mind. A mark that nobody
has judged waits for somebody; one found true stops the post; one found untrue is settled."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, ClassVar, Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    forbids,
    met,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.marks import PEOPLE, WORDS, Mark, MarkKind, PeopleWord, Whom, Word
from schoolgate.rulebook.situations.post_publish import PostPublish

TEXT_POINTS = (
    "tone", "respect_shown", "running_down", "text_details", "own_details", "confidences", "security_words",
    "good_name", "canvassing", "sensitive_topics", "opinions", "opinion_manner", "truth", "others_rights",
    "law_in_text", "policies_kept",
)  # fmt: skip


def kinds_of(words: Iterable[str]) -> tuple[MarkKind, ...]:
    """The marks that tell of these words, each once."""
    return tuple(dict.fromkeys(kind for word in words for kind in WORDS[word]))


class TextSettings(NoSettings):
    """Settings: `words` - what it must not hold, or has to be, in the policy's own words; `kinds` - the marks
    that tell, where the clause has no word of its own for it; `of` - whom the clause protects, in the
    policy's own words (None: everybody)."""

    words: tuple[Word, ...] | None
    kinds: tuple[MarkKind, ...] | None
    of: tuple[PeopleWord, ...] | None

    @cached_property
    def looked_for(self) -> tuple[MarkKind, ...]:
        """Every mark that this is about."""
        return tuple(dict.fromkeys((*kinds_of(self.words or ()), *(self.kinds or ()))))

    @cached_property
    def protected(self) -> frozenset[Whom] | None:
        """Whom it protects; None for everybody."""
        return None if self.of is None else frozenset(whom for word in self.of for whom in PEOPLE[word])

    @cached_property
    def rule(self) -> Said:
        """The rule itself, to bear in mind: in a sentence of its own where it is about one thing, else with a
        list of what it is about."""
        labels = tuple(f"mark.{kind}" for kind in self.looked_for)
        if self.of is not None:
            whom = tuple(f"people.{word}" for word in self.of)
            return advises("text.keep_out_about", what=labels, whom=whom)
        if len(labels) == 1:
            return advises(f"rule.{self.looked_for[0]}")
        return advises("text.keep_out", what=labels)


def waits(about: str, what: str) -> Said:
    """Somebody has to judge what the text was marked for."""
    return requires("text.raised", Need("mark_judged", "reader"), about=about, turns=False, what=what)


class _OnMarks(Control):
    """Judges the marks of some kinds; subclasses say what an open mark means."""

    listens_to = ("post.publish",)
    points = TEXT_POINTS
    plumbing = frozenset({"kinds"})

    class Settings(TextSettings):
        pass

    def judge(self, facts: PostPublish, settings: Any) -> Iterator[Said]:
        raised = False
        if facts.marks:
            whom = settings.protected
            for kind in settings.looked_for:
                for about, mark in facts.marks_by_kind.get(kind, ()):
                    if whom is None or mark.whom is None or mark.whom in whom:
                        raised = True
                        yield self._of_mark(about, mark, facts, settings)
        if not raised:
            yield settings.rule

    def _of_mark(self, about: str, mark: Mark, facts: PostPublish, settings: Any) -> Said:
        what = f"mark.{mark.kind}"
        answer = standing_answer(mark.judged)
        if answer is None:
            return self._open(about, what)
        if not answer:
            return met("text.found_in_order", about, what=what)
        if settings.of is not None and mark.whom is None:
            return unknown("mark_whom", "reader", about)
        return forbids("text.found", about, turns=self._turns(facts), what=what)

    @staticmethod
    def _open(about: str, what: str) -> Said:
        return waits(about, what)

    def _turns(self, facts: PostPublish) -> bool:
        return True


class Marked(_OnMarks):
    """Does the text hold none of this? A mark that nobody has judged waits for a person's judgement.

    Settings: those of every rule on marks; `on_match` - "hold for second reader": the judgement of its author
    alone releases nothing (None: anybody's counts)."""

    key = "text.marked"

    class Settings(TextSettings):
        on_match: Literal["hold for second reader"] | None

    def _of_mark(self, about: str, mark: Mark, facts: PostPublish, settings: Any) -> Said:
        said = super()._of_mark(about, mark, facts, settings)
        if settings.on_match is None or mark.judged is None or standing_answer(mark.judged) is not False:
            return said
        if facts.author is None:
            return unknown("post_author", "office", about)
        if mark.judged.by == facts.author.key:
            need = Need("mark_second_reader", "reader")
            return requires("text.author_released", need, about=about, turns=False, what=f"mark.{mark.kind}")
        return said


class Hint(_OnMarks):
    """Is the text free of this, or as it has to be? A mark is a hint to its author and stops nothing, until
    somebody has found that it is so."""

    key = "text.hint"

    @staticmethod
    def _open(about: str, what: str) -> Said:
        return advises("text.hint", about, what=what)


class OpinionManner(Hint):
    """Is an opinion put as it has to be? Of posts that give a personal view, and of what was marked."""

    key = "text.opinion_manner"

    def judge(self, facts: PostPublish, settings: Any) -> Iterator[Said]:
        for said in super().judge(facts, settings):
            if said.about is not None or facts.personal_view is not False:
                yield said


class Grievance(_OnMarks):
    """Are internal quarrels left out? Where it gives a personal view, whether criticism has become one may be
    what the policy's words leave open."""

    key = "text.grievance"

    def _turns(self, facts: PostPublish) -> bool:
        return facts.personal_view is True


class EmployeesDuty(_OnMarks):
    """Does somebody employed keep a duty that the words lay on employees? Where its author is not employed,
    the case turns on what the policy's words leave open."""

    key = "text.employees_duty"

    def _turns(self, facts: PostPublish) -> bool:
        return facts.author is not None and facts.author.relation != "staff"


class OwnDetails(_OnMarks):
    """Does it give none of its author's own details? Where what was found is their name and post, which other
    words may demand, the case turns on that."""

    key = "text.own_details"

    def _of_mark(self, about: str, mark: Mark, facts: PostPublish, settings: Any) -> Said:
        said = super()._of_mark(about, mark, facts, settings)
        said.turns = said.turns and mark.kind == "own_name_and_post"
        return said


class WorkInformation(_OnMarks):
    """Is what its author knows only from work left out? Where the author has authority to give out
    information for the school, it turns on what the policy's words leave open.

    Settings: those of every rule on marks; `authority` - what that authority was given for."""

    key = "text.work_information"
    plumbing: ClassVar[frozenset[str]] = frozenset({"kinds", "authority"})

    class Settings(TextSettings):
        authority: Literal["disclose information"]

    def _of_mark(self, about: str, mark: Mark, facts: PostPublish, settings: Any) -> Said:
        said = super()._of_mark(about, mark, facts, settings)
        given = facts.authorities
        said.turns = said.turns and any(settings.authority in one.covers for one in given or ())
        if said.message == "text.found" and given is None:
            return unknown("authority", "office", about)
        return said


class PersonalGain(_OnMarks):
    """Does nobody profit personally? A link to what its author declared as a business of their own waits for
    a person's judgement as a mark does."""

    key = "text.personal_gain"

    def judge(self, facts: PostPublish, settings: Any) -> Iterator[Said]:
        found = list(super().judge(facts, settings))
        if not any(said.about for said in found):
            for position, link in enumerate(facts.links or ()):
                if link.own_business_of_author:
                    found = [self._open(f"links[{position}]", "mark.personal_gain")]
        yield from found


class PersonalOpinion(_OnMarks):
    """Is it free of personal opinions? What its author calls a personal view is one."""

    key = "text.personal_opinion"

    def judge(self, facts: PostPublish, settings: Any) -> Iterator[Said]:
        if facts.personal_view:
            yield forbids("text.found", what="mark.personal_opinion")
        else:
            yield from super().judge(facts, settings)


class Reference(Control):
    """Does it recommend or rate no named person? Settings: `covers` - praise, blame or both."""

    key = "text.reference"
    listens_to = ("post.publish",)
    points = ("references_given",)

    class Settings(NoSettings):
        covers: tuple[Word, ...]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        kinds = kinds_of(settings.covers)
        marks = [one for kind in kinds for one in facts.marks_by_kind.get(kind, ())]
        if not marks:
            yield advises("text.no_references")
        for about, mark in marks:
            answer = standing_answer(mark.judged)
            if answer is None:
                yield waits(about, f"mark.{mark.kind}")
            elif answer:
                yield forbids("text.reference_found", about)
            else:
                yield met("text.found_in_order", about, what=f"mark.{mark.kind}")


class OtherPolicies(Control):
    """Does it break none of the school's other policies? Settings: `linked_policies` - which."""

    key = "text.policies_kept"
    listens_to = ("post.publish",)
    points = ("policies_kept",)

    class Settings(NoSettings):
        linked_policies: tuple[str, ...]

    def judge(self, facts: PostPublish, settings: Settings) -> Iterator[Said]:
        marks = facts.marks_by_kind.get("other_policy", ())
        if not marks:
            yield advises("text.policies_kept", policies=settings.linked_policies)
        for about, mark in marks:
            answer = standing_answer(mark.judged)
            if answer is None:
                yield waits(about, "mark.other_policy")
            elif answer:
                yield forbids("text.other_policy_broken", about, policies=settings.linked_policies)
            else:
                yield met("text.found_in_order", about, what="mark.other_policy")
