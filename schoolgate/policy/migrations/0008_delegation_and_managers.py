"""Delegations among the notes on practice, what line managers did, and what a review looked into."""

import django.db.models.deletion
from django.db import migrations, models

from schoolgate.core.tenancy.columns import federation, identity

PROTECT = django.db.models.deletion.PROTECT
KINDS = [
    ("watched", "Practice watched"),
    ("change", "Risk and recommended change"),
    ("direction", "Governors’ direction"),
    ("plan", "School development plan"),
    ("task", "Putting the policy into practice"),
    ("training", "Training evaluation"),
    ("delegation", "Delegation"),
]
DID = [
    ("told", "I told them what the policy expects"),
    ("spoken", "I spoke to them about conduct that fell short"),
    ("training", "I arranged training for them"),
    ("passed_on", "I passed it on to someone senior"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("people", "0001_initial"),
        ("policy", "0007_decisions_by_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="from_role",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="practice", name="kind", field=models.CharField(choices=KINDS, max_length=10)
        ),
        migrations.AddField(model_name="review", name="looked", field=models.JSONField(default=dict)),
        migrations.CreateModel(
            name="ManagerStep",
            fields=[
                identity(),
                ("did", models.CharField(choices=DID, max_length=10)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey("people.person", PROTECT, related_name="+")),
                ("person", models.ForeignKey("people.person", PROTECT, related_name="+")),
                ("version", models.ForeignKey("policy.policyversion", PROTECT, related_name="+")),
                federation(),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "person", "-id"], name="policy_managerstep_newest")
                ]
            },
        ),
    ]
