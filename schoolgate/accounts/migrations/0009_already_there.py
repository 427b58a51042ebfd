"""Accounts that were there before Schoolgate: lists of them, each one, and leave to go on meanwhile."""

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.core.tenancy.scoping


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_contributors"),
        ("people", "0007_leaving"),
        ("policy", "0004_rulings_asked"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("shape", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=dict)),
                ("defaults", models.JSONField(default=dict)),
                ("words", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
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
            name="AccountImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Being looked at"),
                            ("done", "Taken over"),
                            ("dropped", "Dropped"),
                            ("lapsed", "Nobody confirmed it in time"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("file", models.CharField(blank=True, max_length=64)),
                ("content", models.CharField(max_length=64)),
                ("encoding", models.CharField(blank=True, max_length=20)),
                ("lines", models.PositiveIntegerField()),
                ("counts", models.JSONField(default=dict)),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "mapping",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.accountmapping",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BroughtIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("regular_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="brought_in",
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
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy.kept",
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
                    "listed_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.accountimport",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="for_account_there",
                        to="accounts.proposal",
                    ),
                ),
                (
                    "regular_by",
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
            name="GoingOn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=600)),
                ("until", models.DateField()),
                ("outstanding", models.PositiveSmallIntegerField()),
                ("asked_again_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="going_on",
                        to="accounts.account",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy.kept",
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
                    "leave",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.leave"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeysKnownTo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys_known_to",
                        to="accounts.account",
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
            ],
        ),
        migrations.AddIndex(
            model_name="accountmapping",
            index=models.Index(fields=["federation", "shape", "-id"], name="accounts_mapping_by_shape"),
        ),
        migrations.AddConstraint(
            model_name="accountmapping",
            constraint=models.UniqueConstraint(fields=("federation", "name"), name="accounts_mapping_once"),
        ),
        migrations.AddConstraint(
            model_name="accountmapping",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="accounts_mapping_named"
            ),
        ),
        migrations.AddIndex(
            model_name="accountimport",
            index=models.Index(fields=["federation", "by", "-id"], name="accounts_import_of_person"),
        ),
        migrations.AddIndex(
            model_name="accountimport",
            index=models.Index(
                condition=models.Q(("file", ""), _negated=True),
                fields=["federation", "at"],
                name="accounts_import_with_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="accounts_import_ended_or_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("file", ""), ("state", "open"), _negated=True),
                name="accounts_import_open_has_file",
            ),
        ),
        migrations.AddIndex(
            model_name="broughtin",
            index=models.Index(
                condition=models.Q(("regular_at", None)),
                fields=["federation", "account"],
                name="accounts_to_be_regular",
            ),
        ),
        migrations.AddConstraint(
            model_name="broughtin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("regular_at", None), ("regular_by", None)),
                    models.Q(("regular_at__isnull", False), ("regular_by__isnull", False)),
                    _connector="OR",
                ),
                name="accounts_brought_in_regular_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="broughtin",
            constraint=models.CheckConstraint(
                condition=models.Q(("since__regex", "^\\d{4}(-\\d{2}(-\\d{2})?)?$")),
                name="accounts_brought_in_since",
            ),
        ),
        migrations.AddIndex(
            model_name="goingon",
            index=models.Index(fields=["federation", "until", "id"], name="accounts_going_on_until"),
        ),
        migrations.AddConstraint(
            model_name="goingon",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="accounts_going_on_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="keysknownto",
            constraint=models.UniqueConstraint(
                fields=("federation", "account", "person"), name="accounts_keys_known_once"
            ),
        ),
        migrations.CreateModel(
            name="ConditionWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.CharField(max_length=100)),
                ("seen", models.CharField(max_length=64)),
                ("touched", models.BooleanField()),
                ("fulfilled", models.BooleanField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "condition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="said",
                        to="accounts.condition",
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
                "indexes": [
                    models.Index(fields=["federation", "about", "-id"], name="accounts_condition_word_about")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("touched", True), ("fulfilled", None), _connector="OR"),
                        name="accounts_condition_word_fits",
                    )
                ],
            },
        ),
    ]
