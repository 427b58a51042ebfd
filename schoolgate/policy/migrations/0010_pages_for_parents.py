"""Pages for parents on the schools' own websites."""

import django.db.models.deletion
from django.db import migrations, models

from schoolgate.core.tenancy.columns import federation, identity

PROTECT = django.db.models.deletion.PROTECT
STATES = [
    ("", "Not looked at yet"),
    ("there", "Found"),
    ("missing", "Not there"),
    ("unreadable", "Couldn’t be read"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("people", "0001_initial"),
        ("policy", "0009_retention"),
    ]

    operations = [
        migrations.CreateModel(
            name="ParentsPage",
            fields=[
                identity(),
                ("address", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("state", models.CharField(blank=True, choices=STATES, default="", max_length=10)),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey("people.person", PROTECT, related_name="+")),
                (
                    "ended_by",
                    models.ForeignKey("people.person", PROTECT, null=True, blank=True, related_name="+"),
                ),
                (
                    "school",
                    models.ForeignKey("core.school", PROTECT, null=True, blank=True, related_name="+"),
                ),
                federation(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(ended_at=None),
                        fields=("federation", "school"),
                        name="policy_parentspage_one_a_school",
                        nulls_distinct=False,
                    )
                ]
            },
        ),
    ]
