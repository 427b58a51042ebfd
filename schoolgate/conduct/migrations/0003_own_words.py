"""What people gave their word on, about their own contacts and pages."""

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.core.tenancy.scoping


class Migration(migrations.Migration):
    dependencies = [
        ("conduct", "0002_words_at_leaving"),
        ("core", "0004_record_by_time"),
        ("people", "0002_person_destroyed"),
        ("policy", "0008_delegation_and_managers"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("pupils", "Pupils"),
                            ("former_pupil", "Former pupils"),
                            ("parent", "Parents"),
                            ("disclaimer", "Disclaimer"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "said",
                    models.CharField(
                        choices=[
                            ("none", "None"),
                            ("shown", "As the policy wants"),
                            ("against", "Not as the policy wants"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("wordings", models.JSONField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy.decisionrecord",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy.policyversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "person", "topic"), name="conduct_word_once_a_topic"
                    )
                ],
            },
        ),
    ]
