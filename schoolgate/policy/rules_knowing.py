"""Who may see acknowledgements, and who may enter answers given on paper."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import check_capacity
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
