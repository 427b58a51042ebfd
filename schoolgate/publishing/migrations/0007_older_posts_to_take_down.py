import django.db.models.deletion
import schoolgate.core.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("core", "0002_what_a_lead_reads"),
        ("people", "0005_a_role_is_told_by_two_people"),
        ("publishing", "0006_own_details_by_two"),
        ("pupils", "0004_whose_word_a_yes_is"),
    ]

    operations = [
        migrations.AddField(
            model_name="pastpost",
            name="alts",
            field=models.TextField(blank=True, db_default="", verbose_name="Alt text"),
        ),
        migrations.CreateModel(
            name="PastToGo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "said",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gone", "Taken down on the network"),
                            ("nothing", "Checked: it isn’t this pupil"),
                        ],
                        max_length=10,
                    ),
                ),
                ("said_at", models.DateTimeField(null=True)),
                ("looked_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "federation",
                    models.ForeignKey(
                        default=schoolgate.core.tenancy.federation_in_scope,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.federation",
                    ),
                ),
                (
                    "looked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="publishing.pastpost",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pupils.pupil"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "pupil", "account", "post"),
                        name="publishing_past_to_go_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("said", ""), ("said_at", None), ("said_by", None)),
                            models.Q(
                                models.Q(("said", ""), _negated=True),
                                ("said_at__isnull", False),
                                ("said_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="publishing_past_to_go_said_by_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("looked_at", None), ("looked_by", None)),
                            models.Q(
                                models.Q(("said", ""), _negated=True),
                                ("looked_at__isnull", False),
                                ("looked_by__isnull", False),
                                models.Q(("looked_by", models.F("said_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="publishing_past_to_go_by_two",
                    ),
                ],
            },
        ),
    ]
