"""Policies: versions, readings, decisions, rulings, acknowledgements and training."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from schoolgate.core.tenancy.columns import federation, identity


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="PackText",
            fields=[
                identity(),
                federation(),
                ("digest", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("added_by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "digest"), name="policy_text_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                identity(),
                federation(),
                ("pack_key", models.CharField(max_length=60)),
                ("number", models.PositiveIntegerField()),
                (
                    "text",
                    models.ForeignKey(
                        "policy.packtext", models.PROTECT, blank=True, null=True, related_name="+"
                    ),
                ),
                ("text_version", models.CharField(blank=True, max_length=60)),
                ("text_digest", models.CharField(max_length=64)),
                ("state", models.CharField(default="draft", max_length=12)),
                (
                    "drafted_by",
                    models.ForeignKey(
                        "people.person", models.PROTECT, blank=True, null=True, related_name="+"
                    ),
                ),
                ("material_changes", models.TextField(blank=True, max_length=10000)),
                ("adopted_on", models.DateField(blank=True, null=True)),
                ("stated", models.JSONField(default=dict)),
                ("minute_reference", models.CharField(blank=True, max_length=200)),
                ("scan", models.CharField(blank=True, max_length=64)),
                ("scan_type", models.CharField(blank=True, max_length=60)),
                ("before_us", models.BooleanField(default=False)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        "people.person", models.PROTECT, blank=True, null=True, related_name="+"
                    ),
                ),
                ("decision", models.BigIntegerField(blank=True, null=True)),
                ("in_force_from", models.DateTimeField(blank=True, null=True)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("review_due", models.DateField(blank=True, null=True)),
                ("review_words", models.CharField(blank=True, max_length=60)),
                ("owner_role", models.CharField(blank=True, max_length=120)),
                ("roles_removed", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "pack_key", "number"), name="policy_version_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")),
                        fields=("federation",),
                        name="policy_one_version_in_force",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "adopted")),
                        fields=("federation",),
                        name="policy_one_version_to_come",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "superseded"), ("superseded_at__isnull", False)),
                            models.Q(
                                models.Q(("state", "superseded"), _negated=True), ("superseded_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="policy_superseded_at_as_its_state_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("adopted_on__isnull", False),
                                ("in_force_from__isnull", False),
                                ("state__in", ["adopted", "in_force", "superseded"]),
                            ),
                            ("state__in", ["draft", "withdrawn"]),
                            _connector="OR",
                        ),
                        name="policy_adopted_as_its_state_says",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                identity(),
                federation(),
                (
                    "version",
                    models.ForeignKey("policy.policyversion", models.PROTECT, related_name="readings"),
                ),
                ("number", models.PositiveIntegerField()),
                ("bindings_digest", models.CharField(max_length=64)),
                ("changes", models.JSONField(default=dict)),
                ("because", models.TextField(blank=True, max_length=2000)),
                (
                    "signed_by",
                    models.ForeignKey(
                        "people.person", models.PROTECT, blank=True, null=True, related_name="+"
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "version", "number"), name="policy_reading_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at", None), ("signed_by", None)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="policy_reading_signed_by_and_at_together",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ReadingDraft",
            fields=[
                identity(),
                federation(),
                ("version", models.ForeignKey("policy.policyversion", models.PROTECT, related_name="drafts")),
                ("based_on", models.ForeignKey("policy.reading", models.PROTECT, related_name="+")),
                ("changes", models.JSONField(default=dict)),
                ("because", models.TextField(blank=True, max_length=2000)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("edition", models.PositiveIntegerField(default=1)),
                ("tried", models.JSONField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "version"), name="policy_one_draft_a_version"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                identity(),
                federation(),
                (
                    "version",
                    models.ForeignKey("policy.policyversion", models.PROTECT, related_name="reviews"),
                ),
                ("on", models.DateField()),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("role", models.CharField(max_length=120)),
                ("outcome", models.CharField(max_length=10)),
                ("words", models.TextField(blank=True, max_length=4000)),
                ("next_due", models.DateField(blank=True, null=True)),
                ("decision", models.BigIntegerField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "version", "id"], name="policy_review_by_version")
                ]
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                identity(),
                federation(),
                (
                    "version",
                    models.ForeignKey("policy.policyversion", models.PROTECT, related_name="suggestions"),
                ),
                ("clause", models.CharField(blank=True, max_length=80)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("words", models.TextField(max_length=4000)),
                ("to_role", models.CharField(blank=True, max_length=120)),
                ("state", models.CharField(default="open", max_length=10)),
                ("state_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        "people.person", models.PROTECT, blank=True, null=True, related_name="+"
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=4000)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "state", "-id"], name="policy_suggestion_by_state"),
                    models.Index(fields=["federation", "by", "-id"], name="policy_suggestion_mine"),
                ]
            },
        ),
        migrations.CreateModel(
            name="ClauseWording",
            fields=[
                identity(),
                federation(),
                ("clause", models.CharField(max_length=80)),
                ("digest", models.CharField(max_length=64)),
                ("section", models.CharField(blank=True, max_length=200)),
                ("says", models.TextField()),
                ("own_words", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "clause", "digest"), name="policy_wording_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="DecisionRecord",
            fields=[
                identity(),
                federation(),
                ("situation", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        "people.person", models.PROTECT, blank=True, null=True, related_name="+"
                    ),
                ),
                ("version", models.ForeignKey("policy.policyversion", models.PROTECT, related_name="+")),
                ("reading", models.ForeignKey("policy.reading", models.PROTECT, related_name="+")),
                ("outcome", models.CharField(max_length=20)),
                ("points", models.JSONField(default=dict)),
                ("body", models.JSONField()),
                ("clauses", models.JSONField(default=list)),
                ("wordings", models.JSONField(default=dict)),
                ("control_versions", models.JSONField(default=dict)),
                ("facts_digest", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name_plural": "kept decisions",
                "indexes": [
                    models.Index(fields=["federation", "subject", "id"], name="policy_kept_by_subject")
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionFacts",
            fields=[
                identity(),
                federation(),
                (
                    "kept",
                    models.OneToOneField("policy.decisionrecord", models.PROTECT, related_name="facts_row"),
                ),
                ("facts", models.JSONField()),
                ("salt", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="PolicyImport",
            fields=[
                identity(),
                federation(),
                ("name", models.CharField(max_length=200)),
                ("without_text", models.JSONField(default=list)),
                ("sentences", models.JSONField()),
                ("picks", models.JSONField(default=dict)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("federation",), name="policy_one_import")]
            },
        ),
        migrations.CreateModel(
            name="Attestation",
            fields=[
                identity(),
                federation(),
                ("kind", models.CharField(max_length=30)),
                ("subject", models.CharField(max_length=80)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                (
                    "about_person",
                    models.ForeignKey(
                        "people.person", models.PROTECT, blank=True, null=True, related_name="+"
                    ),
                ),
                ("version", models.ForeignKey("policy.policyversion", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("answer", models.BooleanField()),
                ("on_paper", models.BooleanField(default=False)),
                ("seen_digest", models.CharField(max_length=64)),
                ("note", models.TextField(blank=True, max_length=2000)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "subject", "kind", "id"], name="policy_attested_by_subject"
                    ),
                    models.Index(
                        fields=["federation", "about_person", "version", "kind", "id"],
                        name="policy_attested_about",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["policy_read", "policy_understood"]), _negated=True),
                            ("on_paper", True),
                            ("about_person", models.F("by")),
                            _connector="OR",
                        ),
                        name="policy_nobody_reads_for_another",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                identity(),
                federation(),
                (
                    "version",
                    models.ForeignKey("policy.policyversion", models.PROTECT, related_name="rulings"),
                ),
                ("tension", models.CharField(max_length=80)),
                ("role", models.CharField(max_length=120)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("from_day", models.DateField()),
                ("answer", models.CharField(max_length=15)),
                ("words", models.TextField(max_length=4000)),
                (
                    "decision",
                    models.ForeignKey(
                        "policy.decisionrecord", models.PROTECT, blank=True, null=True, related_name="+"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "version", "tension", "id"], name="policy_ruling_by_tension"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                identity(),
                federation(),
                ("what", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=60)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("from_day", models.DateField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "what", "-from_day", "-id"], name="policy_choice_newest"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Engagement",
            fields=[
                identity(),
                federation(),
                ("person", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                (
                    "works_as",
                    ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("systems_access", models.BooleanField(null=True)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "person", "-id"], name="policy_engagement_newest")
                ]
            },
        ),
        migrations.CreateModel(
            name="Asking",
            fields=[
                identity(),
                federation(),
                (
                    "version",
                    models.ForeignKey("policy.policyversion", models.PROTECT, related_name="askings"),
                ),
                ("person", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("by_mail", models.BooleanField()),
                ("decision", models.ForeignKey("policy.decisionrecord", models.PROTECT, related_name="+")),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "version", "person"), name="policy_asked_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reminded_at", None), ("reminders", 0)),
                            models.Q(("reminded_at__isnull", False), ("reminders__gt", 0)),
                            _connector="OR",
                        ),
                        name="policy_reminded_as_often_as_it_says",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ReadingLink",
            fields=[
                identity(),
                federation(),
                ("asking", models.ForeignKey("policy.asking", models.PROTECT, related_name="links")),
                ("token_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.OneToOneField(
                        "policy.attestation", models.PROTECT, blank=True, null=True, related_name="link"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "token_hash"), name="policy_link_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("federation", "asking"),
                        name="policy_one_open_link",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="policy_link_expires_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer", None), ("ended_at__isnull", False), _connector="OR"),
                        name="policy_link_answered_is_ended",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="PaperAnswer",
            fields=[
                identity(),
                federation(),
                (
                    "attestation",
                    models.OneToOneField("policy.attestation", models.PROTECT, related_name="paper"),
                ),
                ("dated", models.DateField()),
                ("scan", models.CharField(blank=True, max_length=64)),
                ("scan_type", models.CharField(blank=True, max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="UnderstandingCheck",
            fields=[
                identity(),
                federation(),
                ("person", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("version", models.ForeignKey("policy.policyversion", models.PROTECT, related_name="+")),
                ("number", models.PositiveIntegerField()),
                ("right", models.PositiveSmallIntegerField()),
                ("asked", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "person", "version", "number"), name="policy_check_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("right__lte", models.F("asked"))),
                        name="policy_check_no_more_right_than_asked",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="TrainingSession",
            fields=[
                identity(),
                federation(),
                ("on", models.DateField()),
                ("topics", ArrayField(base_field=models.CharField(max_length=120), size=None)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("version", models.ForeignKey("policy.policyversion", models.PROTECT, related_name="+")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("listed_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "-at", "-id"], name="policy_session_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("listed_at", None), ("cancelled_at", None), _connector="OR"),
                        name="policy_session_listed_or_cancelled",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingPlace",
            fields=[
                identity(),
                federation(),
                (
                    "session",
                    models.ForeignKey("policy.trainingsession", models.PROTECT, related_name="places"),
                ),
                ("person", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("attended", models.BooleanField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "session", "person"), name="policy_place_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="TrainingRecord",
            fields=[
                identity(),
                federation(),
                (
                    "attestation",
                    models.OneToOneField("policy.attestation", models.PROTECT, related_name="training"),
                ),
                ("person", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("on", models.DateField()),
                (
                    "topics",
                    ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list, size=None
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        "policy.policyversion", models.PROTECT, blank=True, null=True, related_name="+"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        "policy.trainingsession", models.PROTECT, blank=True, null=True, related_name="+"
                    ),
                ),
                ("imported", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "person", "-on"], name="policy_training_of_person")
                ]
            },
        ),
        migrations.CreateModel(
            name="RulingAsked",
            fields=[
                identity(),
                federation(),
                (
                    "version",
                    models.ForeignKey("policy.policyversion", models.PROTECT, related_name="questions"),
                ),
                ("tension", models.CharField(blank=True, max_length=80)),
                ("entry", models.CharField(max_length=80)),
                ("answers", models.JSONField(default=dict)),
                ("words", models.TextField(max_length=2000)),
                ("to_role", models.CharField(blank=True, max_length=120)),
                ("asked_by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("decision", models.ForeignKey("policy.decisionrecord", models.PROTECT, related_name="+")),
                ("state", models.CharField(default="open", max_length=10)),
                ("state_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        "people.person", models.PROTECT, blank=True, null=True, related_name="+"
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=4000)),
                (
                    "ruling",
                    models.ForeignKey(
                        "policy.ruling", models.PROTECT, blank=True, null=True, related_name="questions"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "rulings asked for",
                "indexes": [
                    models.Index(
                        fields=["federation", "version", "state", "tension"],
                        name="policy_question_by_tension",
                    ),
                    models.Index(fields=["federation", "asked_by", "-id"], name="policy_question_mine"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_by", None), ("ruling", None), ("state", "open")),
                            models.Q(
                                ("answered_by__isnull", False), ("ruling__isnull", False), ("state", "ruled")
                            ),
                            models.Q(
                                ("answered_by__isnull", False),
                                ("ruling", None),
                                ("state__in", ["answered", "declined"]),
                            ),
                            _connector="OR",
                        ),
                        name="policy_question_answered_as_its_state_says",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PermissionAsked",
            fields=[
                identity(),
                federation(),
                ("at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, max_length=4000)),
                ("about", models.CharField(max_length=80)),
                ("covers", models.CharField(max_length=120)),
                ("subject", models.CharField(max_length=80)),
                ("lasts_for", models.CharField(blank=True, max_length=80)),
                ("point", models.CharField(max_length=60)),
                ("roles", models.JSONField(default=list)),
                ("named", models.BooleanField()),
                ("clauses", models.JSONField(default=list)),
                ("words", models.TextField(blank=True, max_length=2000)),
                ("text", models.TextField(blank=True)),
                ("account_id", models.BigIntegerField(blank=True, null=True)),
                ("asked_by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                (
                    "answered_by",
                    models.ForeignKey(
                        "people.person", models.PROTECT, blank=True, null=True, related_name="+"
                    ),
                ),
                ("decision", models.ForeignKey("policy.decisionrecord", models.PROTECT, related_name="+")),
                (
                    "school",
                    models.ForeignKey("core.school", models.PROTECT, blank=True, null=True, related_name="+"),
                ),
                (
                    "permission",
                    models.OneToOneField(
                        "people.permission", models.PROTECT, blank=True, null=True, related_name="request"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "permissions asked for",
                "indexes": [
                    models.Index(fields=["federation", "about", "-id"], name="policy_permission_about"),
                    models.Index(fields=["federation", "asked_by", "-id"], name="policy_permission_mine"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_by", None),
                                ("permission", None),
                                ("state__in", ["open", "back", "lapsed"]),
                            ),
                            models.Q(
                                ("answered_by__isnull", False),
                                ("permission__isnull", False),
                                ("state", "given"),
                            ),
                            models.Q(
                                ("answered_by__isnull", False), ("permission", None), ("state", "declined")
                            ),
                            _connector="OR",
                        ),
                        name="policy_permission_answered_as_its_state_says",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("open", "back"))),
                        fields=("federation", "about", "covers"),
                        name="policy_permission_asked_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PermissionWord",
            fields=[
                identity(),
                federation(),
                (
                    "asked",
                    models.ForeignKey("policy.permissionasked", models.PROTECT, related_name="said"),
                ),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("words", models.TextField(max_length=2000)),
            ],
            options={"ordering": ("id",)},
        ),
        migrations.CreateModel(
            name="RulingEnd",
            fields=[
                identity(),
                federation(),
                ("ruling", models.OneToOneField("policy.ruling", models.PROTECT, related_name="end")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("because", models.TextField(max_length=4000)),
            ],
        ),
    ]
