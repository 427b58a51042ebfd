"""The answers that were made for a request."""

from django.db import migrations, models
from django.db.models import Q

from schoolgate.core.tenancy.columns import federation, identity


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("people", "0001_initial"), ("rights", "0002_gathering")]

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                identity(),
                federation(),
                ("request", models.ForeignKey("rights.request", models.PROTECT, related_name="answers")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("language", models.CharField(max_length=2)),
                ("letter_ref", models.BigIntegerField()),
                ("state", models.CharField(default="making", max_length=8)),
                ("state_at", models.DateTimeField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("file", models.CharField(blank=True, max_length=64)),
                ("size", models.BigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["federation", "request"],
                        condition=Q(state__in=["making", "ready"]),
                        name="rights_one_answer_at_a_time",
                    ),
                    models.CheckConstraint(
                        name="rights_answer_ready_with_file",
                        condition=~Q(state="ready") | ~Q(file="") & ~Q(digest=""),
                    ),
                ]
            },
        ),
    ]
