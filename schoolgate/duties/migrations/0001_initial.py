"""Duties: who must do what, and by when."""

from datetime import UTC, datetime

from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial"), ("people", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Duty",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=60)),
                ("what", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=80)),
                ("subject_account", models.BigIntegerField(blank=True, null=True)),
                ("role_key", models.CharField(blank=True, max_length=80)),
                ("then_role_key", models.CharField(blank=True, max_length=80)),
                ("then_basis", models.CharField(blank=True, max_length=10)),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        db_default=2,
                        default=2,
                    ),
                ),
                ("due_kind", models.CharField(max_length=15)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("due_day", models.DateField(blank=True, null=True)),
                ("due_by", models.DateTimeField()),
                ("warn_from", models.DateTimeField(blank=True, null=True)),
                ("clauses", models.JSONField(default=list)),
                ("decision", models.BigIntegerField(blank=True, null=True)),
                ("policy_version", models.CharField(blank=True, max_length=120)),
                ("state", models.CharField(default="open", max_length=12)),
                ("opened_at", models.DateTimeField()),
                ("warned_at", models.DateTimeField(blank=True, null=True)),
                ("overdue_at", models.DateTimeField(blank=True, null=True)),
                ("moved_on_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("how", models.CharField(blank=True, max_length=60)),
                ("cancelled_because", models.CharField(blank=True, max_length=60)),
                (
                    "about_person",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "discharged_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "person",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
                (
                    "then_person",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "duties",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("open", "overdue"))),
                        fields=["federation", "person", "urgency", "due_by", "id"],
                        name="duty_of_a_person",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("open", "overdue"))),
                        fields=["federation", "role_key", "urgency", "due_by", "id"],
                        name="duty_of_a_role",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("moved_on_at__isnull", False), ("state__in", ("open", "overdue"))
                        ),
                        fields=["federation", "then_person", "urgency", "due_by", "id"],
                        name="duty_moved_to_a_person",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("moved_on_at__isnull", False), ("state__in", ("open", "overdue"))
                        ),
                        fields=["federation", "then_role_key", "urgency", "due_by", "id"],
                        name="duty_moved_to_a_role",
                    ),
                    models.Index(fields=["federation", "state", "due_by", "id"], name="duty_by_time"),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ("open", "overdue")),
                            ("urgency__lt", 2),
                        ),
                        fields=["federation", "urgency", "id"],
                        name="duty_urgent",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("state", "open"), ("warn_from__isnull", False), ("warned_at", None)
                        ),
                        fields=["federation", "warn_from"],
                        name="duty_to_remind",
                    ),
                    models.Index(fields=["federation", "subject"], name="duty_by_subject"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", False), ("role_key", "")),
                            models.Q(("person", None), models.Q(("role_key", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="duty_is_somebodys",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("then_basis", ""), ("then_person", None), ("then_role_key", "")),
                            models.Q(
                                ("then_person__isnull", False),
                                ("then_role_key", ""),
                                models.Q(("then_basis", ""), _negated=True),
                            ),
                            models.Q(
                                ("then_person", None),
                                models.Q(("then_role_key", ""), _negated=True),
                                models.Q(("then_basis", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="duty_second_person_has_a_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_at__isnull", False), ("due_day", None), ("due_kind", "instant")),
                            models.Q(("due_at", None), ("due_day__isnull", False), ("due_kind", "day")),
                            models.Q(
                                ("due_at", None),
                                ("due_by", datetime(9999, 1, 1, 0, 0, tzinfo=UTC)),
                                ("due_day", None),
                                ("due_kind", "none_promised"),
                            ),
                            _connector="OR",
                        ),
                        name="duty_time_is_of_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_because", ""),
                                ("ended_at", None),
                                ("how", ""),
                                ("state__in", ("open", "overdue")),
                            ),
                            models.Q(
                                ("cancelled_because", ""),
                                ("ended_at__isnull", False),
                                ("state", "discharged"),
                                models.Q(("how", ""), _negated=True),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("how", ""),
                                ("state", "cancelled"),
                                models.Q(("cancelled_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="duty_ended_as_its_state_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("overdue_at", None),
                            models.Q(("due_kind", "none_promised"), _negated=True),
                            _connector="OR",
                        ),
                        name="duty_without_a_time_is_never_overdue",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("open", "overdue"))),
                        fields=("federation", "kind", "subject", "person", "role_key"),
                        name="duty_stands_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        )
    ]
