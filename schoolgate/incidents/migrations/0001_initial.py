"""Rows of what somebody says is wrong."""

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.core.tenancy.scoping


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_setting_up"),
        ("inbox", "0003_by_hand"),
        ("people", "0008_first_walk"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                ("code", models.CharField(blank=True, max_length=64)),
                ("once", models.CharField(max_length=64)),
                ("inside", models.BooleanField(default=False)),
                (
                    "danger",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "I am not sure")],
                        default="unknown",
                        max_length=8,
                    ),
                ),
                ("said", models.JSONField(default=list)),
                ("thing", models.CharField(blank=True, max_length=80)),
                ("reported_at", models.DateTimeField()),
                ("decision", models.BigIntegerField(null=True)),
                ("not_held", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "Waiting for somebody to take it"),
                            ("taken", "Somebody has it"),
                            ("handed_on", "Handed on, waiting to be taken"),
                            ("kept", "Kept for full handling"),
                            ("not_for_us", "Not something for us"),
                        ],
                        default="reported",
                        max_length=12,
                    ),
                ),
                ("state_at", models.DateTimeField()),
                ("goes_up_at", models.DateTimeField(null=True)),
                (
                    "goes_up_by",
                    models.CharField(
                        choices=[("policy", "The policy names them"), ("house", "Schoolgate's own rule")],
                        default="house",
                        max_length=8,
                    ),
                ),
                ("taken_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "federation",
                    models.ForeignKey(
                        default=schoolgate.core.tenancy.scoping.federation_in_scope,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.federation",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.school",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reported", "Reported"),
                            ("told", "Told"),
                            ("went_up", "Nobody had taken it: told"),
                            ("taken", "Taken"),
                            ("handed_on", "Handed on to"),
                            ("noted", "Noted"),
                            ("kept", "Kept for full handling"),
                            ("ended", "Not something for us"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("role_key", models.CharField(blank=True, max_length=80)),
                (
                    "whose",
                    models.CharField(
                        blank=True,
                        choices=[("policy", "The policy names them"), ("house", "Schoolgate's own rule")],
                        max_length=8,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "federation",
                    models.ForeignKey(
                        default=schoolgate.core.tenancy.scoping.federation_in_scope,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.federation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="incidents.report",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                (
                    "federation",
                    models.ForeignKey(
                        default=schoolgate.core.tenancy.scoping.federation_in_scope,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.federation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readers",
                        to="incidents.report",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeptOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role_key", models.CharField(blank=True, max_length=80)),
                (
                    "federation",
                    models.ForeignKey(
                        default=schoolgate.core.tenancy.scoping.federation_in_scope,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.federation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_out",
                        to="incidents.report",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Content",
            fields=[
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="incidents.step",
                    ),
                ),
                ("words_ref", models.BigIntegerField()),
                ("picture_ref", models.BigIntegerField(null=True)),
                ("picture_type", models.CharField(blank=True, max_length=20)),
                (
                    "federation",
                    models.ForeignKey(
                        default=schoolgate.core.tenancy.scoping.federation_in_scope,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.federation",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="incidents.report"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["federation", "report", "id"], name="incidents_step_of_report"),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["federation", "person", "report"], name="incidents_step_of_person"),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["federation", "role_key", "report"], name="incidents_step_of_role"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["federation", "-reported_at", "-id"], name="incidents_report_newest"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["federation", "state", "-reported_at", "-id"], name="incidents_report_by_state"
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["federation", "by", "-reported_at", "-id"], name="incidents_report_of_person"
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("goes_up_at__isnull", False)),
                fields=["federation", "goes_up_at"],
                name="incidents_report_goes_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("federation", "reference"), name="incidents_reference_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("federation", "once"), name="incidents_sent_once"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("federation", "code"),
                name="incidents_code_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by", None), models.Q(("code", ""), _negated=True)),
                    models.Q(("by__isnull", False), ("code", ""), ("inside", True)),
                    _connector="OR",
                ),
                name="incidents_asked_by_name_or_by_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_at", None), ("taken_by", None)),
                    models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                    _connector="OR",
                ),
                name="incidents_taken_by_somebody_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("reported", "handed_on")),
                    models.Q(("goes_up_at", None), ("taken_by__isnull", False)),
                    _connector="OR",
                ),
                name="incidents_somebody_has_what_does_not_wait",
            ),
        ),
        migrations.AddConstraint(
            model_name="reader",
            constraint=models.UniqueConstraint(
                fields=("federation", "report", "person"), name="incidents_reader_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="keptout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("role_key", "")),
                    models.Q(("person", None), models.Q(("role_key", ""), _negated=True)),
                    _connector="OR",
                ),
                name="incidents_kept_out_is_one_or_the_other",
            ),
        ),
        migrations.AddConstraint(
            model_name="content",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("picture_ref", None), ("picture_type", "")),
                    models.Q(("picture_ref__isnull", False), models.Q(("picture_type", ""), _negated=True)),
                    _connector="OR",
                ),
                name="incidents_picture_with_its_type",
            ),
        ),
    ]
