"""Rules that are asked at some steps only: what a step is stands in one fact of the situation."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from schoolgate.rulebook.controls.base import Control, Said, unknown


class _AtStep(Control):
    """A control that judges at some steps and says nothing at others; which step it is has to be known.

    `step_fact`: where the facts name the step; `steps`: those at which it judges; `step_known_by`: who can
    say which it is."""

    step_fact: ClassVar[str]
    step_known_by: ClassVar[str]
    steps: ClassVar[tuple[str, ...]]

    def judge(self, facts: Any, settings: Any) -> Iterator[Said]:
        step = getattr(facts, self.step_fact)
        if step is None:
            yield unknown(f"policy.{self.step_fact}", self.step_known_by)
        elif step in self.steps_of(settings):
            yield from self.judge_step(facts, settings)

    def steps_of(self, settings: Any) -> tuple[str, ...]:
        """The steps at which it judges with these settings."""
        return self.steps

    def judge_step(self, facts: Any, settings: Any) -> Iterable[Said]:
        """As `judge`, at one of its steps."""
        raise TypeError(f"{type(self).__name__} judges nothing")


AtStep = _AtStep
"""What such controls are built from. It is no rule itself."""
