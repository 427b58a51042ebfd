"""What is gathered for a request, and what is covered in it."""

from django.db import migrations, models
from django.db.models import F, Q

from schoolgate.core.tenancy.columns import federation, identity


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("people", "0001_initial"), ("rights", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Gathering",
            fields=[
                identity(),
                federation(),
                (
                    "request",
                    models.ForeignKey("rights.request", models.PROTECT, related_name="gatherings"),
                ),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("sought_ref", models.BigIntegerField()),
                ("state", models.CharField(default="running", max_length=8)),
                ("place", models.CharField(blank=True, max_length=60)),
                ("after", models.BigIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["federation", "request"],
                        condition=Q(state="running"),
                        name="rights_one_gathering_at_a_time",
                    ),
                    models.CheckConstraint(
                        name="rights_gathering_ended",
                        condition=Q(state="running", ended_at=None)
                        | ~Q(state="running") & Q(ended_at__isnull=False),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Found",
            fields=[
                identity(),
                federation(),
                ("request", models.ForeignKey("rights.request", models.PROTECT, related_name="found")),
                ("gathering", models.ForeignKey("rights.gathering", models.PROTECT, related_name="+")),
                ("place", models.CharField(max_length=60)),
                ("number", models.BigIntegerField()),
                ("why", models.CharField(max_length=8)),
                ("lead", models.BooleanField(default=False)),
                ("decision", models.CharField(default="undecided", max_length=10)),
                ("exemption", models.CharField(blank=True, max_length=24)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("words_ref", models.BigIntegerField(null=True)),
                ("by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["federation", "request", "place", "number"], name="rights_found_once"
                    ),
                    models.CheckConstraint(
                        name="rights_found_decided_by_someone",
                        condition=Q(decision="undecided", by=None, decided_at=None)
                        | ~Q(decision="undecided") & Q(by__isnull=False, decided_at__isnull=False),
                    ),
                    models.CheckConstraint(
                        name="rights_found_left_out_with_reason",
                        condition=Q(decision="left_out") & ~Q(exemption="")
                        | ~Q(decision="left_out") & Q(exemption=""),
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["federation", "request", "lead", "decision", "id"], name="rights_found_order"
                    ),
                    models.Index(fields=["federation", "place", "number"], name="rights_found_of_thing"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Covered",
            fields=[
                identity(),
                federation(),
                ("found", models.ForeignKey("rights.found", models.PROTECT, related_name="covered")),
                ("part", models.CharField(max_length=120)),
                ("begins", models.PositiveIntegerField()),
                ("ends", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="rights_covered_something", condition=Q(begins__lt=F("ends"))
                    ),
                    models.UniqueConstraint(
                        fields=["federation", "found", "part", "begins"], name="rights_covered_once"
                    ),
                ],
            },
        ),
    ]
