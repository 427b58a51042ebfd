"""Comments that were pasted or photographed, and removals by hand that somebody looks at."""

import django.db.models.deletion
import schoolgate.core.tenancy.scoping
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_record_follows_quickly"),
        ("people", "0004_friends_and_contractors"),
        ("inbox", "0002_what_people_do_with_it"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandRemoval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("hidden", "Hidden by us"), ("removed", "Removed by us")], max_length=8
                    ),
                ),
                ("at", models.DateTimeField()),
                ("gone", models.BooleanField(null=True)),
                ("looked_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_removals",
                        to="inbox.item",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("gone", None)),
                        fields=("federation", "item"),
                        name="inbox_hand_removal_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("gone", None), ("looked_at", None), ("looked_by", None)),
                            models.Q(
                                ("gone__isnull", False),
                                ("looked_at__isnull", False),
                                ("looked_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="inbox_hand_removal_looked_as_a_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("looked_by", None),
                            models.Q(("looked_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="inbox_hand_removal_seen_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=20)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="inbox.item"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "item", "digest"), name="inbox_photo_once")
                ],
            },
        ),
    ]
