"""By when the program has to do what the policy's own rules give a time for, and who does it."""

from datetime import date, datetime, timedelta

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.duties.models import Due
from schoolgate.policy.choices import withdrawn_within
from schoolgate.policy.school_days import calendar_of
from schoolgate.rulebook import Book, Duty, decide

ITS_OWN_TIME = timedelta(hours=1)
"""How long the program may take for what is due at once, before it says that it wasn't done in time."""


def gone_by(book: Book, school: School | None, *, at: datetime) -> datetime:
    """Return by when what is out must be gone once consent is withdrawn: in the time that the policy names.
    What the federation chose counts where it is sooner, or where the policy names none; the program's own
    rule where no one chose."""
    hours, chosen = withdrawn_within(on=local_day(at))
    own = at + timedelta(hours=hours)
    named = removal_named(book, school, at=at)
    if named is None:
        return own
    return min(named, own) if chosen else named


def removal_named(book: Book, school: School | None, *, at: datetime) -> datetime | None:
    """Return by when the policy has a picture removed whose consent is withdrawn now; None without a time."""
    found = [one.due for one in _removals(book, school, at)]
    times = [at + ITS_OWN_TIME if one.at_once else Due.of(one).last_instant for one in found]
    return min(times, default=None)


def removal_clauses(book: Book, school: School | None, *, at: datetime) -> tuple[str, ...]:
    """Return the clauses that say by when such a picture is removed; none where the policy names no time."""
    return tuple(dict.fromkeys(clause for one in _removals(book, school, at) for clause in one.clauses))


def _removals(book: Book, school: School | None, at: datetime) -> list[Duty]:
    """Return the policy's duties to remove a picture whose consent is withdrawn now, those with a time."""
    facts = {"now": at, "withdrawn_at": at, "gone": False, "calendar": calendar_of(school, local_day(at))}
    owed = decide(book, "image.withdrawn", facts).duties
    return [one for one in owed if one.due.at_once or one.due.instant is not None or one.due.day is not None]


def password_change(book: Book, *, last_day: date, at: datetime) -> Duty | None:
    """Return who has to change the passwords that a person knows who leaves, and by when; None where the
    policy doesn't say."""
    facts = {"now": at, "last_day": last_day, "changed": False}
    return next(iter(decide(book, "account.password_known", facts).duties), None)


def password_clauses(book: Book, *, at: datetime) -> tuple[str, ...]:
    """Return the clauses that have passwords changed once a person leaves who knows them."""
    duty = password_change(book, last_day=local_day(at), at=at)
    return duty.clauses if duty is not None else ()
