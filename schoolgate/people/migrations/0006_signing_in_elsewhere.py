"""Rows of signing in with a school account."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_record_follows_quickly"),
        ("people", "0005_import"),
    ]

    operations = [
        migrations.CreateModel(
            name="Directory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("microsoft", "Microsoft 365"),
                            ("google", "Google Workspace"),
                            ("other", "Another service"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("issuer", models.CharField(max_length=300)),
                ("client_id", models.CharField(max_length=300)),
                ("sealed_secret", models.TextField()),
                ("tenant", models.CharField(blank=True, default="", max_length=100)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "other"), ("tenant", "")),
                            models.Q(
                                ("kind__in", ["microsoft", "google"]), models.Q(("tenant", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="people_directory_whose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issuer__startswith", "https://"),
                            ("issuer__regex", "^http://(127\\.0\\.0\\.1|localhost)[:/]"),
                            _connector="OR",
                        ),
                        name="people_directory_reached_safely",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("client_id", ""), _negated=True),
                            models.Q(("sealed_secret", ""), _negated=True),
                        ),
                        name="people_directory_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DirectoryAdmits",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "directory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="admits",
                        to="people.directory",
                    ),
                ),
                (
                    "federation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.federation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("directory", "federation"), name="people_directory_admits_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=300)),
                ("joined_at", models.DateTimeField()),
                (
                    "directory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="people.directory",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="school_accounts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("directory", "subject"), name="people_school_account_once"
                    ),
                    models.UniqueConstraint(
                        fields=("user", "directory"), name="people_school_account_one_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject", ""), _negated=True),
                        name="people_school_account_somebody",
                    ),
                ],
            },
        ),
    ]
