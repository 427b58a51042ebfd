"""Where a story has come to."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from schoolgate.cli.demo.cast import Cast
from schoolgate.core.models import School
from schoolgate.people.models import Person


@dataclass
class Stage:
    """Where a story has come to: who is who, the schools, and a clock that only goes forward."""

    key: str
    cast: Cast
    clock: datetime
    now: datetime
    people: dict[str, Person] = field(default_factory=dict)
    schools: list[School] = field(default_factory=list)

    def who(self, part: str) -> Person:
        """The person who has a part in the story, such as `writer`."""
        return self.people[getattr(self.cast, part)]

    def later(self, minutes: float = 7) -> datetime:
        """Let some minutes pass, and say what time it is."""
        self.clock += timedelta(minutes=minutes)
        return self.clock
