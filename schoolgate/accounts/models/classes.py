"""The class or year group of an account, school year by school year."""

from django.db import models
from django.db.models import Q

from schoolgate.accounts.models.accounts import Account
from schoolgate.accounts.states.classes import LONGEST, AtTurn
from schoolgate.core.models import FederationOwned
from schoolgate.people.models import Person


class AccountClass(FederationOwned):
    """The class or year group of an account in the school year that begins in `year`.

    An empty label: it is stated to belong to none. `choice`: what was chosen for that new school year,
    `was` the label before it, `let_out` how many members it removed. No pupil is named.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="classes")
    year = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=LONGEST, blank=True)
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    choice = models.CharField(max_length=10, choices=AtTurn, blank=True)
    was = models.CharField(max_length=LONGEST, blank=True)
    let_out = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "account", "year"], name="accounts_class_once"),
            models.CheckConstraint(
                name="accounts_class_choice_names_what_it_was",
                condition=Q(choice="", was="", let_out=0) | Q(choice__in=AtTurn.values) & ~Q(was=""),
            ),
            models.CheckConstraint(
                name="accounts_class_only_who_stays_lets_out",
                condition=Q(let_out=0) | Q(choice=AtTurn.STAYS),
            ),
        ]
        indexes = [models.Index(fields=["federation", "year", "account"], name="accounts_class_of_year")]

    def __str__(self) -> str:
        return f"class of account {self.account_id} in {self.year}"
