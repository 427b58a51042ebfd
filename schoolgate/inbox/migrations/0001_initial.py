"""The inbox: items, answers and moderation."""

from datetime import UTC, datetime

from django.db import migrations, models
from django.db.models.functions import Coalesce

from schoolgate.core.tenancy.columns import federation, identity
from schoolgate.inbox.models import EndOfDay

NO_TIME = datetime(9999, 1, 1, tzinfo=UTC)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("core", "0001_initial"),
        ("people", "0001_initial"),
        ("publishing", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="+")),
                ("school", models.ForeignKey("core.school", models.PROTECT, null=True, related_name="+")),
                ("post", models.ForeignKey("publishing.post", models.PROTECT, null=True, related_name="+")),
                ("network_id", models.CharField(max_length=500)),
                ("ref", models.JSONField()),
                ("root", models.JSONField(null=True)),
                ("author_id_there", models.CharField(blank=True, max_length=300)),
                ("author_handle", models.CharField(blank=True, max_length=300)),
                ("author_name", models.CharField(blank=True, max_length=300)),
                ("kind", models.CharField(default="comment", max_length=10)),
                ("private", models.BooleanField(default=False)),
                ("from_press", models.BooleanField(null=True)),
                ("released", models.BooleanField(default=True)),
                ("kept_back", models.CharField(blank=True, max_length=8)),
                ("version", models.CharField(max_length=128)),
                ("versions_seen", models.PositiveIntegerField(default=1)),
                ("received_at", models.DateTimeField()),
                ("first_seen_at", models.DateTimeField()),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "pasted_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
                ("due_words", models.CharField(max_length=15)),
                ("due_at", models.DateTimeField(null=True)),
                ("due_day", models.DateField(null=True)),
                (
                    "answer_by",
                    models.GeneratedField(
                        db_persist=True,
                        expression=Coalesce(
                            models.F("due_at"), EndOfDay(models.F("due_day")), models.Value(NO_TIME)
                        ),
                        output_field=models.DateTimeField(),
                    ),
                ),
                ("decision", models.BigIntegerField(null=True)),
                ("state", models.CharField(default="open", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("close_reason", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "state", "-id"], name="inbox_item_by_state"),
                    models.Index(fields=["federation", "-id"], name="inbox_item_newest"),
                    models.Index(fields=["federation", "state", "answer_by", "id"], name="inbox_item_by_due"),
                    models.Index(
                        fields=["federation", "school", "state", "-id"], name="inbox_item_of_school"
                    ),
                    models.Index(
                        fields=["federation", "account", "state", "-id"], name="inbox_item_of_account"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "account", "network_id"), name="inbox_item_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_at__isnull", False), ("due_day", None), ("due_words", "instant")),
                            models.Q(("due_at", None), ("due_day__isnull", False), ("due_words", "day")),
                            models.Q(
                                models.Q(("due_words__in", ["instant", "day"]), _negated=True),
                                ("due_at", None),
                                ("due_day", None),
                            ),
                            _connector="OR",
                        ),
                        name="inbox_due_as_its_words_say",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), models.Q(("close_reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("close_reason", "")),
                            _connector="OR",
                        ),
                        name="inbox_closed_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemPhoto",
            fields=[
                identity(),
                federation(),
                ("item", models.ForeignKey("inbox.item", models.PROTECT, related_name="photos")),
                ("digest", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=20)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "item", "digest"), name="inbox_photo_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="HandRemoval",
            fields=[
                identity(),
                federation(),
                ("item", models.ForeignKey("inbox.item", models.PROTECT, related_name="hand_removals")),
                ("how", models.CharField(max_length=8)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("gone", models.BooleanField(null=True)),
                (
                    "looked_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
                ("looked_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("gone", None)),
                        fields=("federation", "item"),
                        name="inbox_hand_removal_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("gone", None), ("looked_at", None), ("looked_by", None)),
                            models.Q(
                                ("gone__isnull", False),
                                ("looked_at__isnull", False),
                                ("looked_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="inbox_hand_removal_looked_as_a_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("looked_by", None),
                            models.Q(("looked_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="inbox_hand_removal_seen_by_another",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Moderation",
            fields=[
                identity(),
                federation(),
                ("intent_key", models.CharField(max_length=40)),
                ("by_hand", models.BooleanField(default=False)),
                ("written_at", models.DateTimeField()),
                ("state", models.CharField(default="written", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("not_before", models.DateTimeField(blank=True, null=True)),
                ("receipt", models.JSONField(blank=True, null=True)),
                ("because", models.CharField(blank=True, max_length=40)),
                ("what_next", models.CharField(blank=True, max_length=12)),
                ("differences", models.JSONField(default=list)),
                ("item", models.ForeignKey("inbox.item", models.PROTECT, related_name="moderations")),
                ("item_version", models.CharField(max_length=128)),
                ("how", models.CharField(max_length=8)),
                ("reason", models.CharField(blank=True, max_length=10)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("decision", models.BigIntegerField()),
                ("owes", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("by_hand", False), ("state__in", ["written", "sent", "unknown"])),
                        fields=["federation", "not_before", "id"],
                        name="inbox_moderation_to_advance",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "different", "sent", "unknown", "written"])
                        ),
                        fields=("federation", "item"),
                        name="inbox_one_live_moderation",
                    ),
                    models.UniqueConstraint(fields=("federation", "intent_key"), name="inbox_moderation_key"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemVersion",
            fields=[
                identity(),
                federation(),
                ("item", models.ForeignKey("inbox.item", models.PROTECT, related_name="versions")),
                ("number", models.PositiveIntegerField()),
                ("version", models.CharField(max_length=128)),
                ("text", models.TextField()),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "item", "number"), name="inbox_version_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                identity(),
                federation(),
                ("intent_key", models.CharField(max_length=40)),
                ("by_hand", models.BooleanField(default=False)),
                ("written_at", models.DateTimeField()),
                ("state", models.CharField(default="written", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("not_before", models.DateTimeField(blank=True, null=True)),
                ("receipt", models.JSONField(blank=True, null=True)),
                ("because", models.CharField(blank=True, max_length=40)),
                ("what_next", models.CharField(blank=True, max_length=12)),
                ("differences", models.JSONField(default=list)),
                ("item", models.ForeignKey("inbox.item", models.PROTECT, related_name="answers")),
                ("item_version", models.CharField(max_length=128)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("text", models.TextField()),
                ("language", models.CharField(default="en", max_length=8)),
                ("acknowledges_only", models.BooleanField(default=False)),
                ("stops_the_clock", models.BooleanField(default=False)),
                ("below_post", models.BooleanField(default=False)),
                ("decision", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("by_hand", False), ("state__in", ["written", "sent", "unknown"])),
                        fields=["federation", "not_before", "id"],
                        name="inbox_answer_to_advance",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "different", "sent", "unknown", "written"])
                        ),
                        fields=("federation", "item"),
                        name="inbox_one_live_answer",
                    ),
                    models.UniqueConstraint(fields=("federation", "intent_key"), name="inbox_answer_key"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorStep",
            fields=[
                identity(),
                federation(),
                ("intent_key", models.CharField(max_length=40)),
                ("by_hand", models.BooleanField(default=False)),
                ("written_at", models.DateTimeField()),
                ("state", models.CharField(default="written", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("not_before", models.DateTimeField(blank=True, null=True)),
                ("receipt", models.JSONField(blank=True, null=True)),
                ("because", models.CharField(blank=True, max_length=40)),
                ("what_next", models.CharField(blank=True, max_length=12)),
                ("differences", models.JSONField(default=list)),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="+")),
                ("item", models.ForeignKey("inbox.item", models.PROTECT, related_name="author_steps")),
                ("author_id_there", models.CharField(max_length=300)),
                ("how", models.CharField(max_length=8)),
                ("reason", models.CharField(blank=True, max_length=10)),
                ("until", models.DateField(null=True)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                (
                    "agreed_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
                ("number", models.CharField(blank=True, max_length=100)),
                ("ends", models.ForeignKey("inbox.authorstep", models.PROTECT, null=True, related_name="+")),
                ("decision", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("by_hand", False), ("state__in", ["written", "sent", "unknown"])),
                        fields=["federation", "not_before", "id"],
                        name="inbox_author_to_advance",
                    ),
                    models.Index(
                        fields=["federation", "account", "author_id_there"], name="inbox_author_steps"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "different", "sent", "unknown", "written"])
                        ),
                        fields=("federation", "account", "author_id_there", "how"),
                        name="inbox_one_live_author_step",
                    ),
                    models.UniqueConstraint(
                        fields=("federation", "intent_key"), name="inbox_author_step_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by", None),
                            models.Q(("agreed_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="inbox_author_step_agreed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "block"), ("until__isnull", False)),
                            models.Q(models.Q(("how", "block"), _negated=True), ("until", None)),
                            _connector="OR",
                        ),
                        name="inbox_only_a_block_has_an_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                identity(),
                federation(),
                ("item", models.ForeignKey("inbox.item", models.PROTECT, related_name="evidence")),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Removal",
            fields=[
                identity(),
                federation(),
                ("item", models.ForeignKey("inbox.item", models.PROTECT, related_name="removals")),
                ("moderation", models.ForeignKey("inbox.moderation", models.PROTECT, related_name="+")),
                ("code", models.CharField(max_length=12)),
                ("house_rule", models.JSONField(default=dict)),
                ("copied", models.BooleanField(default=True)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("federation", "item"),
                        name="inbox_one_removal",
                    ),
                    models.UniqueConstraint(fields=("federation", "code"), name="inbox_removal_code"),
                ]
            },
        ),
        migrations.CreateModel(
            name="NoticeWording",
            fields=[
                identity(),
                federation(),
                ("clause", models.CharField(max_length=80)),
                ("language", models.CharField(max_length=5)),
                ("words", models.TextField(max_length=1000)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="RemovalNotice",
            fields=[
                identity(),
                federation(),
                ("removal", models.ForeignKey("inbox.removal", models.PROTECT, related_name="notices")),
                (
                    "answer",
                    models.OneToOneField("inbox.answer", models.PROTECT, null=True, related_name="notice"),
                ),
                ("wording", models.CharField(max_length=10)),
                ("decision", models.BigIntegerField()),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                identity(),
                federation(),
                ("removal", models.ForeignKey("inbox.removal", models.PROTECT, related_name="appeals")),
                ("words", models.TextField(max_length=3000)),
                (
                    "entered_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
                ("at", models.DateTimeField()),
                ("moderator", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("state", models.CharField(default="open", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("reasons", models.TextField(blank=True, max_length=3000)),
                (
                    "decided_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
                (
                    "reversal",
                    models.ForeignKey("inbox.moderation", models.PROTECT, null=True, related_name="+"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("federation", "removal"),
                        name="inbox_one_open_appeal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", None))
                        | models.Q(("decided_by", models.F("moderator")), _negated=True),
                        name="inbox_appeal_heard_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["upheld", "dismissed"]))
                        & models.Q(("decided_by__isnull", False))
                        & models.Q(("reasons", ""), _negated=True)
                        | models.Q(("decided_by", None), ("reasons", ""), ("state__in", ["open", "settled"])),
                        name="inbox_appeal_decided_with_reasons",
                    ),
                ]
            },
        ),
    ]
