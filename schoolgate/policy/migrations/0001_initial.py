"""Policies: versions, readings, decisions, rulings, acknowledgements and training."""

import django.contrib.postgres.indexes
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial"), ("people", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Attestation",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=30)),
                ("subject", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("answer", models.BooleanField()),
                ("on_paper", models.BooleanField(default=False)),
                ("seen_digest", models.CharField(max_length=64)),
                ("document", models.CharField(blank=True, max_length=64)),
                ("note", models.TextField(blank=True, max_length=2000)),
                (
                    "about_person",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "subject", "kind", "id"], name="policy_attested_by_subject"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ["policy_read", "policy_understood", "guide_read"]),
                                _negated=True,
                            ),
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
            name="DecisionRecord",
            fields=[
                identity(),
                ("situation", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("outcome", models.CharField(max_length=20)),
                ("points", models.JSONField(default=dict)),
                ("body", models.JSONField()),
                ("clauses", models.JSONField(default=list)),
                ("wordings", models.JSONField(default=dict)),
                ("control_versions", models.JSONField(default=dict)),
                ("facts_digest", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
            ],
            options={
                "verbose_name_plural": "kept decisions",
                "indexes": [
                    models.Index(fields=["federation", "subject", "id"], name="policy_kept_by_subject"),
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True, fields=["at"], name="policy_kept_by_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionFacts",
            fields=[
                identity(),
                ("facts", models.JSONField()),
                ("salt", models.BinaryField(max_length=32)),
                federation(),
                (
                    "kept",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="facts_row", to="policy.decisionrecord"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Guide",
            fields=[
                identity(),
                ("audience", models.CharField(max_length=10)),
                ("about", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="PackText",
            fields=[
                identity(),
                ("digest", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
                federation(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "digest"), name="policy_text_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="PaperAnswer",
            fields=[
                identity(),
                ("dated", models.DateField()),
                ("scan", models.CharField(blank=True, max_length=64)),
                ("scan_type", models.CharField(blank=True, max_length=60)),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attestation",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="paper", to="policy.attestation"
                    ),
                ),
                federation(),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="ParentsPage",
            fields=[
                identity(),
                ("address", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("state", models.CharField(blank=True, default="", max_length=10)),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "school",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("federation", "school"),
                        name="policy_parentspage_one_a_school",
                        nulls_distinct=False,
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="PermissionAsked",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, max_length=4000)),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
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
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                federation(),
                (
                    "permission",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="request",
                        to="people.permission",
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
                ("at", models.DateTimeField()),
                ("words", models.TextField(max_length=2000)),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="said", to="policy.permissionasked"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={"ordering": ("id",)},
        ),
        migrations.CreateModel(
            name="PolicyDocument",
            fields=[
                identity(),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=100)),
                ("pieces", models.JSONField()),
                ("without_text", models.JSONField(default=list)),
                ("proposed", models.JSONField(default=dict)),
                ("because", models.TextField(blank=True, max_length=2000)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
        ),
        migrations.CreateModel(
            name="ClausePassage",
            fields=[
                identity(),
                ("clause", models.CharField(max_length=80)),
                (
                    "sentences",
                    ArrayField(base_field=models.PositiveIntegerField(), blank=True, default=list, size=None),
                ),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="passages", to="policy.policydocument"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "document", "clause", "-id"], name="policy_passage_newest"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="PolicyImport",
            fields=[
                identity(),
                ("name", models.CharField(max_length=200)),
                ("without_text", models.JSONField(default=list)),
                ("sentences", models.JSONField()),
                ("picks", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("federation",), name="policy_one_import")]
            },
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                identity(),
                ("pack_key", models.CharField(max_length=60)),
                ("number", models.PositiveIntegerField()),
                ("text_version", models.CharField(blank=True, max_length=60)),
                ("text_digest", models.CharField(max_length=64)),
                ("document", models.CharField(blank=True, max_length=64)),
                ("state", models.CharField(default="draft", max_length=12)),
                ("material_changes", models.TextField(blank=True, max_length=10000)),
                ("adopted_on", models.DateField(blank=True, null=True)),
                ("stated", models.JSONField(default=dict)),
                ("minute_reference", models.CharField(blank=True, max_length=200)),
                ("scan", models.CharField(blank=True, max_length=64)),
                ("scan_type", models.CharField(blank=True, max_length=60)),
                ("before_us", models.BooleanField(default=False)),
                ("decision", models.BigIntegerField(blank=True, null=True)),
                ("in_force_from", models.DateTimeField(blank=True, null=True)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("review_due", models.DateField(blank=True, null=True)),
                ("review_words", models.CharField(blank=True, max_length=60)),
                ("owner_role", models.CharField(blank=True, max_length=120)),
                ("roles_removed", models.JSONField(default=dict)),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="policy.packtext",
                    ),
                ),
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
        migrations.AddField(
            model_name="policydocument",
            name="version",
            field=models.ForeignKey(
                on_delete=models.PROTECT, related_name="documents", to="policy.policyversion"
            ),
        ),
        migrations.CreateModel(
            name="ManagerStep",
            fields=[
                identity(),
                ("did", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "version",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.policyversion"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "person", "-id"], name="policy_managerstep_newest")
                ]
            },
        ),
        migrations.CreateModel(
            name="GuideVersion",
            fields=[
                identity(),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField(max_length=20000)),
                ("title_cy", models.CharField(blank=True, max_length=120)),
                ("text_cy", models.TextField(blank=True, max_length=20000)),
                ("public", models.BooleanField()),
                ("reading_age", models.PositiveSmallIntegerField(null=True)),
                ("check_by", models.DateField()),
                ("decision", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "guide",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="versions", to="policy.guide"),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.policyversion"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "guide", "number"), name="policy_guide_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text_cy", ""), ("title_cy", "")),
                            models.Q(
                                models.Q(("title_cy", ""), _negated=True),
                                models.Q(("text_cy", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="policy_guide_welsh_as_a_whole",
                    ),
                ]
            },
        ),
        migrations.AddField(
            model_name="decisionrecord",
            name="version",
            field=models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.policyversion"),
        ),
        migrations.AddField(
            model_name="attestation",
            name="version",
            field=models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.policyversion"),
        ),
        migrations.CreateModel(
            name="Asking",
            fields=[
                identity(),
                ("document", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
                ("by_mail", models.BooleanField()),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="askings", to="policy.policyversion"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "version", "person", "document"), name="policy_asked_once"
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
            name="Reading",
            fields=[
                identity(),
                ("number", models.PositiveIntegerField()),
                ("bindings_digest", models.CharField(max_length=64)),
                ("changes", models.JSONField(default=dict)),
                ("because", models.TextField(blank=True, max_length=2000)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                federation(),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="readings", to="policy.policyversion"
                    ),
                ),
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
        migrations.AddField(
            model_name="decisionrecord",
            name="reading",
            field=models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.reading"),
        ),
        migrations.CreateModel(
            name="ReadingDraft",
            fields=[
                identity(),
                ("changes", models.JSONField(default=dict)),
                ("because", models.TextField(blank=True, max_length=2000)),
                ("at", models.DateTimeField()),
                ("edition", models.PositiveIntegerField(default=1)),
                ("tried", models.JSONField(blank=True, null=True)),
                (
                    "based_on",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.reading"),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="drafts", to="policy.policyversion"
                    ),
                ),
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
            name="ReadingLink",
            fields=[
                identity(),
                ("token_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="link",
                        to="policy.attestation",
                    ),
                ),
                (
                    "asking",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="links", to="policy.asking"),
                ),
                federation(),
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
            name="Review",
            fields=[
                identity(),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("role", models.CharField(max_length=120)),
                ("outcome", models.CharField(max_length=10)),
                ("words", models.TextField(blank=True, max_length=4000)),
                ("next_due", models.DateField(blank=True, null=True)),
                ("looked", models.JSONField(default=dict)),
                ("decision", models.BigIntegerField(blank=True, null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="reviews", to="policy.policyversion"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "version", "id"], name="policy_review_by_version")
                ]
            },
        ),
        migrations.CreateModel(
            name="RuleAsked",
            fields=[
                identity(),
                ("policy", models.CharField(max_length=60)),
                ("rule", models.CharField(max_length=200)),
                ("clause", models.CharField(max_length=80)),
                ("situation", models.CharField(max_length=60)),
                ("week", models.DateField()),
                ("apart", models.BooleanField(default=False)),
                ("decided", models.PositiveIntegerField(default=0)),
                ("waited", models.PositiveIntegerField(default=0)),
                ("shown", models.PositiveIntegerField(default=0)),
                ("told", models.PositiveIntegerField(default=0)),
                ("facts", models.JSONField(default=dict)),
                ("missing", models.JSONField(default=dict)),
                federation(),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "policy", "clause", "week"], name="policy_asked_by_clause"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "policy", "rule", "situation", "week", "apart"),
                        name="policy_rule_asked_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                identity(),
                ("tension", models.CharField(max_length=80)),
                ("role", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("from_day", models.DateField()),
                ("answer", models.CharField(max_length=15)),
                ("words", models.TextField(max_length=4000)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="policy.decisionrecord",
                    ),
                ),
                federation(),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="rulings", to="policy.policyversion"
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
            name="RulingAsked",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, max_length=4000)),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
                ("tension", models.CharField(blank=True, max_length=80)),
                ("entry", models.CharField(max_length=80)),
                ("answers", models.JSONField(default=dict)),
                ("words", models.TextField(max_length=2000)),
                ("to_role", models.CharField(blank=True, max_length=120)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                federation(),
                (
                    "ruling",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="questions",
                        to="policy.ruling",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="questions", to="policy.policyversion"
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
            name="RulingEnd",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("because", models.TextField(max_length=4000)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "ruling",
                    models.OneToOneField(on_delete=models.PROTECT, related_name="end", to="policy.ruling"),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                identity(),
                ("clause", models.CharField(blank=True, max_length=80)),
                ("at", models.DateTimeField()),
                ("words", models.TextField(max_length=4000)),
                ("to_role", models.CharField(blank=True, max_length=120)),
                ("state", models.CharField(default="open", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, max_length=4000)),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="suggestions", to="policy.policyversion"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "state", "-id"], name="policy_suggestion_by_state"),
                    models.Index(fields=["federation", "by", "-id"], name="policy_suggestion_mine"),
                ]
            },
        ),
        migrations.CreateModel(
            name="TrainingSession",
            fields=[
                identity(),
                ("on", models.DateField()),
                ("topics", ArrayField(base_field=models.CharField(max_length=120), size=None)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("listed_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "version",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.policyversion"),
                ),
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
            name="TrainingRecord",
            fields=[
                identity(),
                ("on", models.DateField()),
                (
                    "topics",
                    ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list, size=None
                    ),
                ),
                ("imported", models.BooleanField(default=False)),
                (
                    "attestation",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="training", to="policy.attestation"
                    ),
                ),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="policy.policyversion",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="policy.trainingsession",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "person", "-on"], name="policy_training_of_person")
                ]
            },
        ),
        migrations.CreateModel(
            name="TrainingPlace",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("attended", models.BooleanField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="places", to="policy.trainingsession"
                    ),
                ),
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
            name="Practice",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("words", models.TextField(max_length=4000)),
                ("advice", models.TextField(blank=True, max_length=4000)),
                ("from_role", models.CharField(blank=True, max_length=120)),
                ("to_role", models.CharField(blank=True, max_length=120)),
                ("reference", models.CharField(blank=True, max_length=200)),
                ("due", models.DateField(blank=True, null=True)),
                ("figures", models.JSONField(default=dict)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("outcome", models.TextField(blank=True, max_length=4000)),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "school",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="practice", to="policy.policyversion"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="policy.trainingsession",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "kind", "-on", "-id"], name="policy_practice_newest")
                ]
            },
        ),
        migrations.CreateModel(
            name="UnderstandingCheck",
            fields=[
                identity(),
                ("number", models.PositiveIntegerField()),
                ("right", models.PositiveSmallIntegerField()),
                ("asked", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "version",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.policyversion"),
                ),
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
            name="Choice",
            fields=[
                identity(),
                ("what", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("from_day", models.DateField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
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
            name="ClauseWording",
            fields=[
                identity(),
                ("clause", models.CharField(max_length=80)),
                ("digest", models.CharField(max_length=64)),
                ("section", models.CharField(blank=True, max_length=200)),
                ("says", models.TextField()),
                ("own_words", models.BooleanField(default=False)),
                federation(),
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
            name="Engagement",
            fields=[
                identity(),
                (
                    "works_as",
                    ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("systems_access", models.BooleanField(null=True)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "person", "-id"], name="policy_engagement_newest")
                ]
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                identity(),
                ("programme", models.CharField(max_length=8)),
                ("year", models.PositiveSmallIntegerField()),
                ("term", models.CharField(max_length=8)),
                ("group", models.CharField(blank=True, max_length=60)),
                ("words", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("held_on", models.DateField(blank=True, null=True)),
                ("came", models.PositiveIntegerField(blank=True, null=True)),
                ("off_at", models.DateTimeField(blank=True, null=True)),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "guide",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="policy.guide"
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "year", "id"], name="policy_lesson_by_year")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("held_on", None), ("off_at", None), _connector="OR"),
                        name="policy_lesson_held_or_off",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group", ""), ("programme", "parent")),
                            models.Q(("programme", "pupil"), models.Q(("group", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="policy_lesson_for_a_group",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measuring",
            fields=[
                identity(),
                ("last", models.BigIntegerField(default=0)),
                ("head", models.BigIntegerField(default=0)),
                ("head_at", models.DateTimeField(null=True)),
                ("counted", models.PositiveBigIntegerField(default=0)),
                ("facts_gone", models.PositiveBigIntegerField(default=0)),
                ("unread", models.PositiveBigIntegerField(default=0)),
                federation(),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("federation",), name="policy_measuring_once")]
            },
        ),
        migrations.AddConstraint(
            model_name="policydocument",
            constraint=models.UniqueConstraint(
                fields=("federation", "version", "number"), name="policy_document_once"
            ),
        ),
        migrations.AddIndex(
            model_name="attestation",
            index=models.Index(
                fields=["federation", "about_person", "version", "kind", "id"], name="policy_attested_about"
            ),
        ),
    ]
