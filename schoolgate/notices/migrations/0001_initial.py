"""Mail and notices: what is sent, how each person wants it, and addresses that bounce."""

from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial"), ("duties", "0001_initial"), ("people", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Mail",
            fields=[
                identity(),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("trouble", models.CharField(blank=True, max_length=20)),
                ("message_id", models.CharField(max_length=120)),
                ("tries", models.IntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("urgency", models.CharField(max_length=10)),
                ("day", models.DateField(null=True)),
                ("letter", models.CharField(blank=True, max_length=60)),
                ("lists", models.JSONField(default=list)),
                ("way", models.CharField(blank=True, max_length=20)),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "started", "handing_over"))),
                        fields=["federation", "next_try_at", "id"],
                        name="notices_mail_to_send",
                    ),
                    models.Index(fields=["federation", "person", "-id"], name="notices_mail_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("day__isnull", False)),
                        fields=("federation", "person", "day"),
                        name="notices_one_morning_mail",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None), ("state__in", ("waiting", "started", "handing_over"))
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("waiting", "started", "handing_over")), _negated=True
                                ),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="notices_mail_ended_as_its_state_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("day__isnull", False), ("urgency", "morning")),
                            models.Q(("day", None), ("urgency", "at_once")),
                            _connector="OR",
                        ),
                        name="notices_mail_morning_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailServer",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("host", models.CharField(blank=True, max_length=255)),
                ("port", models.IntegerField(default=587)),
                ("user", models.CharField(blank=True, max_length=255)),
                ("sealed_password", models.TextField(blank=True)),
                ("security", models.CharField(default="starttls", max_length=10)),
                ("sender", models.CharField(blank=True, max_length=254)),
                ("kept_at", models.DateTimeField(null=True)),
                ("sealed_code", models.TextField(blank=True)),
                ("code_for", models.CharField(blank=True, max_length=64)),
                ("code_sent_at", models.DateTimeField(null=True)),
                ("code_tries", models.SmallIntegerField(default=0)),
                ("proven_for", models.CharField(blank=True, max_length=64)),
                ("proven_at", models.DateTimeField(null=True)),
                ("last_good_at", models.DateTimeField(null=True)),
                ("failing_since", models.DateTimeField(null=True)),
                ("failing_code", models.CharField(blank=True, max_length=20)),
                ("tries", models.IntegerField(default=0)),
                ("next_try_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="notices_one_mail_server"),
                    models.CheckConstraint(
                        condition=models.Q(("security__in", ["starttls", "tls", "none"])),
                        name="notices_mail_server_security",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("failing_code", ""), ("failing_since", None)),
                            models.Q(
                                ("failing_since__isnull", False),
                                models.Q(("failing_code", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="notices_mail_server_failing",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="MorningTime",
            fields=[
                identity(),
                ("time", models.TimeField()),
                federation(),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "person"), name="notices_morning_once", nulls_distinct=False
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=60)),
                ("moment", models.CharField(default="told", max_length=12)),
                ("subject", models.CharField(max_length=80)),
                ("urgency", models.CharField(max_length=10)),
                ("number", models.BigIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("passed_on", models.BooleanField(default=False)),
                (
                    "duty",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="duties.duty"
                    ),
                ),
                federation(),
                (
                    "mail",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="notices", to="notices.mail"
                    ),
                ),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("mail", None), ("state", "waiting")),
                        fields=["federation", "person", "id"],
                        name="notices_notice_waiting",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("passed_on", False), ("state__in", ("failed", "dropped", "unknown"))
                        ),
                        fields=["federation", "id"],
                        name="notices_notice_not_told",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "person", "kind", "subject", "moment", "duty", "number"),
                        name="notices_notice_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PushDevice",
            fields=[
                identity(),
                ("name", models.CharField(max_length=80)),
                ("digest", models.CharField(max_length=64)),
                ("secret_ref", models.BigIntegerField()),
                ("added_at", models.DateTimeField()),
                ("last_good_at", models.DateTimeField(null=True)),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "person"], name="notices_device_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "digest"), name="notices_device_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Push",
            fields=[
                identity(),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("trouble", models.CharField(blank=True, max_length=20)),
                ("message_id", models.CharField(max_length=120)),
                ("tries", models.IntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "mail",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="pushes", to="notices.mail"),
                ),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="pushes", to="notices.pushdevice"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "started", "handing_over"))),
                        fields=["federation", "next_try_at", "id"],
                        name="notices_push_to_send",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "mail", "device"), name="notices_push_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None), ("state__in", ("waiting", "started", "handing_over"))
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("waiting", "started", "handing_over")), _negated=True
                                ),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="notices_push_ended_as_its_state_says",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadUpTo",
            fields=[
                identity(),
                ("number", models.BigIntegerField()),
                ("mornings_until", models.DateTimeField(null=True)),
                federation(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation",), name="notices_read_up_to_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="SignInMail",
            fields=[
                identity(),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("trouble", models.CharField(blank=True, max_length=20)),
                ("message_id", models.CharField(max_length=120)),
                ("tries", models.IntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("address", models.EmailField(max_length=254)),
                ("sealed", models.TextField(blank=True)),
                (
                    "sent_for",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="core.federation"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "started", "handing_over"))),
                        fields=["next_try_at", "id"],
                        name="notices_sign_in_mail_to_send",
                    ),
                    models.Index(fields=["made_at"], name="notices_sign_in_mail_age"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=60)),
                ("urgency", models.CharField(max_length=10)),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "person", "kind"), name="notices_wish_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("urgency__in", ["at_once", "morning", "page"])),
                        name="notices_wish_urgency",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="BadAddress",
            fields=[
                identity(),
                ("address", models.EmailField(max_length=254)),
                ("because", models.CharField(max_length=20)),
                ("since", models.DateTimeField()),
                federation(),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "person"), name="notices_bad_address_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="CaughtMail",
            fields=[
                identity(),
                ("to_name", models.CharField(blank=True, max_length=200)),
                ("to_address", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=300)),
                ("body", models.TextField()),
                ("caught_at", models.DateTimeField()),
                ("message_id", models.CharField(max_length=120)),
                federation(),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "-id"], name="notices_caught_newest")],
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "message_id"), name="notices_caught_once")
                ],
            },
        ),
    ]
