"""Rule kinds on telling: somebody, or an authority, has to hear of it by some time.

Who, when and what about is for each policy to say."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field

from schoolgate.rulebook.controls.base import Control, NoSettings, Said, obliges, requires, unknown
from schoolgate.rulebook.controls.incidents_telling import (
    REPORTER,
    Rule,
    authorities_late,
    authorities_reached,
    changed,
    telling,
    told_roles,
)
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.rules.conditions import Missing, Test, compiled, literals
from schoolgate.rulebook.rules.fact_at import Scope
from schoolgate.rulebook.rules.reading import fact_reader
from schoolgate.rulebook.rules.step import waits_for
from schoolgate.rulebook.situations.incident import Body
from schoolgate.rulebook.situations.incident_report import IncidentReport


class Telling(NoSettings):
    """What both kinds share.

    `when`: where somebody has to be told, as a condition; `say`: the sentence; `due`: the fact that tells by
    when, no time promised without it; `chosen`: the federation chose that time."""

    when: Any
    say: str
    due: str = ""
    chosen: bool = False

    @cached_property
    def applies(self) -> Test:
        """The condition as a function."""
        return compiled(self.when, Scope(IncidentReport, {}, IncidentReport), ("when",))

    @cached_property
    def by_when(self) -> Callable[[Any, Any], Any]:
        """A function that reads the time."""
        scope = Scope(IncidentReport, {}, IncidentReport)
        return (
            fact_reader(self.due, scope, ("due",)) if self.due else lambda _facts, _part: Due.none_promised()
        )


class _TellingRule:
    """What both kinds share: a condition that is read when the pack is, and nothing asked in vain."""

    def judge(self, facts: IncidentReport, settings: Any) -> Iterable[Said]:
        """What the rule says of a report."""
        applies = settings.applies(facts, facts)
        if applies is False:
            return ()
        said = tuple(self.told(facts, settings))
        if applies is True:
            return said
        return () if all(one.kind.value == "met" for one in said) else (waits_for(applies),)

    def told(self, facts: IncidentReport, settings: Any) -> Iterator[Said]:
        """What is said where somebody has to be told."""
        raise TypeError(f"{type(self).__name__} tells nobody")

    def roles(self, settings: Any) -> Iterable[tuple[str, object]]:
        """Every role that is named."""
        return ()

    def check(self, settings: Any, situations: Iterable[str]) -> None:
        """Raises BadCondition where the rule speaks of what a report does not know."""
        assert settings.applies
        assert settings.by_when

    def claims(self, settings: Any) -> Iterator[tuple[str, object]]:
        """Numbers and roles: what the clause has to hold. Other words are those of the facts."""
        yield from (("number", one) for one in literals(settings.model_dump()) if type(one) is int)
        yield from self.roles(settings)

    def words(self, settings: Any) -> Iterator[tuple[str, str]]:
        """What it says, by the table that has to know it."""
        yield "SENTENCES", settings.say


class SomebodyTold(_TellingRule, Control):
    """Was somebody who holds one of these roles told, did they open it, and in time?

    Settings: `roles`; `people`, how many of them at least; `until_opened`: whether the time runs until it was
    opened, where that is known; `instead`: the role that may be enough, too, on which the answer turns."""

    key = "telling.somebody"
    listens_to = ("incident.report",)
    points = ("senior_told", "line_manager_told")

    class Settings(Telling):
        roles: tuple[str, ...]
        people: Annotated[int, Field(ge=1)] | None = None
        until_opened: bool = False
        instead: str | None = None

    def told(self, facts: IncidentReport, settings: Any) -> Iterator[Said]:
        """Nobody told yet, told but not opened, told late, or told."""
        due = settings.by_when(facts, facts)
        if isinstance(due, Missing):
            yield waits_for(due)
            return
        chosen = settings.chosen and due != Due.none_promised()
        rule = Rule(
            REPORTER, "incident.report", settings.say, settings.roles, due, chosen, settings.until_opened
        )
        enough = len(told_roles(facts.told or (), settings.roles)) >= (settings.people or 1)
        known = facts if enough or facts.told is None else facts.model_copy(update={"told": ()})
        said = telling(known, rule)
        if settings.instead is None:
            yield from said
        else:
            turns = bool(told_roles(facts.told or (), (settings.instead,)))
            yield from (changed(one, turns=turns) for one in said)

    def roles(self, settings: Any) -> Iterator[tuple[str, object]]:
        """Every role that is named, but for the one whose place the tension speaks of."""
        yield from (("roles", one) for one in settings.roles)


class AuthoritiesTold(_TellingRule, Control):
    """Did an authority outside the school hear of it, and in time?

    Settings: `named`, the bodies that the policy names; empty: it names none, and any counts. Where somebody
    else was told, whether that is enough is left open."""

    key = "telling.authorities"
    listens_to = ("incident.report",)
    points = ("authorities_told",)

    class Settings(Telling):
        named: tuple[Body, ...] = ()

    def told(self, facts: IncidentReport, settings: Any) -> Iterator[Said]:
        """Told, told late, told to somebody of whom the words do not say that it is enough, or not told."""
        if facts.told is None:
            yield unknown("incident.told", REPORTER)
            return
        due = settings.by_when(facts, facts)
        if isinstance(due, Missing):
            yield waits_for(due)
            due = Due.none_promised()
        chosen = settings.chosen and due != Due.none_promised()
        outside = [
            one for one in facts.told if one.body is not None and one.body in (settings.named or (one.body,))
        ]
        if outside:
            yield authorities_reached(facts, outside, due)
            return
        if facts.told:
            yield requires("incident.authority_open", Need("incident.tell_authorities", REPORTER))
        else:
            yield changed(obliges(REPORTER, "incident.tell_authorities", due, settings.say), chosen=chosen)
        yield from authorities_late(facts, due)
