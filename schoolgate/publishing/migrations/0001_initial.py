"""Posts: editions, approvals, deliveries and what was there before."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity
from schoolgate.core.tenancy import federation_in_scope


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("accounts", "0001_initial"),
        ("core", "0001_initial"),
        ("media", "0001_initial"),
        ("people", "0001_initial"),
        ("policy", "0001_initial"),
        ("pupils", "0001_initial"),
    ]
    operations = [
        migrations.CreateModel(
            name="Delivery",
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
                ("purpose", models.CharField(default="publish", max_length=10)),
                ("text", models.TextField(blank=True)),
                ("language", models.CharField(default="en", max_length=8)),
                ("parts", models.JSONField(default=list)),
                ("pictures", models.JSONField(default=list)),
                ("card", models.JSONField(default=dict)),
                ("seen", models.CharField(blank=True, max_length=64)),
                ("proof", models.CharField(blank=True, default="", max_length=6)),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="accounts.account"),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="take_downs",
                        to="publishing.delivery",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "indexes": [
                    models.Index(
                        condition=models.Q(("by_hand", False), ("state__in", ["written", "sent", "unknown"])),
                        fields=["federation", "not_before", "id"],
                        name="publishing_delivery_to_advance",
                    ),
                    models.Index(
                        condition=models.Q(("by_hand", True), ("state", "written")),
                        fields=["federation", "id"],
                        name="publishing_delivery_by_hand",
                    ),
                    models.Index(fields=["federation", "account", "-id"], name="publishing_of_account"),
                    models.Index(
                        condition=models.Q(("purpose", "publish")),
                        fields=["federation", "written_at"],
                        name="publishing_delivery_begun",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("purpose", "take_down"),
                            ("state__in", ["asked", "confirmed", "different", "sent", "unknown", "written"]),
                        ),
                        fields=("federation", "of"),
                        name="publishing_one_standing_take_down",
                    ),
                    models.UniqueConstraint(
                        fields=("federation", "intent_key"), name="publishing_intent_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("of", None), ("purpose", "publish")),
                            models.Q(("of__isnull", False), ("purpose", "take_down")),
                            _connector="OR",
                        ),
                        name="publishing_take_down_undoes_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AddressMended",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("before", models.TextField()),
                ("after", models.TextField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="addresses_mended", to="publishing.delivery"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="OwnerPermission",
            fields=[
                identity(),
                ("what", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=200)),
                ("owner", models.CharField(max_length=200)),
                ("form", models.CharField(max_length=8)),
                ("by_line", models.CharField(blank=True, max_length=200)),
                ("limits", models.CharField(blank=True, max_length=500)),
                ("given_on", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("scan", models.CharField(blank=True, max_length=64)),
                ("scan_type", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                ("school", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="core.school")),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "school", "-at", "-id"], name="publishing_owner_of_school"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="publishing_owner_ended_by_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("given_on")), _connector="OR"
                        ),
                        name="publishing_owner_until_after_given",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnerPermissionPlace",
            fields=[
                identity(),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="accounts.account"),
                ),
                federation(),
                (
                    "permission",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="places", to="publishing.ownerpermission"
                    ),
                ),
            ],
            options={
                "ordering": ("account_id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "permission", "account"), name="publishing_owner_place_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PastImport",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("content", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("file", models.CharField(blank=True, max_length=40)),
                ("state", models.CharField(default="reading", max_length=12)),
                ("state_at", models.DateTimeField()),
                ("heard_at", models.DateTimeField()),
                ("because", models.CharField(blank=True, max_length=40)),
                ("found", models.JSONField(default=dict)),
                ("owner", models.JSONField(default=dict)),
                ("whose", models.CharField(default="not_told", max_length=10)),
                ("whose_because", models.CharField(blank=True, max_length=300)),
                ("made_on", models.DateField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("pieces", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("already", models.PositiveIntegerField(default=0)),
                ("left_out", models.JSONField(default=dict)),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="accounts.account"),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
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
                identity(),
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
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="accounts.account"),
                ),
                federation(),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="posts", to="publishing.pastimport"
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
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PastWord",
            fields=[
                identity(),
                ("token", models.CharField(db_collation="C", max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "federation",
                    models.ForeignKey(
                        db_index=False,
                        default=federation_in_scope,
                        editable=False,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="core.federation",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False, on_delete=models.CASCADE, related_name="+", to="publishing.pastpost"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "token", "at", "post"], name="publishing_past_word"),
                    models.Index(fields=["federation", "post"], name="publishing_past_word_of_post"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                identity(),
                ("text", models.TextField(blank=True)),
                ("language", models.CharField(blank=True, max_length=8)),
                ("other_text", models.TextField(blank=True)),
                ("planned_at", models.DateTimeField(blank=True, null=True)),
                ("answers", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("state", models.CharField(default="draft", max_length=12)),
                ("state_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                ("sent_back_because", models.TextField(blank=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("author", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "repeat_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="repeats",
                        to="publishing.post",
                    ),
                ),
                ("school", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="core.school")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "-id"], name="publishing_post_newest"),
                    models.Index(fields=["federation", "state", "-id"], name="publishing_post_by_state"),
                    models.Index(fields=["federation", "school", "-id"], name="publishing_post_of_school"),
                    models.Index(fields=["federation", "author", "-id"], name="publishing_post_of_author"),
                    models.Index(
                        condition=models.Q(("state", "approved")),
                        fields=["federation", "planned_at", "id"],
                        name="publishing_post_to_send",
                    ),
                    models.Index(
                        condition=models.Q(("planned_at__isnull", False)),
                        fields=["federation", "planned_at", "id"],
                        name="publishing_post_planned",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="PassageComment",
            fields=[
                identity(),
                ("version", models.PositiveIntegerField()),
                ("passage", models.CharField(max_length=300)),
                ("comment", models.TextField()),
                ("at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="passage_comments", to="publishing.post"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["federation", "post", "id"], name="publishing_comments_of_post")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="publishing_comment_done_by_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="publishing_comment_answered_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="News",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("by_line", models.CharField(blank=True, max_length=120)),
                ("made_by", models.CharField(max_length=5)),
                ("owner", models.CharField(blank=True, max_length=120)),
                ("owner_agreed", models.BooleanField(null=True)),
                ("agreed_in_writing", models.BooleanField(null=True)),
                ("state", models.CharField(default="new", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                federation(),
                ("school", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="core.school")),
                (
                    "post",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="publishing.post"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "new")),
                        fields=["federation", "school", "-at", "-id"],
                        name="publishing_news_waiting",
                    ),
                    models.Index(fields=["federation", "by", "-at", "-id"], name="publishing_news_of_sender"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by__isnull", False), ("post__isnull", False), ("state", "used")
                            ),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("post", None),
                                ("state", "declined"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("decided_by", None), ("post", None), ("state__in", ["new", "withdrawn"])
                            ),
                            _connector="OR",
                        ),
                        name="publishing_news_ended_as_a_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("made_by", "other"),
                            models.Q(("owner", ""), ("owner_agreed", None)),
                            _connector="OR",
                        ),
                        name="publishing_news_of_another_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_in_writing", None),
                            models.Q(("owner_agreed", True), ("owner_agreed__isnull", False)),
                            _connector="OR",
                        ),
                        name="publishing_news_agreed_in_writing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                identity(),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("shown", models.JSONField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "post",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="looks", to="publishing.post"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "post", "by", "version"), name="publishing_look_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="LinkCard",
            fields=[
                identity(),
                ("address", models.TextField()),
                ("state", models.CharField(default="asked", max_length=8)),
                ("why", models.CharField(blank=True, max_length=20)),
                ("shown", models.CharField(default="words", max_length=8)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("description", models.CharField(blank=True, max_length=300)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("media_type", models.CharField(blank=True, max_length=20)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("faces", models.PositiveSmallIntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "chosen_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="link_cards", to="publishing.post"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "post", "address"), name="publishing_link_card_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "read"), _negated=True),
                            models.Q(models.Q(("title", ""), _negated=True), ("read_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="publishing_link_card_read_as_a_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shown", "picture"), _negated=True),
                            models.Q(
                                models.Q(("digest", ""), _negated=True),
                                models.Q(("faces", None), ("faces", 0), _connector="OR"),
                            ),
                            _connector="OR",
                        ),
                        name="publishing_link_card_shows_no_face",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HitAnswer",
            fields=[
                identity(),
                ("hit", models.CharField(max_length=32)),
                ("kind", models.CharField(max_length=20)),
                ("reply", models.CharField(max_length=12)),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="hit_answers", to="publishing.post"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "post", "hit"), name="publishing_hit_once")
                ]
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="post",
            field=models.ForeignKey(
                on_delete=models.PROTECT, related_name="deliveries", to="publishing.post"
            ),
        ),
        migrations.CreateModel(
            name="AnnouncedDays",
            fields=[
                identity(),
                ("days", models.JSONField(default=list)),
                ("last_day", models.DateField(null=True)),
                ("read_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(null=True)),
                ("listed", models.BooleanField(default=False)),
                ("stays_at", models.DateTimeField(null=True)),
                ("looked_at", models.DateTimeField(null=True)),
                ("look_asked_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"
                    ),
                ),
                federation(),
                (
                    "looked_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "stays_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="announced", to="publishing.post"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("asked_at", None), ("last_day__isnull", False)),
                        fields=["federation", "last_day", "id"],
                        name="publishing_announced_to_ask",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stays_at", None), ("stays_by", None)),
                            models.Q(
                                ("listed", True), ("stays_at__isnull", False), ("stays_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="publishing_announced_stays_as_a_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("listed", False),
                            models.Q(("asked_at__isnull", False), ("last_day__isnull", False)),
                            _connector="OR",
                        ),
                        name="publishing_announced_listed_when_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("looked_at", None), ("looked_by", None)),
                            models.Q(("looked_at__isnull", False), ("looked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="publishing_announced_looked_by_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostMark",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=40)),
                ("whom", models.CharField(blank=True, max_length=12)),
                ("note", models.TextField(blank=True)),
                ("seen", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("found", models.BooleanField(null=True)),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
                ("judged_seen", models.CharField(blank=True, max_length=64)),
                federation(),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="marks", to="publishing.post"),
                ),
                (
                    "raised_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("found", None), ("judged_at", None), ("judged_by", None), ("judged_seen", "")
                            ),
                            models.Q(
                                ("found__isnull", False),
                                ("judged_at__isnull", False),
                                ("judged_by__isnull", False),
                                models.Q(("judged_seen", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="publishing_mark_judged_as_a_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PostPerson",
            fields=[
                identity(),
                ("place", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("relation", models.CharField(blank=True, max_length=12)),
                ("shown", models.BooleanField(null=True)),
                ("named", models.CharField(blank=True, max_length=10)),
                ("consent", models.BooleanField(null=True)),
                ("consent_written", models.BooleanField(null=True)),
                ("consent_by", models.CharField(blank=True, max_length=12)),
                ("leadership_agrees", models.BooleanField(null=True)),
                ("opted_out", models.BooleanField(null=True)),
                ("do_not_publish", models.BooleanField(null=True)),
                ("at_school_activity", models.BooleanField(null=True)),
                federation(),
                (
                    "post",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="people", to="publishing.post"),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="pupils.pupil"
                    ),
                ),
            ],
            options={
                "ordering": ("place",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "post", "place"), name="publishing_person_place"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PostPicture",
            fields=[
                identity(),
                ("place", models.PositiveSmallIntegerField()),
                federation(),
                (
                    "picture",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="placed", to="media.picture"),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="placed", to="publishing.post"),
                ),
            ],
            options={
                "ordering": ("place",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "post", "place"), name="publishing_picture_place"
                    ),
                    models.UniqueConstraint(
                        fields=("federation", "post", "picture"), name="publishing_picture_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 1), ("place__lte", 4)),
                        name="publishing_picture_up_to_four",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostReactions",
            fields=[
                identity(),
                ("day", models.DateField()),
                ("likes", models.PositiveIntegerField(null=True)),
                ("shares", models.PositiveIntegerField(null=True)),
                ("replies", models.PositiveIntegerField(null=True)),
                ("quotes", models.PositiveIntegerField(null=True)),
                ("views", models.PositiveIntegerField(null=True)),
                ("parts", models.JSONField(default=list)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="reactions", to="publishing.delivery"
                    ),
                ),
                federation(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "delivery", "day"), name="publishing_reactions_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="PostTarget",
            fields=[
                identity(),
                ("text", models.TextField()),
                ("language", models.CharField(default="en", max_length=8)),
                ("as_thread", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="accounts.account"),
                ),
                federation(),
                (
                    "post",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="targets", to="publishing.post"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "post", "account"), name="publishing_target_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="PostWriter",
            fields=[
                identity(),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("wrote_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("page", models.CharField(blank=True, max_length=32)),
                ("before", models.PositiveIntegerField(default=0)),
                ("after", models.PositiveIntegerField(default=0)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "post",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="writers", to="publishing.post"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "post", "person"), name="publishing_writer_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at", None), ("added_by__isnull", False), _connector="OR"),
                        name="publishing_writer_ended_was_added",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ReadyAccount",
            fields=[
                identity(),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="accounts.account"),
                ),
                federation(),
            ],
        ),
        migrations.CreateModel(
            name="ReadySender",
            fields=[
                identity(),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
        ),
        migrations.CreateModel(
            name="ReadyText",
            fields=[
                identity(),
                ("emergency", models.BooleanField(default=False)),
                ("for_replies", models.BooleanField(db_default=False, default=False)),
                ("created_at", models.DateTimeField()),
                ("retire_asked_at", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "retire_asked_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retire_asked_at", None), ("retire_asked_by", None)),
                            models.Q(("retire_asked_at__isnull", False), ("retire_asked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="publishing_retiring_asked_by_somebody_at_a_time",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="ReadyVersion",
            fields=[
                identity(),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=80)),
                ("english", models.TextField(blank=True)),
                ("welsh", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("state", models.CharField(max_length=8)),
                ("state_at", models.DateTimeField()),
                ("until", models.DateField(blank=True, null=True)),
                ("answers", models.JSONField(default=dict)),
                ("returned_because", models.TextField(blank=True)),
                (
                    "accounts",
                    models.ManyToManyField(
                        related_name="+", through="publishing.ReadyAccount", to="accounts.account"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "senders",
                    models.ManyToManyField(
                        related_name="+", through="publishing.ReadySender", to="people.person"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="versions", to="publishing.readytext"
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "text", "number"), name="publishing_ready_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), ("until", None)),
                            models.Q(models.Q(("state", "ready"), _negated=True), ("until__isnull", False)),
                            _connector="OR",
                        ),
                        name="publishing_ready_emergency_ends",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="readysender",
            name="version",
            field=models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="publishing.readyversion"),
        ),
        migrations.CreateModel(
            name="ReadyApproval",
            fields=[
                identity(),
                ("roles", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("seen", models.CharField(max_length=64)),
                ("decision", models.BigIntegerField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="approvals", to="publishing.readyversion"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "version", "by", "seen"), name="publishing_ready_approved_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="readyaccount",
            name="version",
            field=models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="publishing.readyversion"),
        ),
        migrations.AddField(
            model_name="post",
            name="emergency_text",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.PROTECT,
                related_name="sent",
                to="publishing.readyversion",
            ),
        ),
        migrations.CreateModel(
            name="RemovalSaid",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("gone", models.BooleanField(null=True)),
                ("looked_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="removals_said", to="publishing.delivery"
                    ),
                ),
                federation(),
                (
                    "looked_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("gone", None)),
                        fields=("federation", "delivery"),
                        name="publishing_removal_said_once",
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
                        name="publishing_removal_looked_as_a_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("looked_by", None),
                            models.Q(("looked_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="publishing_removal_seen_by_another",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                identity(),
                ("weekday", models.PositiveSmallIntegerField()),
                ("clock", models.TimeField()),
                (
                    "account",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="slots", to="accounts.account"),
                ),
                federation(),
            ],
            options={
                "ordering": ("account_id", "weekday", "clock"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "account", "weekday", "clock"), name="publishing_slot_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__gte", 0), ("weekday__lte", 6)),
                        name="publishing_slot_weekday",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TakeDown",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=20)),
                ("words", models.TextField(blank=True)),
                ("day", models.DateField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "withdrawal",
                    models.OneToOneField(
                        null=True, on_delete=models.PROTECT, related_name="take_down", to="pupils.withdrawal"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "-at", "-id"], name="publishing_take_down_newest"),
                    models.Index(
                        condition=models.Q(("told_at", None), ("withdrawal__isnull", False)),
                        fields=["federation", "id"],
                        name="publishing_withdrawn_to_settle",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", False), ("due_at", None), ("withdrawal", None)),
                            models.Q(("by", None), ("due_at__isnull", False), ("withdrawal__isnull", False)),
                            _connector="OR",
                        ),
                        name="publishing_take_down_by_a_person_or_withdrawal",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TakeDownPost",
            fields=[
                identity(),
                ("asked", models.BooleanField()),
                federation(),
                ("post", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="publishing.post")),
                (
                    "take_down",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="posts", to="publishing.takedown"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "take_down", "post"), name="publishing_take_down_post_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="UsedPermission",
            fields=[
                identity(),
                federation(),
                (
                    "permission",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="uses", to="publishing.ownerpermission"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="used_permissions", to="publishing.post"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "post", "permission"), name="publishing_permission_used_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WelshReading",
            fields=[
                identity(),
                ("asked_at", models.DateTimeField()),
                ("same", models.BooleanField(null=True)),
                ("words", models.TextField(blank=True)),
                ("said_at", models.DateTimeField(null=True)),
                ("seen", models.CharField(blank=True, max_length=64)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="welsh_readings", to="publishing.post"
                    ),
                ),
                ("reader", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("said_at", None), ("same", None), ("seen", "")),
                            models.Q(
                                ("said_at__isnull", False),
                                ("same__isnull", False),
                                models.Q(("seen", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="publishing_welsh_answered_as_a_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("same", None)),
                        fields=("federation", "post", "reader"),
                        name="publishing_welsh_asked_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                identity(),
                ("roles", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("seen", models.CharField(max_length=64)),
                ("decision", models.BigIntegerField()),
                ("lapsed_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="approvals", to="publishing.post"
                    ),
                ),
                (
                    "welsh",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="publishing.welshreading"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lapsed_at", None)),
                        fields=("federation", "post", "by"),
                        name="publishing_one_approval",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="WithdrawnCopy",
            fields=[
                identity(),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="withdrawn", to="publishing.delivery"
                    ),
                ),
                federation(),
                (
                    "take_down",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="copies", to="publishing.takedown"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "take_down", "delivery"), name="publishing_withdrawn_copy_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="CardWords",
            fields=[
                identity(),
                ("asked_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("lines", ArrayField(base_field=models.TextField(), null=True, size=None)),
                ("reader", models.CharField(blank=True, max_length=40)),
                federation(),
                (
                    "card",
                    models.OneToOneField(
                        on_delete=models.CASCADE, related_name="words_read", to="publishing.linkcard"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lines", None), ("read_at__isnull", False), _connector="OR"),
                        name="publishing_card_words_read_at_a_time",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="LiveChange",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("gone", models.BooleanField()),
                ("parts", models.JSONField(default=list)),
                ("words_ref", models.BigIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("how", models.CharField(blank=True, max_length=12)),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="live_changes", to="publishing.delivery"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "delivery", "-id"], name="publishing_changes_of_copy")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("federation", "delivery"),
                        name="publishing_one_open_change",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None), ("how", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="publishing_change_ended_as_a_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LiveCheck",
            fields=[
                identity(),
                ("next_at", models.DateTimeField(null=True)),
                ("looked_at", models.DateTimeField(null=True)),
                ("unread_since", models.DateTimeField(null=True)),
                ("missing_since", models.DateTimeField(null=True)),
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="live_check", to="publishing.delivery"
                    ),
                ),
                federation(),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)),
                        fields=["federation", "next_at"],
                        name="publishing_live_to_look",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="NewsPicture",
            fields=[
                identity(),
                ("place", models.PositiveSmallIntegerField()),
                federation(),
                (
                    "news",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="placed", to="publishing.news"),
                ),
                (
                    "picture",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="media.picture"),
                ),
            ],
            options={
                "ordering": ("place",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "news", "place"), name="publishing_news_place"
                    ),
                    models.UniqueConstraint(
                        fields=("federation", "news", "picture"), name="publishing_news_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 1), ("place__lte", 4)),
                        name="publishing_news_up_to_four",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnDetail",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=20)),
                ("words", models.CharField(max_length=200)),
                ("plain", models.CharField(max_length=200)),
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
                ("school", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="core.school")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("federation", "school", "plain"),
                        name="publishing_own_detail_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="publishing_own_detail_ended_by_a_person",
                    ),
                ]
            },
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ["asked", "different", "failed"])),
                fields=["federation", "post"],
                name="publishing_delivery_refused",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("purpose", "publish"),
                    ("state__in", ["asked", "confirmed", "different", "sent", "unknown", "written"]),
                ),
                fields=("federation", "post", "account"),
                name="publishing_one_standing_post",
            ),
        ),
        migrations.AddConstraint(
            model_name="readysender",
            constraint=models.UniqueConstraint(
                fields=("federation", "version", "person"), name="publishing_ready_sender"
            ),
        ),
        migrations.AddConstraint(
            model_name="readyaccount",
            constraint=models.UniqueConstraint(
                fields=("federation", "version", "account"), name="publishing_ready_account"
            ),
        ),
    ]
