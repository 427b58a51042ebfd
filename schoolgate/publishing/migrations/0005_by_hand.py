"""Work by hand, and taking down in one touch."""

import django.db.models.deletion
import schoolgate.core.tenancy.scoping
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_already_there"),
        ("core", "0003_record_follows_quickly"),
        ("people", "0004_friends_and_contractors"),
        ("publishing", "0004_before_schoolgate"),
    ]

    operations = [
        migrations.CreateModel(
            name="AddressMended",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("before", models.TextField()),
                ("after", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses_mended",
                        to="publishing.delivery",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RemovalSaid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removals_said",
                        to="publishing.delivery",
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
                    "looked_by",
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
            name="TakeDown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=20)),
                ("words", models.TextField(blank=True)),
                ("day", models.DateField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
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
            ],
        ),
        migrations.CreateModel(
            name="TakeDownPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked", models.BooleanField()),
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
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="publishing.post"
                    ),
                ),
                (
                    "take_down",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="publishing.takedown",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="removalsaid",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gone", None)),
                fields=("federation", "delivery"),
                name="publishing_removal_said_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="removalsaid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gone", None), ("looked_at", None), ("looked_by", None)),
                    models.Q(
                        ("gone__isnull", False), ("looked_at__isnull", False), ("looked_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="publishing_removal_looked_as_a_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="removalsaid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("looked_by", None),
                    models.Q(("looked_by", models.F("by")), _negated=True),
                    _connector="OR",
                ),
                name="publishing_removal_seen_by_another",
            ),
        ),
        migrations.AddIndex(
            model_name="takedown",
            index=models.Index(fields=["federation", "-at", "-id"], name="publishing_take_down_newest"),
        ),
        migrations.AddConstraint(
            model_name="takedownpost",
            constraint=models.UniqueConstraint(
                fields=("federation", "take_down", "post"), name="publishing_take_down_post_once"
            ),
        ),
    ]
