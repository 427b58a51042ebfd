"""Guides for pupils, parents and staff, and the programme of lessons and talks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person
from schoolgate.policy.models.versions import PolicyVersion
from schoolgate.policy.states import GuideAbout, GuideFor, PageState, Programme, Term


class Guide(FederationOwned):
    """A guide; its words are those of its newest published version. `ended_at`: when it was withdrawn."""

    numbered: ClassVar[Promise] = _("Guide {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    audience = models.CharField(max_length=10, choices=GuideFor)
    about = models.CharField(max_length=10, choices=GuideAbout)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"guide {self.pk}"


class GuideVersion(FederationOwned):
    """The words of a guide as they were saved. Only `published_at` and `published_by` are set later.

    `reading_age`: in years, of the English text; None where it is too short to tell. `check_by`: the day by
    which a person looks at it again.
    """

    numbered: ClassVar[Promise] = _("Version of a guide {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=20_000)
    title_cy = models.CharField(max_length=120, blank=True)
    text_cy = models.TextField(max_length=20_000, blank=True)
    public = models.BooleanField()
    reading_age = models.PositiveSmallIntegerField(null=True)
    check_by = models.DateField()
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    """The version of the policy that it was written for."""
    decision = models.BigIntegerField()
    """What the policy said when it was saved."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "guide", "number"], name="policy_guide_number_once"
            ),
            models.CheckConstraint(
                name="policy_guide_welsh_as_a_whole",
                condition=Q(title_cy="", text_cy="") | (~Q(title_cy="") & ~Q(text_cy="")),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of guide {self.guide_id}"


class Lesson(FederationOwned):
    """A lesson, talk or evening of a programme: planned for a term, and then held or taken off.

    `year`: in which the school year begins. `group`: the year group or class; empty for parents.
    """

    numbered: ClassVar[Promise] = _("Lesson or talk {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    programme = models.CharField(max_length=8, choices=Programme)
    year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=8, choices=Term)
    group = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=200)
    guide = models.ForeignKey(Guide, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    held_on = models.DateField(null=True, blank=True)
    held_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    came = models.PositiveIntegerField(null=True, blank=True)
    """How many came, where they were counted."""
    off_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policy_lesson_held_or_off", condition=Q(held_on=None) | Q(off_at=None)
            ),
            models.CheckConstraint(
                name="policy_lesson_for_a_group",
                condition=Q(programme=Programme.PARENT, group="")
                | Q(programme=Programme.PUPIL) & ~Q(group=""),
            ),
        ]
        indexes = [models.Index(fields=["federation", "year", "id"], name="policy_lesson_by_year")]

    def __str__(self) -> str:
        return f"lesson {self.pk}"


class ParentsPage(FederationOwned):
    """The address of a page for parents on a school's own website, and what the last look at it found.

    `school`: None for the website of the federation as a whole.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=PageState, default=PageState.NEW, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="policy_parentspage_one_a_school", fields=["federation", "school"],
                condition=Q(ended_at=None), nulls_distinct=False,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"page for parents {self.pk}"
