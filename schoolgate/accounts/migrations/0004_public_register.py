"""Rows of what the public is told and tells."""

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.core.tenancy.scoping


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_opening_and_sites"),
        ("core", "0003_record_follows_quickly"),
        ("people", "0004_friends_and_contractors"),
        ("policy", "0004_rulings_asked"),
    ]

    operations = [
        migrations.CreateModel(
            name="Fake",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20)),
                ("network", models.CharField(blank=True, max_length=40)),
                ("address", models.CharField(max_length=500, verbose_name="Address")),
                ("key", models.CharField(max_length=600)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "Waiting for somebody to look"),
                            ("confirmed", "Confirmed: not ours"),
                            ("gone", "Gone from its network"),
                            ("ours", "It is ours after all"),
                            ("left", "Not for us to act upon"),
                        ],
                        default="reported",
                        max_length=10,
                    ),
                ),
                ("role_key", models.CharField(blank=True, max_length=100)),
                ("reported_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("address_shown", models.BooleanField(default=False)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "told_case",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="The network's own number for it"
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.school",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FakeNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("reported", "Reported"),
                            ("seen", "Looked at"),
                            ("confirmed", "Confirmed as not ours"),
                            ("told", "Reported to its network"),
                            ("ended", "Ended"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("words_ref", models.BigIntegerField(null=True)),
                ("picture_ref", models.BigIntegerField(null=True)),
                ("picture_type", models.CharField(blank=True, max_length=20)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "fake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="accounts.fake"
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
            name="FormerAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.URLField(blank=True, max_length=500)),
                ("handle", models.CharField(blank=True, max_length=253)),
                ("until", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_addresses",
                        to="accounts.account",
                    ),
                ),
                (
                    "by",
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
            ],
        ),
        migrations.CreateModel(
            name="FoundPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(blank=True, max_length=40, verbose_name="Network")),
                ("address", models.CharField(max_length=500, verbose_name="Address")),
                ("key", models.CharField(max_length=600)),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="What it calls itself")),
                ("in_our_name", models.BooleanField(null=True)),
                (
                    "made_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("school", "Somebody of the school"),
                            ("for the school", "Somebody else, for the school"),
                            ("somebody else", "Somebody else, on their own account"),
                        ],
                        max_length=15,
                    ),
                ),
                ("comparable_to", models.JSONField(null=True)),
                ("whose_ref", models.BigIntegerField(null=True)),
                ("found_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("found", "Nobody has said yet what is to become of it"),
                            ("adopting", "Proposed as an account of ours"),
                            ("asked", "Asked to close"),
                            ("reported", "Handled as a fake"),
                            ("closed", "Closed"),
                            ("ours", "On our register"),
                            ("left", "Left as it is"),
                        ],
                        default="found",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "fake",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="found_pages",
                        to="accounts.fake",
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
                    "found_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="found_page",
                        to="accounts.proposal",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.school",
                        verbose_name="School",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccountCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="code",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "code"), name="accounts_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("link", "a link back to our register (rel=me)"),
                            ("text", "our code in the text of its profile"),
                            ("policy_link", "the link by which this policy knows official accounts"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "seen",
                    models.CharField(
                        choices=[
                            ("there", "There"),
                            ("missing", "Not there"),
                            ("unreadable", "The page could not be read"),
                        ],
                        max_length=12,
                    ),
                ),
                ("looked_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField()),
                ("there_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="accounts.account",
                    ),
                ),
                (
                    "by",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "account", "mark"), name="accounts_mark_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seen", "unreadable"), ("looked_at__isnull", False), _connector="OR"
                        ),
                        name="accounts_mark_seen_when_looked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssociatedPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="Name of the page")),
                ("network", models.CharField(blank=True, max_length=40, verbose_name="Network")),
                ("address", models.URLField(max_length=500, verbose_name="Address")),
                ("purpose", models.TextField(blank=True, max_length=1000, verbose_name="What it is for")),
                ("contact", models.CharField(blank=True, max_length=300, verbose_name="Whom to turn to")),
                ("uses_name", models.BooleanField(null=True)),
                ("uses_logo", models.BooleanField(null=True)),
                ("entered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "entered_by",
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
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.school",
                        verbose_name="School",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "name", "id"], name="accounts_associated_by_name")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("federation", "address"),
                        name="accounts_associated_once",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="fake",
            index=models.Index(fields=["federation", "-reported_at", "-id"], name="accounts_fake_newest"),
        ),
        migrations.AddIndex(
            model_name="fake",
            index=models.Index(fields=["federation", "key"], name="accounts_fake_by_key"),
        ),
        migrations.AddIndex(
            model_name="fake",
            index=models.Index(
                condition=models.Q(("confirmed_at__isnull", False)),
                fields=["federation", "-confirmed_at", "-id"],
                name="accounts_fake_told_to_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="fake",
            constraint=models.UniqueConstraint(
                fields=("federation", "reference"), name="accounts_fake_reference_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="fake",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("reported", "confirmed"))),
                fields=("federation", "key"),
                name="accounts_fake_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="fake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="accounts_fake_confirmed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="fake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("state__in", ("gone", "ours", "left")),
                    ),
                    models.Q(
                        models.Q(("state__in", ("gone", "ours", "left")), _negated=True),
                        ("ended_at", None),
                        ("ended_by", None),
                    ),
                    _connector="OR",
                ),
                name="accounts_fake_ended_as_its_state_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="fake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("address_shown", False), ("confirmed_at__isnull", False), _connector="OR"
                ),
                name="accounts_fake_told_to_all_only_when_confirmed",
            ),
        ),
        migrations.AddIndex(
            model_name="fakenote",
            index=models.Index(fields=["federation", "fake", "id"], name="accounts_fakenote_in_order"),
        ),
        migrations.AddIndex(
            model_name="formeraddress",
            index=models.Index(fields=["federation", "-until", "-id"], name="accounts_former_newest"),
        ),
        migrations.AddIndex(
            model_name="foundpage",
            index=models.Index(fields=["federation", "-found_at", "-id"], name="accounts_found_newest"),
        ),
        migrations.AddConstraint(
            model_name="foundpage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("closed", "ours", "left")), _negated=True),
                fields=("federation", "key"),
                name="accounts_found_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="foundpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("state__in", ("closed", "ours", "left")),
                    ),
                    models.Q(
                        models.Q(("state__in", ("closed", "ours", "left")), _negated=True),
                        ("ended_at", None),
                        ("ended_by", None),
                    ),
                    _connector="OR",
                ),
                name="accounts_found_ended_as_its_state_says",
            ),
        ),
    ]
