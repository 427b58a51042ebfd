"""Who may add a picture and who may vouch for it."""

from datetime import date

from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.people.rules import check_capacity


def check_may_add(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless `person` writes posts for this school."""
    check_capacity(person, "write_post", on=on, school=school)


def check_may_vouch(person: Person, school: School, *, on: date) -> None:
    """Raise NotAllowed unless `person` may confirm that the school's consent list was checked."""
    check_capacity(person, "attest_pictures", on=on, school=school)
