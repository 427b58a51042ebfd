"""Requests about data, and the steps taken with each."""

from django.db import migrations, models
from django.db.models import Q

from schoolgate.core.tenancy.columns import federation, identity


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Request",
            fields=[
                identity(),
                federation(),
                ("kind", models.CharField(max_length=12)),
                ("school", models.ForeignKey("core.school", models.PROTECT, null=True, related_name="+")),
                ("received_on", models.DateField()),
                ("identity", models.CharField(max_length=12)),
                ("words_ref", models.BigIntegerField()),
                ("entered_by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("entered_at", models.DateTimeField()),
                ("due_on", models.DateField(null=True)),
                ("guessed_from", models.DateField(null=True)),
                ("extended", models.BooleanField(default=False)),
                ("state", models.CharField(default="open", max_length=8)),
                ("state_at", models.DateTimeField()),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("answered_on", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="rights_request_closed_with_outcome",
                        condition=Q(state="open", outcome="", answered_on=None)
                        | Q(state="closed", answered_on__isnull=False) & ~Q(outcome=""),
                    ),
                    models.CheckConstraint(
                        name="rights_information_is_not_extended",
                        condition=Q(extended=False) | ~Q(kind="information"),
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["federation", "state", "due_on", "id"], name="rights_request_by_time"
                    ),
                    models.Index(fields=["federation", "state", "-id"], name="rights_request_newest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                identity(),
                federation(),
                ("request", models.ForeignKey("rights.request", models.PROTECT, related_name="steps")),
                ("kind", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                ("code", models.CharField(blank=True, max_length=16)),
                ("words_ref", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "request", "id"], name="rights_step_in_order")
                ],
            },
        ),
    ]
