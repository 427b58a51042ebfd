"""Posts from before Schoolgate: the downloads, their posts, and the words they are found by."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import schoolgate.core.tenancy.scoping

FEDERATION: dict[str, Any] = {
    "default": schoolgate.core.tenancy.scoping.federation_in_scope,
    "editable": False,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": "core.federation",
}
PROTECT: dict[str, Any] = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}
NUMBER = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
STATES = [
    ("reading", "Being read"),
    ("found", "To be looked at"),
    ("unreadable", "Cannot be used"),
    ("taking", "Being taken in"),
    ("stopped", "Stopped half way"),
    ("done", "Taken in"),
    ("dropped", "Dropped"),
    ("lapsed", "Lapsed"),
]
WHOSE = [
    ("same", "this account's"),
    ("other", "another account's"),
    ("not_told", "the file does not say"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_contributors"),
        ("publishing", "0003_text_marks"),
    ]

    operations = [
        migrations.CreateModel(
            name="PastImport",
            fields=[
                ("id", NUMBER.clone()),
                ("at", models.DateTimeField()),
                ("content", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("file", models.CharField(blank=True, max_length=40)),
                ("state", models.CharField(choices=STATES, default="reading", max_length=12)),
                ("state_at", models.DateTimeField()),
                ("heard_at", models.DateTimeField()),
                ("because", models.CharField(blank=True, max_length=40)),
                ("found", models.JSONField(default=dict)),
                ("owner", models.JSONField(default=dict)),
                ("whose", models.CharField(choices=WHOSE, default="not_told", max_length=10)),
                ("whose_because", models.CharField(blank=True, max_length=300)),
                ("made_on", models.DateField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("pieces", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("already", models.PositiveIntegerField(default=0)),
                ("left_out", models.JSONField(default=dict)),
                ("account", models.ForeignKey(to="accounts.account", **PROTECT)),
                ("by", models.ForeignKey(to="people.person", **PROTECT)),
                ("confirmed_by", models.ForeignKey(null=True, to="people.person", **PROTECT)),
                ("federation", models.ForeignKey(**FEDERATION)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "-id"], name="publishing_past_of_account"),
                    models.Index(
                        condition=models.Q(("file", ""), _negated=True),
                        fields=["federation", "id"],
                        name="publishing_past_with_file",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None), ("made_on", None)),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                ("made_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="publishing_past_confirmed_as_a_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["taking", "stopped", "done"]), _negated=True),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="publishing_past_taken_only_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at", None),
                            ("whose", "same"),
                            models.Q(("whose_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="publishing_past_other_only_with_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("pieces"))), name="publishing_past_done"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PastPost",
            fields=[
                ("id", NUMBER.clone()),
                ("key", models.CharField(max_length=500)),
                ("version", models.CharField(max_length=16)),
                ("address", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                ("text", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
                ("pictures", models.PositiveSmallIntegerField(default=0)),
                ("edited", models.BooleanField(null=True)),
                ("reply", models.BooleanField(default=False)),
                ("language", models.CharField(blank=True, max_length=8)),
                ("taken_at", models.DateTimeField()),
                ("account", models.ForeignKey(to="accounts.account", **PROTECT)),
                ("federation", models.ForeignKey(**FEDERATION)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="publishing.pastimport",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "-at", "-id"], name="publishing_past_newest"),
                    models.Index(
                        fields=["federation", "account", "-at", "-id"], name="publishing_past_by_account"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "account", "key", "version"), name="publishing_past_post_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PastWord",
            fields=[
                ("id", NUMBER.clone()),
                ("token", models.CharField(db_collation="C", max_length=40)),
                ("at", models.DateTimeField()),
                ("federation", models.ForeignKey(db_index=False, **FEDERATION)),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="publishing.pastpost",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "token", "at", "post"], name="publishing_past_word"),
                    models.Index(fields=["federation", "post"], name="publishing_past_word_of_post"),
                ],
            },
        ),
    ]
