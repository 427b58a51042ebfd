"""Who may add a picture and who may vouch for it."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed
from schoolgate.core.models import School, Term
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments
from schoolgate.people.rules import check_capacity


def check_may_add(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless `person` writes posts for this school."""
    check_capacity(person, "write_post", on=on, school=school)


def check_may_send_in(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless `person` has some role at this school, with which they may send in pictures for
    those who write posts."""
    if not assignments(person, on=on, where=Where(school=school)).exists():
        raise NotAllowed(
            _("You have no role at this school, so you can’t send in news for it."),
            next_step=_("Ask the person who looks after people and roles."),
        )


LONGEST_LIST = timedelta(days=100)
"""House rule: no list is older than this, nor than the run of teaching before this one. Twelve weeks, their
half-term break and a weekend or two."""


def oldest_list(school: School, *, on: date) -> date:
    """Return the first day from which a consent list on paper counts on a day: at most a term ago."""
    begun = Term.objects.filter(school=school, first_day__lte=on).order_by("-first_day")
    runs = list(begun.values_list("first_day", flat=True)[:2])
    return max([on - LONGEST_LIST, *runs[1:]])


def check_may_vouch(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless `person` may confirm that the school's consent list was checked."""
    check_capacity(person, "attest_pictures", on=on, school=school)
