"""Rows of what is seen before opening, and of hosted sites."""

import django.db.models.deletion
import schoolgate.core.tenancy.scoping
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_proposals_in_full"),
        ("core", "0003_record_follows_quickly"),
        ("people", "0004_friends_and_contractors"),
        ("policy", "0004_rulings_asked"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProfileRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("handle", models.CharField(max_length=253)),
                ("display", models.CharField(blank=True, max_length=300)),
                ("description", models.TextField(blank=True, max_length=10000)),
                ("address", models.CharField(blank=True, max_length=500)),
                ("digest", models.CharField(max_length=64)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profile_reads",
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
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("value", models.JSONField(null=True)),
                ("at", models.DateTimeField()),
                ("asked_digest", models.CharField(max_length=64)),
                ("page_digest", models.CharField(max_length=64)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seen",
                        to="accounts.account",
                    ),
                ),
                (
                    "attestation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy.attestation",
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
                (
                    "profile",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.profileread",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SiteCare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("users_may_write", models.BooleanField(null=True)),
                ("users_may_add_pictures", models.BooleanField(null=True)),
                ("answers_given_by", models.JSONField(default=list)),
                (
                    "moderation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("before", "Before it appears"),
                            ("after", "After it appears"),
                            ("none", "Nobody reads it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("started_by", models.CharField(blank=True, max_length=120)),
                ("answers_for_moderation", models.CharField(blank=True, max_length=120)),
                ("reporting_route", models.TextField(blank=True, max_length=4000)),
                ("steps_in_how", models.TextField(blank=True, max_length=4000)),
                ("own_plan", models.TextField(blank=True, max_length=4000)),
                (
                    "friends_note",
                    models.CharField(
                        blank=True,
                        choices=[("pinned", "It stands on the site"), ("left_out", "It is left out")],
                        max_length=10,
                    ),
                ),
                ("suits", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField()),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care",
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
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SiteLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("house_rules_found", models.BooleanField(null=True)),
                ("terms_found", models.BooleanField(null=True)),
                ("logo_can_link", models.BooleanField(null=True)),
                (
                    "logo_leads_to",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("fitting_page", "To the fitting page of the school’s own site"),
                            ("other_page", "To another page"),
                            ("nowhere", "Nowhere"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=4000)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="site_looks",
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
            name="SiteText",
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
                        choices=[("house_rules", "House rules"), ("terms_of_use", "Terms of use")],
                        max_length=12,
                    ),
                ),
                ("language", models.CharField(max_length=5)),
                ("number", models.PositiveIntegerField()),
                ("words", models.TextField(max_length=20000)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="site_texts",
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
            name="SiteWord",
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
                            ("advice", "Advice whether the internet suits those it is for"),
                            ("handover", "Signed handover of the moderating"),
                            ("guidance", "The site was compared with published guidance"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("words", models.TextField(blank=True, max_length=4000)),
                ("team", models.CharField(blank=True, max_length=120)),
                ("guidance", models.CharField(blank=True, max_length=300)),
                ("replaces", models.CharField(blank=True, max_length=300)),
                ("open_points", models.JSONField(default=list)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="site_words",
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
            name="TrainingWanted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Whereabouts",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("away", models.JSONField(default=list)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="whereabouts",
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("requirement", "Something is asked for"),
                            ("restriction", "Something is barred"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions",
                        to="accounts.proposal",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="accounts_condition_ended_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PagePicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=40)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="page_pictures",
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
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "-id"], name="accounts_picture_newest")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="profileread",
            index=models.Index(fields=["federation", "account", "-id"], name="accounts_profile_newest"),
        ),
        migrations.AddIndex(
            model_name="seen",
            index=models.Index(fields=["federation", "account", "key", "-id"], name="accounts_seen_newest"),
        ),
        migrations.AddConstraint(
            model_name="seen",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attestation__isnull", False), ("by__isnull", False)),
                    models.Q(("attestation", None), ("by", None), ("profile__isnull", False)),
                    _connector="OR",
                ),
                name="accounts_seen_by_a_person_or_read",
            ),
        ),
        migrations.AddIndex(
            model_name="sitelook",
            index=models.Index(fields=["federation", "account", "-id"], name="accounts_look_newest"),
        ),
        migrations.AddConstraint(
            model_name="sitetext",
            constraint=models.UniqueConstraint(
                fields=("federation", "account", "kind", "language", "number"), name="accounts_site_text_once"
            ),
        ),
        migrations.AddIndex(
            model_name="siteword",
            index=models.Index(fields=["federation", "account", "kind", "id"], name="accounts_site_word"),
        ),
        migrations.AddConstraint(
            model_name="trainingwanted",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("federation", "person", "topic"),
                name="accounts_training_wanted_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingwanted",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="accounts_training_wanted_ended_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="whereabouts",
            index=models.Index(
                fields=["federation", "account", "person", "-id"], name="accounts_whereabouts_newest"
            ),
        ),
        migrations.AddConstraint(
            model_name="whereabouts",
            constraint=models.CheckConstraint(
                condition=models.Q(("last__gte", models.F("first"))), name="accounts_whereabouts_in_order"
            ),
        ),
    ]
