"""Guides with their versions, and the programme of lessons and talks."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from schoolgate.core.tenancy.columns import federation, identity

PROTECT = django.db.models.deletion.PROTECT
AUDIENCES = [
    ("ks1", "Pupils in Key Stage 1 (5 to 7)"),
    ("ks2", "Pupils in Key Stage 2 (7 to 11)"),
    ("ks3", "Pupils in Key Stage 3 (11 to 14)"),
    ("ks4", "Pupils in Key Stage 4 and sixth form"),
    ("parents", "Parents and carers"),
    ("staff", "Staff"),
]
ABOUT = [
    ("behaviour", "Behaviour online"),
    ("help", "Getting help"),
    ("reporting", "Reporting a concern"),
    ("privacy", "Privacy settings"),
    ("misuse", "Misuse, and what follows"),
    ("other", "Something else"),
]
PROGRAMMES = [("pupil", "Pupils"), ("parent", "Parents and carers")]
TERMS = [("autumn", "Autumn term"), ("spring", "Spring term"), ("summer", "Summer term")]


def person(*, optional: bool = False) -> models.Field:  # type: ignore[type-arg]
    return models.ForeignKey("people.person", PROTECT, related_name="+", blank=optional, null=optional)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("people", "0001_initial"), ("policy", "0004_practice")]

    operations = [
        migrations.CreateModel(
            name="Guide",
            fields=[
                identity(),
                ("audience", models.CharField(choices=AUDIENCES, max_length=10)),
                ("about", models.CharField(choices=ABOUT, max_length=10)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("by", person()),
                ("ended_by", person(optional=True)),
                federation(),
            ],
        ),
        migrations.CreateModel(
            name="GuideVersion",
            fields=[
                identity(),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField(max_length=20_000)),
                ("title_cy", models.CharField(blank=True, max_length=120)),
                ("text_cy", models.TextField(blank=True, max_length=20_000)),
                ("public", models.BooleanField()),
                ("reading_age", models.PositiveSmallIntegerField(null=True)),
                ("check_by", models.DateField()),
                ("decision", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("by", person()),
                ("guide", models.ForeignKey("policy.guide", PROTECT, related_name="versions")),
                ("published_by", person(optional=True)),
                ("version", models.ForeignKey("policy.policyversion", PROTECT, related_name="+")),
                federation(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["federation", "guide", "number"], name="policy_guide_number_once"
                    ),
                    models.CheckConstraint(
                        name="policy_guide_welsh_as_a_whole",
                        condition=Q(title_cy="", text_cy="") | (~Q(title_cy="") & ~Q(text_cy="")),
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                identity(),
                ("programme", models.CharField(choices=PROGRAMMES, max_length=8)),
                ("year", models.PositiveSmallIntegerField()),
                ("term", models.CharField(choices=TERMS, max_length=8)),
                ("group", models.CharField(blank=True, max_length=60)),
                ("words", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("held_on", models.DateField(blank=True, null=True)),
                ("came", models.PositiveIntegerField(blank=True, null=True)),
                ("off_at", models.DateTimeField(blank=True, null=True)),
                ("by", person()),
                (
                    "guide",
                    models.ForeignKey("policy.guide", PROTECT, blank=True, null=True, related_name="+"),
                ),
                ("held_by", person(optional=True)),
                federation(),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="policy_lesson_held_or_off", condition=Q(held_on=None) | Q(off_at=None)
                    ),
                    models.CheckConstraint(
                        name="policy_lesson_for_a_group",
                        condition=Q(programme="parent", group="") | Q(programme="pupil") & ~Q(group=""),
                    ),
                ],
                "indexes": [models.Index(fields=["federation", "year", "id"], name="policy_lesson_by_year")],
            },
        ),
    ]
