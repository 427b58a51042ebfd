"""What a text must not contain: decided on its marks, and on a person's judgement of each mark.

No text is declared clear: where nothing is marked, the rule itself is shown as a reminder. A mark without a
judgement waits for one; one judged true stops the post; one judged untrue is settled."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    RuleResult,
    advises,
    forbids,
    met,
    requires,
    unknown,
)
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.rules.conditions import compiled
from schoolgate.rulebook.rules.reading import Missing, Scope, Test
from schoolgate.rulebook.sentences.posts import RULES
from schoolgate.rulebook.situations.marks import PEOPLE, WORDS, Mark, MarkKind, PeopleWord, Whom, Word
from schoolgate.rulebook.situations.posts import PostPublish

TEXT_POINTS = (
    "tone", "respect_shown", "running_down", "text_details", "own_details", "confidences", "security_words",
    "good_name", "canvassing", "references_given", "sensitive_topics", "opinions", "opinion_manner", "truth",
    "others_rights", "law_in_text", "policies_kept",
)  # fmt: skip
THE_FACTS = Scope(Mark, {}, PostPublish)


class Sentences(NoSettings):
    """The sentences for a text without marks, and for a mark that is open, judged true or judged untrue."""

    reminder: str = ""
    raised: str = "text.raised"
    found: str = "text.found"
    in_order: str = "text.found_in_order"


class MarkSettings(NoSettings):
    """Settings: `words` - what a text must not contain, or has to be, in the policy's own words; `kinds` -
    the marks that tell, where the clause has no word of its own for it; `of` - the people that the clause
    protects, in its own words (without it: everyone); `hint` - a mark without a judgement stops nothing;
    `on_match` - "hold for second reader": the judgement of its author alone releases nothing; `turns` -
    when the case turns on what the policy's words leave open, as a condition of the mark and the post;
    `asks` - what the reader is asked; `says` - sentences of its own, and `args`: what else goes into them."""

    words: tuple[Word, ...] = ()
    kinds: tuple[MarkKind, ...] = ()
    of: tuple[PeopleWord, ...] = ()
    hint: bool = False
    on_match: Literal["hold for second reader"] | None = None
    turns: Any = True
    asks: str = "mark_judged"
    says: Sentences = Sentences()
    args: Mapping[str, Any] = {}

    @cached_property
    def looked_for(self) -> tuple[MarkKind, ...]:
        """Return every mark that this is about."""
        return tuple(dict.fromkeys((*(kind for word in self.words for kind in WORDS[word]), *self.kinds)))

    @cached_property
    def protected(self) -> frozenset[Whom]:
        """Return the people that it protects; empty where it protects everyone."""
        return frozenset(whom for word in self.of for whom in PEOPLE[word])

    @cached_property
    def told_to_turn(self) -> Test:
        """Whether the case turns on what the policy's words leave open."""
        return compiled(self.turns, THE_FACTS, ("turns",))

    @cached_property
    def rule(self) -> RuleResult:
        """Return the rule itself, to bear in mind: in a sentence of its own where it is about one thing,
        else with a list of what it is about."""
        labels = tuple(f"mark.{kind}" for kind in self.looked_for)
        if self.says.reminder:
            return advises(self.says.reminder, what=labels, **self.args)
        if self.of:
            return advises("text.keep_out_about", what=labels, whom=tuple(f"people.{one}" for one in self.of))
        return advises(self.rule_alone) if self.rule_alone else advises("text.keep_out", what=labels)

    @property
    def rule_alone(self) -> str:
        """The sentence of a rule that is about one thing alone, where that has one; else empty."""
        if self.says.reminder:
            return self.says.reminder
        alone = f"rule.{self.looked_for[0]}" if not self.of and len(self.looked_for) == 1 else ""
        return alone if alone in RULES else ""


class Marked(Control):
    """Does the text hold none of this, as far as a person has judged what it was marked for?

    Settings: `MarkSettings`."""

    key = "text.marked"
    version = 2
    listens_to = ("post.publish",)
    points = TEXT_POINTS
    plumbing = frozenset({"kinds", "hint", "turns", "asks", "says"})
    reads = ("marks",)
    Settings = MarkSettings

    def judging(self, settings: MarkSettings, model: type[Facts]) -> Callable[[Any], Iterable[RuleResult]]:
        """Most texts have no mark at all."""
        unmarked = (settings.rule,)
        return lambda facts: self.evaluate(facts, settings) if facts.marks else unmarked

    def evaluate(self, facts: PostPublish, settings: MarkSettings) -> Iterator[RuleResult]:
        """Return the rule itself where nothing is marked, else the judgement of each mark."""
        raised = False
        if facts.marks:
            whom = settings.protected
            for kind in settings.looked_for:
                for about, mark in facts.marks_by_kind.get(kind, ()):
                    if not whom or mark.whom is None or mark.whom in whom:
                        raised = True
                        yield self._of_mark(about, mark, facts, settings)
        if not raised:
            yield settings.rule

    def _of_mark(self, about: str, mark: Mark, facts: PostPublish, settings: MarkSettings) -> RuleResult:
        says, what = settings.says, mark.label(facts)
        match mark.judgement(facts):
            case "open" if settings.hint:
                return advises("text.hint", about, what=what)
            case "open":
                return requires(
                    says.raised, Need(settings.asks, "reader"), about=about, turns=False, what=what
                )
            case "cleared":
                waits = self._second_reader(about, mark, facts, settings)
                return waits or met(says.in_order, about, what=what)
        if settings.of and mark.whom is None:
            return unknown("mark_whom", "reader", about)
        turns = settings.told_to_turn(facts, mark)
        if isinstance(turns, Missing):
            return unknown(turns.what, turns.source, about)
        return forbids(says.found, about, turns=turns, what=what, **settings.args)

    @staticmethod
    def _second_reader(
        about: str, mark: Mark, facts: PostPublish, settings: MarkSettings
    ) -> RuleResult | None:
        """Return what is still needed where the author's own judgement is not enough."""
        if settings.on_match is None or mark.judged is None:
            return None
        if facts.author is None:
            return unknown("post_author", "office", about)
        if mark.judged.by != facts.author.key:
            return None
        need = Need("mark_second_reader", "reader")
        return requires("text.author_released", need, about=about, turns=False, what=mark.label(facts))

    def check(self, settings: MarkSettings, situations: Iterable[str]) -> None:
        """Raise BadCondition where `turns` uses facts that a mark or a post does not have."""
        assert settings.told_to_turn is not None

    def words(self, settings: MarkSettings) -> Iterator[tuple[str, str]]:
        """Yield the sentences of its own."""
        own = (settings.says.reminder, settings.says.raised, settings.says.found, settings.says.in_order)
        yield from (("SENTENCES", one) for one in own if one)
        yield ("NEEDS", settings.asks)
