"""Which first walks a person has gone, and what they set aside."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.core.tenancy.scoping


def _federation() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        default=schoolgate.core.tenancy.scoping.federation_in_scope,
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="core.federation",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_record_follows_quickly"),
        ("people", "0007_leaving"),
    ]

    operations = [
        migrations.CreateModel(
            name="FirstWalk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("walk", models.CharField(max_length=30)),
                ("set_aside_at", models.DateTimeField(null=True)),
                ("federation", _federation()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_walks",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "person", "walk"), name="people_first_walk_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WalkStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("walk", models.CharField(max_length=30)),
                ("step", models.CharField(max_length=30)),
                ("at", models.DateTimeField()),
                ("federation", _federation()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="walk_steps",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "person", "walk", "step"), name="people_walk_step_once"
                    )
                ],
            },
        ),
    ]
