"""The stop button: check who may press it; `core.stops` does the rest."""

from datetime import datetime

from schoolgate.core import stops
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.models.keeping import Stop
from schoolgate.people.models import Person
from schoolgate.publishing.rules import check_may_stop


@action
def stop_everything(
    *, by: Person, at: datetime, reason: str, school: School | None = None, until: datetime | None = None
) -> Stop:
    """Stop all posting in one school, or in the whole federation where none is given.

    Raises NotAllowed, BadInput (`reason`, `until`), AlreadyDone (`core.stops.stop`).
    """
    check_may_stop(by, school, on=local_day(at))
    return stops.stop(reason=reason, by=by, at=at, school=school, until=until)


@action
def lift_stop(*, by: Person, at: datetime, stop: Stop) -> Stop:
    """End a stop. This sends nothing: posts that waited too long need a new time.

    Raises NotAllowed, NotNow (lifted already).
    """
    check_may_stop(by, stop.school, on=local_day(at))
    return stops.lift(stop=stop, by=by, at=at)
