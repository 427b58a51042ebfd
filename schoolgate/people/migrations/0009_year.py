"""The turn of the year, and who is there over a holiday."""

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.core.tenancy.scoping


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_first_walk"),
    ]

    operations = [
        migrations.CreateModel(
            name="Away",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_day", models.DateField()),
                ("to_day", models.DateField()),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days_away",
                        to="people.person",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["federation", "person", "to_day"],
                        name="people_away_of_person",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_day__gte", models.F("from_day"))), name="people_away_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="people_away_ended_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonTelephone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30)),
                ("at", models.DateTimeField()),
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
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="telephones",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "person"), name="people_telephone_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="people_telephone_given"
                    ),
                ],
            },
        ),
    ]
