"""Rotas, shifts, turns, swaps and calendar addresses."""

from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial"), ("people", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Rota",
            fields=[
                identity(),
                ("weeks", models.PositiveSmallIntegerField(default=1)),
                ("monday", models.DateField()),
                ("check_in_minutes", models.PositiveSmallIntegerField(default=15)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "made_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("federation", "school"),
                        name="rota_rota_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weeks__range", (1, 8))), name="rota_rota_weeks"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("check_in_minutes__range", (5, 60))), name="rota_rota_minutes"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                identity(),
                ("week", models.PositiveSmallIntegerField(default=1)),
                ("weekday", models.PositiveSmallIntegerField()),
                ("starts", models.TimeField()),
                ("nights", models.PositiveSmallIntegerField()),
                ("ends", models.TimeField()),
                ("when", models.CharField(default="always", max_length=10)),
                ("from_day", models.DateField()),
                ("to_day", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                federation(),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                ("rota", models.ForeignKey(on_delete=models.PROTECT, related_name="shifts", to="rota.rota")),
                ("set_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "rota", "to_day"], name="rota_shift_of_rota")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 6)), name="rota_shift_weekday"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("week__range", (1, 8))), name="rota_shift_week"
                    ),
                    models.CheckConstraint(condition=models.Q(("nights__lte", 7)), name="rota_shift_nights"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nights__gte", 1), ("ends__gt", models.F("starts")), _connector="OR"
                        ),
                        name="rota_shift_ends_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                identity(),
                ("day", models.DateField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("given", models.BooleanField(default=False)),
                ("called_off", models.BooleanField(default=False)),
                ("began_at", models.DateTimeField(null=True)),
                ("checked_in_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("noted_at", models.DateTimeField(null=True)),
                (
                    "checked_in_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                ("shift", models.ForeignKey(on_delete=models.PROTECT, related_name="turns", to="rota.shift")),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "ends_at"], name="rota_turn_by_time")],
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "shift", "day"), name="rota_turn_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="rota_turn_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_in_at", None), ("checked_in_by", None)),
                            models.Q(("checked_in_at__isnull", False), ("checked_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="rota_turn_checked_in_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Swap",
            fields=[
                identity(),
                ("state", models.CharField(default="asked", max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("state_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "to",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "in_return",
                    models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="rota.turn"),
                ),
                ("turn", models.ForeignKey(on_delete=models.PROTECT, related_name="swaps", to="rota.turn")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("federation", "turn"),
                        name="rota_swap_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_return", None), ("to__isnull", False), _connector="OR"),
                        name="rota_swap_in_return_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to", None), models.Q(("to", models.F("by")), _negated=True), _connector="OR"
                        ),
                        name="rota_swap_not_oneself",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                identity(),
                ("of", models.CharField(default="shifts", max_length=8)),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "person", "of"), name="rota_feed_of_person"
                    ),
                    models.UniqueConstraint(fields=("federation", "digest"), name="rota_feed_once"),
                ]
            },
        ),
    ]
