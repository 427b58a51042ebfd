"""Notes on how the policy works in practice."""

import django.db.models.deletion
from django.db import migrations, models

from schoolgate.core.tenancy.columns import federation, identity

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("people", "0001_initial"), ("policy", "0003_documents")]

    operations = [
        migrations.CreateModel(
            name="Practice",
            fields=[
                identity(),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("watched", "Practice watched"),
                            ("change", "Risk and recommended change"),
                            ("direction", "Governors’ direction"),
                            ("plan", "School development plan"),
                            ("task", "Putting the policy into practice"),
                            ("training", "Training evaluation"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("words", models.TextField(max_length=4000)),
                ("advice", models.TextField(blank=True, max_length=4000)),
                ("to_role", models.CharField(blank=True, max_length=120)),
                ("reference", models.CharField(blank=True, max_length=200)),
                ("due", models.DateField(blank=True, null=True)),
                ("figures", models.JSONField(default=dict)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("outcome", models.TextField(blank=True, max_length=4000)),
                ("by", models.ForeignKey("people.person", PROTECT, related_name="+")),
                (
                    "ended_by",
                    models.ForeignKey("people.person", PROTECT, blank=True, null=True, related_name="+"),
                ),
                (
                    "school",
                    models.ForeignKey("core.school", PROTECT, blank=True, null=True, related_name="+"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        "policy.trainingsession", PROTECT, blank=True, null=True, related_name="+"
                    ),
                ),
                ("version", models.ForeignKey("policy.policyversion", PROTECT, related_name="practice")),
                federation(),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "kind", "-on", "-id"], name="policy_practice_newest")
                ]
            },
        ),
    ]
