"""Devices on which people are told, and what is sent to them."""

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.core.tenancy.scoping


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_school_in_policy"),
        ("notices", "0001_initial"),
        ("people", "0011_one_link_one_address"),
    ]

    operations = [
        migrations.CreateModel(
            name="PushDevice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("digest", models.CharField(max_length=64)),
                ("secret_ref", models.BigIntegerField()),
                ("added_at", models.DateTimeField()),
                ("last_good_at", models.DateTimeField(null=True)),
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
            name="Push",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent"),
                            ("started", "Being sent"),
                            ("handing_over", "Being passed to the mail server"),
                            ("sent", "Accepted by the mail server"),
                            ("failed", "Could not be sent"),
                            ("unknown", "Not known whether it was sent"),
                            ("dropped", "Not sent"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("trouble", models.CharField(blank=True, max_length=20)),
                ("message_id", models.CharField(max_length=120)),
                ("tries", models.IntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pushes", to="notices.mail"
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pushes",
                        to="notices.pushdevice",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="pushdevice",
            index=models.Index(fields=["federation", "person"], name="notices_device_of_person"),
        ),
        migrations.AddConstraint(
            model_name="pushdevice",
            constraint=models.UniqueConstraint(fields=("federation", "digest"), name="notices_device_once"),
        ),
        migrations.AddIndex(
            model_name="push",
            index=models.Index(
                condition=models.Q(("state__in", ("waiting", "started", "handing_over"))),
                fields=["federation", "next_try_at", "id"],
                name="notices_push_to_send",
            ),
        ),
        migrations.AddConstraint(
            model_name="push",
            constraint=models.UniqueConstraint(
                fields=("federation", "mail", "device"), name="notices_push_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="push",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state__in", ("waiting", "started", "handing_over"))),
                    models.Q(
                        models.Q(("state__in", ("waiting", "started", "handing_over")), _negated=True),
                        ("ended_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="notices_push_ended_as_its_state_says",
            ),
        ),
    ]
