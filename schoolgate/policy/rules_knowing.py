"""Who may see acknowledgements, and who may enter answers given on paper."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed
from schoolgate.core.subjects import number_of
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity
from schoolgate.policy.knowing import managers_of
from schoolgate.policy.models import ManagerStep
from schoolgate.policy.rules import check_may_own

SEES = frozenset({"own_policy", "oversee"})


def check_may_see_known(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person looks after the policy, or oversees its use."""
    if not capacities(person, on=on) & SEES:
        check_capacity(person, "own_policy", on=on)


def check_may_enter_paper(person: Person, *, about: Person, on: date) -> None:
    """Raise NotAllowed unless the person looks after the policy, and the paper is another person's."""
    check_may_own(person, on=on)
    if person.pk == about.pk:
        raise NotAllowed(
            _("You sign in yourself, so you can’t record a paper declaration of your own."),
            _("Make your declaration on the policy page."),
        )


def may_see_step(person: Person, subject: str, on: date) -> bool:
    """Return whether a person may see decisions about a line manager's step: only the line manager of the
    person it is about."""
    about = ManagerStep.objects.filter(pk=number_of(subject)).values_list("person_id", flat=True).first()
    return about is not None and managers_of([about], on=on).get(about) == person
