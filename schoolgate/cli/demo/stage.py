"""Where a story has come to."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from schoolgate.cli.demo.cast import Cast
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.models import School
from schoolgate.people.models import Person

MORNING = time(8, 40)


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

    def go_on(self, *, days_ago: int) -> None:
        """Let the morning of a day come, if it has not gone by already: schools write in the daytime."""
        morning = datetime.combine(local_day(self.now) - timedelta(days=days_ago), MORNING, tzinfo=LONDON)
        self.clock = max(self.clock, min(morning.astimezone(UTC), self.now - timedelta(hours=2)))

    def later(self, minutes: float = 7) -> datetime:
        """Let some minutes pass, and say what time it is."""
        self.clock += timedelta(minutes=minutes)
        return self.clock
