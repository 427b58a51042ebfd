"""Watches on the schools' names, the places that they search, and what they found."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("accounts", "0001_initial"),
        ("core", "0001_initial"),
        ("inbox", "0001_initial"),
        ("people", "0001_initial"),
        ("policy", "0001_initial"),
        ("press", "0001_initial"),
    ]
    operations = [
        migrations.CreateModel(
            name="Watch",
            fields=[
                identity(),
                ("name", models.CharField(max_length=100)),
                ("phrases", ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ("purpose", models.CharField(max_length=500)),
                ("until", models.DateField()),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "school",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "until", "-id"], name="listening_watch_until")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("phrases__len__range", (1, 6)), models.Q(("purpose", ""), _negated=True)
                        ),
                        name="listening_watch_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="listening_watch_ended_as_a_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                identity(),
                ("address", models.CharField(blank=True, max_length=500)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("read_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=10)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="accounts.account"
                    ),
                ),
                federation(),
                (
                    "watch",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="sources", to="listening.watch"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", False), ("address", "")),
                            models.Q(("account", None), models.Q(("address", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="listening_source_is_account_or_feed",
                    ),
                    models.UniqueConstraint(
                        fields=("federation", "watch", "account", "address"),
                        name="listening_source_once",
                        nulls_distinct=False,
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Find",
            fields=[
                identity(),
                ("how", models.CharField(max_length=10)),
                ("key", models.CharField(max_length=64)),
                ("address", models.TextField(blank=True)),
                ("ref", models.JSONField(null=True)),
                ("version", models.CharField(blank=True, max_length=128)),
                ("place", models.CharField(blank=True, max_length=300)),
                ("author_id_there", models.CharField(blank=True, max_length=300)),
                ("author_handle", models.CharField(blank=True, max_length=300)),
                ("author_name", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField(null=True)),
                ("found_at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("way", models.CharField(blank=True, max_length=10)),
                ("because", models.CharField(blank=True, max_length=20)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("wiped_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="press.enquiry"
                    ),
                ),
                federation(),
                (
                    "found_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="finds", to="inbox.item"
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "watch",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="finds", to="listening.watch"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "state", "-id"], name="listening_find_by_state"),
                    models.Index(
                        fields=["federation", "watch", "state", "-id"], name="listening_find_of_watch"
                    ),
                    models.Index(fields=["federation", "item"], name="listening_find_of_item"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "watch", "key"), name="listening_find_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("because", ""),
                                ("enquiry", None),
                                ("item", None),
                                ("state", "open"),
                                ("way", ""),
                            ),
                            models.Q(
                                ("enquiry", None),
                                ("item", None),
                                ("state", "left"),
                                ("way", ""),
                                models.Q(("because", ""), _negated=True),
                            ),
                            models.Q(
                                ("because", ""), ("state", "passed"), models.Q(("way", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="listening_find_settled_as_a_whole",
                    ),
                ],
            },
        ),
    ]
