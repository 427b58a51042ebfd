"""Breaches: their records, their readers and the steps taken."""

from django.db import migrations, models

from schoolgate.core.tenancy.columns import federation, identity


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("people", "0001_initial"),
        ("incidents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Breach",
            fields=[
                identity(),
                federation(),
                ("reference", models.CharField(max_length=12)),
                ("school", models.ForeignKey("core.school", models.PROTECT, null=True, related_name="+")),
                (
                    "report",
                    models.ForeignKey("incidents.report", models.PROTECT, null=True, related_name="+"),
                ),
                ("thing", models.CharField(blank=True, max_length=80)),
                ("recorded_at", models.DateTimeField()),
                ("happened_at", models.DateTimeField(null=True)),
                ("aware_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("written", models.JSONField(default=list)),
                ("risk", models.CharField(blank=True, max_length=8)),
                ("authority_told_at", models.DateTimeField(null=True)),
                ("authority_reference", models.CharField(blank=True, max_length=40)),
                ("delay_explained", models.BooleanField(default=False)),
                ("people_told_at", models.DateTimeField(null=True)),
                ("not_told", models.CharField(blank=True, max_length=16)),
                ("state", models.CharField(default="open", max_length=8)),
                ("state_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "-recorded_at", "-id"], name="breaches_newest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "reference"), name="breaches_reference_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("report__isnull", False)),
                        fields=("federation", "report"),
                        name="breaches_one_of_a_report",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("aware_at"))),
                        name="breaches_due_after_aware",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people_told_at", None), ("not_told", ""), _connector="OR"),
                        name="breaches_told_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                identity(),
                federation(),
                ("breach", models.ForeignKey("breaches.breach", models.PROTECT, related_name="readers")),
                ("person", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("since", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "breach", "person"), name="breaches_reader_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                identity(),
                federation(),
                ("breach", models.ForeignKey("breaches.breach", models.PROTECT, related_name="steps")),
                ("kind", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("person", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                ("code", models.CharField(blank=True, max_length=16)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "breach", "id"], name="breaches_step_of_breach"),
                    models.Index(fields=["federation", "person", "breach"], name="breaches_step_of_person"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Content",
            fields=[
                federation(),
                (
                    "step",
                    models.OneToOneField(
                        "breaches.step",
                        models.PROTECT,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                    ),
                ),
                ("breach", models.ForeignKey("breaches.breach", models.PROTECT, related_name="+")),
                ("words_ref", models.BigIntegerField()),
            ],
        ),
    ]
