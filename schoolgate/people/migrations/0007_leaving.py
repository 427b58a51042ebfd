"""Rows of leaving and of long leave."""

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.core.tenancy.scoping


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_record_follows_quickly"),
        ("people", "0006_signing_in_elsewhere"),
    ]

    operations = [
        migrations.CreateModel(
            name="Leaving",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("left_on", models.DateField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("entered", "entered by a person"),
                            ("imported", "read from a list"),
                            ("sign_in", "their sign-in was switched off"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("expected", "Leaves"), ("done", "Has left"), ("taken_back", "Taken back")],
                        default="expected",
                        max_length=10,
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("ended_holdings", models.JSONField(default=list)),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leavings",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LongLeave",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("leave", "On long leave"),
                            ("seconded", "Working somewhere else for a time"),
                            ("study", "Studying or on a sabbatical"),
                        ],
                        max_length=10,
                    ),
                ),
                ("from_day", models.DateField()),
                ("to_day", models.DateField(null=True)),
                ("noted_at", models.DateTimeField()),
                ("began_at", models.DateTimeField(null=True)),
                ("over_on", models.DateField(null=True)),
                ("over_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="long_leaves",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.AddField(model_name="seat", name="away_from", field=models.DateField(null=True)),
        migrations.AddField(model_name="seat", name="away_until", field=models.DateField(null=True)),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                condition=models.Q(("is_active", False)), fields=["id"], name="people_user_switched_off"
            ),
        ),
        migrations.AddIndex(
            model_name="leaving",
            index=models.Index(fields=["federation", "state", "left_on", "id"], name="people_leaving_by_day"),
        ),
        migrations.AddIndex(
            model_name="leaving",
            index=models.Index(fields=["federation", "person", "-id"], name="people_leaving_of_person"),
        ),
        migrations.AddConstraint(
            model_name="leaving",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "expected")),
                fields=("federation", "person"),
                name="people_leaving_one_expected",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaving",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("state", "expected"), ("taken_back_at", None)),
                    models.Q(("done_at__isnull", False), ("state", "done"), ("taken_back_at", None)),
                    models.Q(("state", "taken_back"), ("taken_back_at__isnull", False)),
                    _connector="OR",
                ),
                name="people_leaving_as_its_state_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaving",
            constraint=models.CheckConstraint(
                condition=models.Q(("noted_by__isnull", False), ("how", "sign_in"), _connector="OR"),
                name="people_leaving_is_noted_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="longleave",
            index=models.Index(
                fields=["federation", "person", "from_day"], name="people_long_leave_of_person"
            ),
        ),
        migrations.AddIndex(
            model_name="longleave",
            index=models.Index(
                condition=models.Q(("over_on", None)),
                fields=["federation", "from_day"],
                name="people_long_leave_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="longleave",
            constraint=models.UniqueConstraint(
                condition=models.Q(("over_on", None)),
                fields=("federation", "person"),
                name="people_long_leave_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="longleave",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_day", None), ("to_day__gte", models.F("from_day")), _connector="OR"),
                name="people_long_leave_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="longleave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_by", None), ("over_at", None), ("over_on", None)),
                    models.Q(("over_at__isnull", False), ("over_on__isnull", False)),
                    _connector="OR",
                ),
                name="people_long_leave_over_together",
            ),
        ),
    ]
