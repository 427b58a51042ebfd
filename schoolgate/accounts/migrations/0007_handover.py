"""Rows of handing over."""

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.core.tenancy.scoping


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_care"),
        ("people", "0007_leaving"),
        ("policy", "0004_rulings_asked"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
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
                    "part",
                    models.CharField(
                        choices=[
                            ("lead", "leads the account"),
                            ("administrator", "administrator"),
                            ("moderator", "moderator"),
                            ("runner", "helps to run it"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "run_by",
                    models.CharField(
                        choices=[
                            ("role", "a role that the policy names"),
                            ("staying", "whoever leads the account and stays"),
                            ("manager", "the manager who answers for it"),
                            ("house", "a role that this program asks, for the policy names nobody"),
                        ],
                        max_length=10,
                    ),
                ),
                ("role_key", models.CharField(blank=True, max_length=100)),
                ("clauses", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be handed over"),
                            ("transferred", "In new hands"),
                            ("closed", "Shut"),
                            ("stays", "Goes on with those who stay"),
                            ("taken_back", "No longer needed: nobody leaves"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("successor_named_at", models.DateTimeField(null=True)),
                ("keeps", models.JSONField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="accounts.account",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.kept"
                    ),
                ),
                (
                    "end_decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy.kept",
                    ),
                ),
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
                    "leaver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "successor_named_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["federation", "left_on", "id"],
                        name="accounts_handover_open",
                    ),
                    models.Index(
                        fields=["federation", "account", "-id"], name="accounts_handover_of_account"
                    ),
                    models.Index(fields=["federation", "leaver", "-id"], name="accounts_handover_of_leaver"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("federation", "account", "leaver"),
                        name="accounts_handover_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end_decision", None),
                                ("ended_at", None),
                                ("ended_by", None),
                                ("state", "open"),
                            ),
                            models.Q(
                                ("state__in", ("transferred", "stays")),
                                ("end_decision__isnull", False),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            models.Q(
                                ("end_decision__isnull", False),
                                ("ended_at__isnull", False),
                                ("state", "closed"),
                            ),
                            models.Q(("ended_at__isnull", False), ("state", "taken_back")),
                            _connector="OR",
                        ),
                        name="accounts_handover_ended_as_its_state_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "transferred"), _negated=True),
                            ("successor__isnull", False),
                            _connector="OR",
                        ),
                        name="accounts_handover_in_somebodys_hands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("successor", None),
                                ("successor_named_at", None),
                                ("successor_named_by", None),
                            ),
                            models.Q(
                                ("successor__isnull", False),
                                ("successor_named_at__isnull", False),
                                ("successor_named_by__isnull", False),
                                models.Q(("successor", models.F("leaver")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_handover_successor_named",
                    ),
                ],
            },
        ),
    ]
