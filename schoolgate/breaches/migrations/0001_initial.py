"""Breaches: their records, their readers and the steps taken."""

from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity
from schoolgate.core.tenancy import federation_in_scope


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial"), ("incidents", "0001_initial"), ("people", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Step",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("code", models.CharField(blank=True, max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name="Breach",
            fields=[
                identity(),
                ("reference", models.CharField(max_length=12)),
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
                ("destroyed_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "report",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="incidents.report"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
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
            name="Content",
            fields=[
                (
                    "step",
                    models.OneToOneField(
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="breaches.step",
                    ),
                ),
                ("words_ref", models.BigIntegerField()),
            ],
            options={"abstract": False},
        ),
        migrations.AddField(
            model_name="step",
            name="breach",
            field=models.ForeignKey(on_delete=models.PROTECT, related_name="steps", to="breaches.breach"),
        ),
        migrations.AddField(
            model_name="step",
            name="by",
            field=models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="step",
            name="federation",
            field=models.ForeignKey(
                default=federation_in_scope,
                editable=False,
                on_delete=models.PROTECT,
                related_name="+",
                to="core.federation",
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                identity(),
                ("since", models.DateTimeField()),
                (
                    "breach",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="readers", to="breaches.breach"),
                ),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "breach", "person"), name="breaches_reader_once"
                    )
                ]
            },
        ),
        migrations.AddField(
            model_name="content",
            name="breach",
            field=models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="breaches.breach"),
        ),
        migrations.AddField(
            model_name="content",
            name="federation",
            field=models.ForeignKey(
                default=federation_in_scope,
                editable=False,
                on_delete=models.PROTECT,
                related_name="+",
                to="core.federation",
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["federation", "breach", "id"], name="breaches_step_of_breach"),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["federation", "person", "breach"], name="breaches_step_of_person"),
        ),
    ]
