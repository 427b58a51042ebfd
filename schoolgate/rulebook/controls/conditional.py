"""Settings of a rule kind that reads conditions and facts, as rules that are data do."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from schoolgate.rulebook.clauses import Tension
from schoolgate.rulebook.controls.base import NoSettings
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.rules.conditions import compiled
from schoolgate.rulebook.rules.reading import Scope, Test, fact_reader


class Conditional(NoSettings):
    """`when`: where the rule applies, as a condition."""

    when: Any = True

    @property
    def open_question(self) -> Tension | None:
        """The tension of which conditions may say how it was ruled."""
        return None

    def test(self, model: type[Facts], name: str = "when") -> Test:
        """Return the condition of this name as a function of such facts. Raises BadCondition."""
        scope = Scope(model, {}, model, self.open_question)
        made: Test = self._made(model, name, lambda: compiled(getattr(self, name), scope, (name,)))
        return made

    def reader(self, model: type[Facts], name: str) -> Callable[[Any, Any], Any]:
        """Return a function that gives the fact that the setting of this name names. Raises BadCondition."""
        made: Callable[[Any, Any], Any] = self._made(
            model, name, lambda: fact_reader(getattr(self, name), Scope(model, {}, model), (name,))
        )
        return made

    def _made(self, model: type[Facts], name: str, make: Callable[[], Any]) -> Any:
        if (model, name) not in self.ready:
            self.ready[model, name] = make()
        return self.ready[model, name]

    @cached_property
    def ready(self) -> dict[tuple[type, str], Any]:
        """Return the functions made so far, by the kind of facts and the name of the setting."""
        return {}
