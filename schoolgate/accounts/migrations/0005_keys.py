"""Rows of the keys of accounts."""

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.core.tenancy.scoping


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_public_register"),
        ("core", "0003_record_follows_quickly"),
        ("people", "0004_friends_and_contractors"),
        ("policy", "0004_rulings_asked"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("password", "Password"),
                            ("totp", "App that makes codes"),
                            ("codes", "Recovery codes"),
                            ("token", "Key for a program"),
                            ("particulars", "Login name and recovery addresses"),
                        ],
                        max_length=12,
                    ),
                ),
                ("vault_ref", models.BigIntegerField(null=True)),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="What it is for")),
                ("change_by", models.DateField(null=True, verbose_name="Change it by")),
                ("kept_at", models.DateTimeField()),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("replaced", "Changed"),
                            ("destroyed", "Destroyed"),
                            ("closed", "Destroyed when the account was closed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
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
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeyChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("left", "Somebody who saw it has left."),
                            ("part_ended", "Somebody who saw it no longer has a part in the account."),
                            ("opened", "A sealed paper with it was opened."),
                            ("day", "The day that was chosen for it has come."),
                        ],
                        max_length=12,
                    ),
                ),
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
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="accounts.accountkey",
                    ),
                ),
                (
                    "person",
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
            name="KeyShown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("code_only", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="policy.kept"
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
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="showings",
                        to="accounts.accountkey",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="Where it will lie")),
                ("made_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("sealed", "Sealed"), ("opened", "Opened"), ("void", "No longer good")],
                        default="sealed",
                        max_length=8,
                    ),
                ),
                ("opened_on", models.DateField(null=True)),
                ("why", models.TextField(blank=True, max_length=1000)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="accounts.account",
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
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "opened_by",
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
            name="PaperLine",
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
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="on_papers",
                        to="accounts.accountkey",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="accounts.paperkey",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="accountkey",
            index=models.Index(fields=["federation", "account", "id"], name="accounts_key_of_account"),
        ),
        migrations.AddIndex(
            model_name="accountkey",
            index=models.Index(
                condition=models.Q(("change_by__isnull", False), ("ended", "")),
                fields=["federation", "change_by"],
                name="accounts_key_change_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended", ""), ("ended_at", None), ("ended_by", None), ("vault_ref__isnull", False)
                    ),
                    models.Q(
                        models.Q(("ended", ""), _negated=True),
                        ("ended_at__isnull", False),
                        ("vault_ref", None),
                    ),
                    _connector="OR",
                ),
                name="accounts_key_is_in_the_vault_until_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended", ""), ("kind", "particulars")),
                fields=("federation", "account"),
                name="accounts_particulars_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="keychange",
            constraint=models.UniqueConstraint(
                fields=("federation", "key", "because", "person"),
                name="accounts_key_change_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="keyshown",
            index=models.Index(fields=["federation", "key", "-id"], name="accounts_shown_newest"),
        ),
        migrations.AddIndex(
            model_name="keyshown",
            index=models.Index(fields=["federation", "by"], name="accounts_shown_by"),
        ),
        migrations.AddIndex(
            model_name="paperkey",
            index=models.Index(fields=["federation", "account", "-id"], name="accounts_paper_of_account"),
        ),
        migrations.AddConstraint(
            model_name="paperkey",
            constraint=models.UniqueConstraint(
                fields=("federation", "number"), name="accounts_paper_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="paperkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("opened_by", None), ("state", "sealed")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("opened_by__isnull", False),
                        ("opened_on__isnull", False),
                        ("state", "opened"),
                        models.Q(("why", ""), _negated=True),
                    ),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("opened_by", None),
                        ("state", "void"),
                        models.Q(("why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="accounts_paper_ended_as_its_state_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperline",
            constraint=models.UniqueConstraint(
                fields=("federation", "paper", "key"), name="accounts_paper_line_once"
            ),
        ),
    ]
