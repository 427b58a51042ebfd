"""The inbox: items, answers and moderation."""

from datetime import UTC, datetime

import django.db.models.functions.comparison
import django.db.models.manager
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

import schoolgate.inbox.models
from schoolgate.core.tenancy import federation, identity


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
            name="CommentMapping",
            fields=[
                identity(),
                ("name", models.CharField(max_length=80)),
                ("shape", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=dict)),
                ("defaults", models.JSONField(default=dict)),
                ("words", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
                federation(),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["federation", "shape", "-id"], name="inbox_mapping_by_shape")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "name"), name="inbox_mapping_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="inbox_mapping_named"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommentImport",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=20)),
                ("file", models.CharField(blank=True, max_length=64)),
                ("content", models.CharField(max_length=64)),
                ("encoding", models.CharField(blank=True, max_length=20)),
                ("lines", models.PositiveIntegerField()),
                ("counts", models.JSONField(default=dict)),
                ("ended_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "mapping",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="inbox.commentmapping"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["federation", "by", "-id"], name="inbox_import_of_person"),
                    models.Index(
                        condition=models.Q(("file", ""), _negated=True),
                        fields=["federation", "at"],
                        name="inbox_import_with_file",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="inbox_import_ended_or_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("file", ""), ("state", "open"), _negated=True),
                        name="inbox_import_open_has_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupMessage",
            fields=[
                identity(),
                ("to", models.CharField(max_length=10)),
                ("group", models.CharField(max_length=120)),
                ("people", models.PositiveIntegerField()),
                ("public", models.BooleanField()),
                ("purpose", models.CharField(max_length=30)),
                ("reason", models.TextField(blank=True, max_length=1000)),
                ("implications", models.TextField(blank=True, max_length=1000)),
                ("text", models.TextField(max_length=5000)),
                ("decision", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="accounts.account"),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "school",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "-id"], name="inbox_message_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("people__gte", 1)), name="inbox_message_to_people"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                identity(),
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
                ("due_words", models.CharField(max_length=15)),
                ("due_at", models.DateTimeField(null=True)),
                ("due_day", models.DateField(null=True)),
                (
                    "answer_by",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            models.F("due_at"),
                            schoolgate.inbox.models.EndOfDay(models.F("due_day")),
                            models.Value(datetime(9999, 1, 1, 0, 0, tzinfo=UTC)),
                        ),
                        output_field=models.DateTimeField(),
                    ),
                ),
                ("decision", models.BigIntegerField(null=True)),
                ("state", models.CharField(default="open", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("close_reason", models.CharField(blank=True, max_length=20)),
                ("language", models.CharField(blank=True, db_default="", default="", max_length=12)),
                ("worded", models.BooleanField(db_default=False, default=False)),
                ("letters_unsure", models.BooleanField(db_default=False, default=False)),
                ("lane", models.CharField(db_default="other", default="other", max_length=13)),
                ("goes_first", models.PositiveSmallIntegerField(db_default=6, default=6)),
                ("rank", models.PositiveSmallIntegerField(db_default=89, default=89)),
                ("why", models.JSONField(db_default=models.Value([], models.JSONField()), default=list)),
                ("locked_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="accounts.account"),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                federation(),
                (
                    "pasted_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="publishing.post"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
            ],
            options={
                "base_manager_name": "every",
                "indexes": [
                    models.Index(fields=["federation", "state", "-id"], name="inbox_item_by_state"),
                    models.Index(fields=["federation", "-id"], name="inbox_item_newest"),
                    models.Index(
                        fields=["federation", "state", "goes_first", "answer_by", "id"],
                        name="inbox_item_by_due",
                    ),
                    models.Index(fields=["federation", "lane", "state", "-id"], name="inbox_item_of_lane"),
                    models.Index(
                        condition=models.Q(("locked_at__isnull", False)),
                        fields=["federation", "-id"],
                        name="inbox_item_locked",
                    ),
                    models.Index(
                        fields=["federation", "school", "state", "-id"], name="inbox_item_of_school"
                    ),
                    models.Index(
                        fields=["federation", "account", "state", "-id"], name="inbox_item_of_account"
                    ),
                    models.Index(fields=["federation", "kind", "state", "-id"], name="inbox_item_of_kind"),
                    models.Index(
                        fields=["federation", "language", "state", "-id"], name="inbox_item_of_language"
                    ),
                    models.Index(fields=["federation", "received_at", "id"], name="inbox_item_received"),
                    models.Index(
                        fields=["federation", "school", "received_at", "id"], name="inbox_item_school_time"
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["federation", "school", "goes_first", "answer_by", "id"],
                        name="inbox_item_school_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["federation", "account", "goes_first", "answer_by", "id"],
                        name="inbox_item_account_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["federation", "lane", "goes_first", "answer_by", "id"],
                        name="inbox_item_lane_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["federation", "kind", "goes_first", "answer_by", "id"],
                        name="inbox_item_kind_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["federation", "language", "goes_first", "answer_by", "id"],
                        name="inbox_item_language_due",
                    ),
                    models.Index(
                        condition=models.Q(("assigned_to__isnull", False)),
                        fields=["federation", "assigned_to", "state", "-id"],
                        name="inbox_item_assigned",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("kept_back", ""), ("private", False), ("released", False), ("state", "open")
                        ),
                        fields=["federation", "-id"],
                        name="inbox_item_unread",
                    ),
                    models.Index(
                        condition=models.Q(("author_id_there", ""), _negated=True),
                        fields=["federation", "author_id_there", "-id"],
                        name="inbox_item_of_author",
                    ),
                    models.Index(
                        condition=models.Q(("worded", False)),
                        fields=["federation", "-id"],
                        name="inbox_item_unworded",
                    ),
                    models.Index(
                        condition=models.Q(("destroyed_at", None), ("state__in", ["answered", "closed"])),
                        fields=["federation", "state_at", "id"],
                        name="inbox_item_over",
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
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("every", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="HandRemoval",
            fields=[
                identity(),
                ("how", models.CharField(max_length=8)),
                ("at", models.DateTimeField()),
                ("gone", models.BooleanField(null=True)),
                ("looked_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "looked_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="hand_removals", to="inbox.item"
                    ),
                ),
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
            name="Evidence",
            fields=[
                identity(),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "item",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="evidence", to="inbox.item"),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="AuthorStep",
            fields=[
                identity(),
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
                ("said", models.CharField(blank=True, default="", max_length=300)),
                ("differences", models.JSONField(default=list)),
                ("author_id_there", models.CharField(max_length=300)),
                ("how", models.CharField(max_length=8)),
                ("reason", models.CharField(blank=True, max_length=10)),
                ("until", models.DateField(null=True)),
                ("number", models.CharField(blank=True, max_length=100)),
                ("decision", models.BigIntegerField()),
                ("owes", models.JSONField(default=dict)),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="accounts.account"),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "ends",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="inbox.authorstep"
                    ),
                ),
                federation(),
                (
                    "item",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="author_steps", to="inbox.item"),
                ),
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
                            ("state__in", ["asked", "different", "sent", "unknown", "written"]),
                            models.Q(("how", "report"), _negated=True),
                        ),
                        fields=("federation", "account", "author_id_there", "how"),
                        name="inbox_one_live_author_step",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("how", "report"),
                            ("state__in", ["asked", "confirmed", "different", "sent", "unknown", "written"]),
                        ),
                        fields=("federation", "item"),
                        name="inbox_one_standing_report",
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
            name="Answer",
            fields=[
                identity(),
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
                ("said", models.CharField(blank=True, default="", max_length=300)),
                ("differences", models.JSONField(default=list)),
                ("item_version", models.CharField(max_length=128)),
                ("text", models.TextField()),
                ("language", models.CharField(default="en", max_length=8)),
                ("acknowledges_only", models.BooleanField(default=False)),
                ("stops_the_clock", models.BooleanField(default=False)),
                ("below_post", models.BooleanField(default=False)),
                ("unseen", models.CharField(blank=True, db_default="", default="", max_length=10)),
                ("seen_at", models.DateTimeField(null=True)),
                ("gone_at", models.DateTimeField(null=True)),
                ("decision", models.BigIntegerField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "item",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="answers", to="inbox.item"),
                ),
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
            name="ItemNote",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("text", models.TextField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                ("item", models.ForeignKey(on_delete=models.PROTECT, related_name="notes", to="inbox.item")),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="ItemPhoto",
            fields=[
                identity(),
                ("digest", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=20)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                ("item", models.ForeignKey(on_delete=models.PROTECT, related_name="photos", to="inbox.item")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "item", "digest"), name="inbox_photo_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="ItemVersion",
            fields=[
                identity(),
                ("number", models.PositiveIntegerField()),
                ("version", models.CharField(max_length=128)),
                ("text", models.TextField()),
                ("seen_at", models.DateTimeField()),
                federation(),
                (
                    "item",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="versions", to="inbox.item"),
                ),
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
            name="ItemWord",
            fields=[
                identity(),
                ("word", models.CharField(db_collation="C", max_length=40)),
                federation(),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False, on_delete=models.PROTECT, related_name="+", to="inbox.item"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=models.DO_NOTHING,
                        related_name="+",
                        to="core.school",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "school", "word", "item"], name="inbox_word_of_school"
                    ),
                    models.Index(fields=["federation", "item"], name="inbox_word_of_item"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "word", "item"), name="inbox_word_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                identity(),
                ("item_version", models.CharField(max_length=128)),
                ("reason", models.CharField(blank=True, max_length=10)),
                ("relation", models.CharField(blank=True, max_length=10)),
                ("house_rule", models.CharField(blank=True, max_length=10)),
                ("reported_at", models.DateTimeField(null=True)),
                ("named", models.BooleanField(null=True)),
                ("rude", models.BooleanField(null=True)),
                ("abusive", models.BooleanField(null=True)),
                ("friend", models.BooleanField(null=True)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "item",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="judgements", to="inbox.item"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "item", "-id"], name="inbox_judgement_newest")]
            },
        ),
        migrations.CreateModel(
            name="AbuseReport",
            fields=[
                identity(),
                ("roles", models.JSONField()),
                ("clauses", models.JSONField()),
                ("decision", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "read_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="abuse_reports", to="inbox.item"
                    ),
                ),
                (
                    "judgement",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="inbox.judgement"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("read_at", None)),
                        fields=("federation", "item"),
                        name="inbox_one_unread_report",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at", None), ("read_by", None)),
                            models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="inbox_report_read_by_a_person",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="MailAddress",
            fields=[
                identity(),
                ("code", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="accounts.account"),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "code"), name="inbox_mail_code_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("federation", "account"),
                        name="inbox_mail_address_once",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Moderation",
            fields=[
                identity(),
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
                ("said", models.CharField(blank=True, default="", max_length=300)),
                ("differences", models.JSONField(default=list)),
                ("item_version", models.CharField(max_length=128)),
                ("how", models.CharField(max_length=8)),
                ("reason", models.CharField(blank=True, max_length=10)),
                ("decision", models.BigIntegerField()),
                ("owes", models.JSONField(default=dict)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "item",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="moderations", to="inbox.item"),
                ),
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
            name="NoticeWording",
            fields=[
                identity(),
                ("clause", models.CharField(max_length=80)),
                ("language", models.CharField(max_length=5)),
                ("words", models.TextField(max_length=1000)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="OwnPhrase",
            fields=[
                identity(),
                ("lane", models.CharField(max_length=13)),
                ("language", models.CharField(max_length=2)),
                ("words", models.CharField(max_length=80)),
                ("off", models.BooleanField(default=False)),
                ("because", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("federation", "lane", "language", "words"),
                        name="inbox_phrase_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("off", False), models.Q(("because", ""), _negated=True), _connector="OR"
                        ),
                        name="inbox_phrase_off_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="inbox_phrase_ended_by_a_person",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="PhotoWords",
            fields=[
                identity(),
                ("asked_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("lines", ArrayField(base_field=models.TextField(), null=True, size=None)),
                ("reader", models.CharField(blank=True, max_length=40)),
                ("digest", models.CharField(max_length=64)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "by", "digest"), name="inbox_photo_words_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lines", None), ("read_at__isnull", False), _connector="OR"),
                        name="inbox_photo_words_read_at_a_time",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ReaderCare",
            fields=[
                identity(),
                ("shows_words", models.BooleanField(default=False)),
                ("day", models.DateField()),
                ("seen", models.JSONField(default=list)),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "person"), name="inbox_reader_care_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="Removal",
            fields=[
                identity(),
                ("code", models.CharField(max_length=12)),
                ("house_rule", models.JSONField(default=dict)),
                ("copied", models.BooleanField(default=True)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "item",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="removals", to="inbox.item"),
                ),
                (
                    "moderation",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="inbox.moderation"),
                ),
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
            name="Appeal",
            fields=[
                identity(),
                ("words", models.TextField(max_length=3000)),
                ("at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("reasons", models.TextField(blank=True, max_length=3000)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "moderator",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
                (
                    "reversal",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="inbox.moderation"
                    ),
                ),
                (
                    "removal",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="appeals", to="inbox.removal"),
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
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("moderator")), _negated=True),
                            _connector="OR",
                        ),
                        name="inbox_appeal_heard_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["upheld", "dismissed"]),
                                ("decided_by__isnull", False),
                                models.Q(("reasons", ""), _negated=True),
                            ),
                            models.Q(
                                ("decided_by", None), ("reasons", ""), ("state__in", ["open", "settled"])
                            ),
                            _connector="OR",
                        ),
                        name="inbox_appeal_decided_with_reasons",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="RemovalNotice",
            fields=[
                identity(),
                ("wording", models.CharField(max_length=10)),
                ("says", models.JSONField(null=True)),
                ("decision", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.OneToOneField(
                        null=True, on_delete=models.PROTECT, related_name="notice", to="inbox.answer"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "removal",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="notices", to="inbox.removal"),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="ResponseProcess",
            fields=[
                identity(),
                ("words", models.TextField(max_length=5000)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                identity(),
                ("name", models.CharField(max_length=40)),
                ("shared", models.BooleanField(default=False)),
                ("chosen", models.JSONField()),
                ("made_at", models.DateTimeField()),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "person", "name"), name="inbox_view_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="inbox_view_named"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="WriterStep",
            fields=[
                identity(),
                ("what", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("words", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "item",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="writer_steps", to="inbox.item"),
                ),
            ],
            options={"abstract": False},
        ),
    ]
