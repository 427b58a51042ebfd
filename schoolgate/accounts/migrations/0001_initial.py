"""Social media accounts: proposals, openings, the register, keys, care, handovers and imports."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from schoolgate.core.tenancy.columns import federation, identity


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0001_initial"), ("people", "0001_initial"), ("policy", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                identity(),
                federation(),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("school", models.ForeignKey("core.school", models.PROTECT, null=True, related_name="+")),
                ("name", models.CharField(blank=True, max_length=120)),
                ("network", models.CharField(blank=True, max_length=40)),
                ("kind", models.CharField(blank=True, max_length=10)),
                ("pupils_in_audience", models.BooleanField(null=True)),
                ("youngest_pupil", models.PositiveSmallIntegerField(null=True)),
                ("answers", models.JSONField(default=dict)),
                ("considered", models.JSONField(default=dict)),
                (
                    "second_try_of",
                    models.ForeignKey(
                        "accounts.proposal", models.PROTECT, null=True, related_name="second_tries"
                    ),
                ),
                ("state", models.CharField(default="draft", max_length=10)),
                (
                    "version",
                    models.ForeignKey("policy.policyversion", models.PROTECT, null=True, related_name="+"),
                ),
                ("started_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
                (
                    "decision",
                    models.ForeignKey("policy.decisionrecord", models.PROTECT, null=True, related_name="+"),
                ),
                ("reason", models.TextField(blank=True, max_length=4000)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "-started_at", "-id"], name="accounts_proposal_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False), ("state__in", ("approved", "refused", "noted"))
                            ),
                            models.Q(
                                models.Q(("state__in", ("approved", "refused", "noted")), _negated=True),
                                ("decided_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_proposal_decided_as_its_state_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "refused"]), _negated=True),
                            models.Q(("decided_by__isnull", False), ("decision__isnull", False)),
                            _connector="OR",
                        ),
                        name="accounts_proposal_answer_has_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="accounts_refusal_gives_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "withdrawn"]),
                            models.Q(
                                ("submitted_at__isnull", False),
                                ("version__isnull", False),
                                models.Q(("name", ""), _negated=True),
                                models.Q(("network", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_proposal_submitted_complete",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalEdition",
            fields=[
                identity(),
                federation(),
                ("proposal", models.ForeignKey("accounts.proposal", models.PROTECT, related_name="editions")),
                ("number", models.PositiveSmallIntegerField()),
                ("said", models.JSONField(default=dict)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "proposal", "number"), name="accounts_one_edition_a_number"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="SentBack",
            fields=[
                identity(),
                federation(),
                (
                    "proposal",
                    models.ForeignKey("accounts.proposal", models.PROTECT, related_name="sent_back"),
                ),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("role_key", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("words", models.TextField(max_length=4000)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="accounts_sent_back_with_words"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                identity(),
                federation(),
                ("proposal", models.ForeignKey("accounts.proposal", models.PROTECT, related_name="talks")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("covers", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                identity(),
                federation(),
                (
                    "proposal",
                    models.OneToOneField(
                        "accounts.proposal", models.PROTECT, null=True, related_name="account"
                    ),
                ),
                ("school", models.ForeignKey("core.school", models.PROTECT, null=True, related_name="+")),
                ("name", models.CharField(max_length=120)),
                ("network", models.CharField(max_length=40)),
                ("handle", models.CharField(blank=True, max_length=253)),
                ("address", models.URLField(blank=True, max_length=500)),
                ("kind", models.CharField(max_length=10)),
                ("purpose", models.TextField(blank=True, max_length=4000)),
                ("audience", models.TextField(blank=True, max_length=4000)),
                ("visibility", models.CharField(blank=True, max_length=20)),
                ("pupils_in_audience", models.BooleanField(null=True)),
                ("youngest_pupil", models.PositiveSmallIntegerField(null=True)),
                ("contact", models.CharField(blank=True, max_length=300)),
                (
                    "post_languages",
                    ArrayField(
                        base_field=models.CharField(max_length=8), blank=True, default=list, size=None
                    ),
                ),
                ("setup", models.JSONField(default=dict)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("made_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                (
                    "opened_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("vault_ref", models.BigIntegerField(null=True)),
                ("told_limits", models.JSONField(default=dict)),
                ("limits_told_at", models.DateTimeField(null=True)),
                ("connected_at", models.DateTimeField(null=True)),
                ("keys_run_out_at", models.DateTimeField(null=True)),
                ("last_good_publish_at", models.DateTimeField(null=True)),
                ("last_good_read_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "name", "id"], name="accounts_account_by_name"),
                    models.Index(
                        fields=["federation", "state", "name", "id"], name="accounts_account_by_state"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("opened_at", None), ("state", "waiting")),
                            models.Q(
                                ("closed_at", None),
                                ("opened_at__isnull", False),
                                ("opened_by__isnull", False),
                                ("state", "open"),
                            ),
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            _connector="OR",
                        ),
                        name="accounts_account_opened_as_its_state_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("connected_at", None), ("vault_ref", None)),
                            models.Q(("connected_at__isnull", False), ("vault_ref__isnull", False)),
                            _connector="OR",
                        ),
                        name="accounts_keys_and_connection_together",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("address", ""), _negated=True),
                            models.Q(("state", "closed"), _negated=True),
                        ),
                        fields=("federation", "network", "address"),
                        name="accounts_address_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="team")),
                ("person", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("part", models.CharField(max_length=15)),
                ("from_day", models.DateField()),
                ("to_day", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("to_day", None)),
                        fields=("federation", "account", "person", "part"),
                        name="accounts_team_member_once",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="notices")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("to_person", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("to_role_key", models.CharField(max_length=100)),
                ("address", models.URLField(max_length=500)),
                ("identity", models.CharField(max_length=253)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AccountMapping",
            fields=[
                identity(),
                federation(),
                ("name", models.CharField(max_length=80)),
                ("shape", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=dict)),
                ("defaults", models.JSONField(default=dict)),
                ("words", models.JSONField(default=dict)),
                ("changed_by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "shape", "-id"], name="accounts_mapping_by_shape")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "name"), name="accounts_mapping_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="accounts_mapping_named"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountImport",
            fields=[
                identity(),
                federation(),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=20)),
                ("file", models.CharField(blank=True, max_length=64)),
                ("content", models.CharField(max_length=64)),
                ("encoding", models.CharField(blank=True, max_length=20)),
                ("lines", models.PositiveIntegerField()),
                ("counts", models.JSONField(default=dict)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "mapping",
                    models.ForeignKey("accounts.accountmapping", models.PROTECT, null=True, related_name="+"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "by", "-id"], name="accounts_import_of_person"),
                    models.Index(
                        condition=models.Q(("file", ""), _negated=True),
                        fields=["federation", "at"],
                        name="accounts_import_with_file",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="accounts_import_ended_or_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("file", ""), ("state", "open"), _negated=True),
                        name="accounts_import_open_has_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportedAccount",
            fields=[
                identity(),
                federation(),
                (
                    "account",
                    models.OneToOneField("accounts.account", models.PROTECT, related_name="imported"),
                ),
                ("since", models.CharField(max_length=10)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("listed_in", models.ForeignKey("accounts.accountimport", models.PROTECT, related_name="+")),
                (
                    "decision",
                    models.ForeignKey("policy.decisionrecord", models.PROTECT, null=True, related_name="+"),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        "accounts.proposal", models.PROTECT, null=True, related_name="for_account_there"
                    ),
                ),
                ("regular_at", models.DateTimeField(null=True)),
                (
                    "regular_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("regular_at", None)),
                        fields=["federation", "account"],
                        name="accounts_to_be_regular",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("regular_at", None), ("regular_by", None)),
                            models.Q(("regular_at__isnull", False), ("regular_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="accounts_brought_in_regular_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("since__regex", "^\\d{4}(-\\d{2}(-\\d{2})?)?$")),
                        name="accounts_brought_in_since",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeysKnownTo",
            fields=[
                identity(),
                federation(),
                (
                    "account",
                    models.ForeignKey("accounts.account", models.PROTECT, related_name="keys_known_to"),
                ),
                ("person", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "account", "person"), name="accounts_keys_known_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="GoingOn",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="going_on")),
                ("leave", models.OneToOneField("people.permission", models.PROTECT, related_name="+")),
                ("reason", models.CharField(max_length=600)),
                ("until", models.DateField()),
                ("outstanding", models.PositiveSmallIntegerField()),
                (
                    "decision",
                    models.ForeignKey("policy.decisionrecord", models.PROTECT, null=True, related_name="+"),
                ),
                ("asked_again_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "until", "id"], name="accounts_going_on_until")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="accounts_going_on_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="looks")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("what", models.CharField(default="account", max_length=15)),
                ("roles", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "-at"], name="accounts_look_of_account")
                ]
            },
        ),
        migrations.CreateModel(
            name="Care",
            fields=[
                identity(),
                federation(),
                ("account", models.OneToOneField("accounts.account", models.PROTECT, related_name="watched")),
                (
                    "last_look",
                    models.ForeignKey("accounts.look", models.PROTECT, null=True, related_name="+"),
                ),
                ("friends_may_comment", models.BooleanField(null=True)),
                ("evaluate_on", models.DateField(null=True)),
                ("first_day_taken", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                identity(),
                federation(),
                (
                    "account",
                    models.ForeignKey("accounts.account", models.PROTECT, related_name="evaluations"),
                ),
                ("set_for", models.DateField(null=True)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("serves_aims", models.BooleanField(null=True)),
                ("words", models.TextField(blank=True, max_length=4000)),
                ("next_on", models.DateField(null=True)),
                ("decision", models.ForeignKey("policy.decisionrecord", models.PROTECT, related_name="+")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "-id"], name="accounts_evaluation_newest")
                ]
            },
        ),
        migrations.CreateModel(
            name="AimResult",
            fields=[
                identity(),
                federation(),
                (
                    "evaluation",
                    models.ForeignKey("accounts.evaluation", models.PROTECT, related_name="results"),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("aim", models.TextField(max_length=20000)),
                ("state", models.CharField(max_length=10)),
                ("words", models.TextField(blank=True, max_length=4000)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "evaluation", "number"), name="accounts_one_result_an_aim"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Archive",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="archives")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("size", models.BigIntegerField(default=0)),
                ("posts", models.PositiveIntegerField(default=0)),
                ("comments", models.PositiveIntegerField(default=0)),
                ("pictures", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "state", "id"], name="accounts_archive_by_state")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), models.Q(("digest", ""), _negated=True)),
                            models.Q(models.Q(("state", "ready"), _negated=True), ("digest", "")),
                            _connector="OR",
                        ),
                        name="accounts_archive_ready_has_its_file",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "making"])),
                        fields=("federation", "account"),
                        name="accounts_one_archive_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="closings")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("state", models.CharField(default="under_way", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("closes_on", models.DateField(null=True)),
                ("who", models.TextField(blank=True, max_length=2000)),
                ("content", models.TextField(blank=True, max_length=2000)),
                ("followers", models.TextField(blank=True, max_length=2000)),
                ("told_at", models.DateTimeField(null=True)),
                ("told_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                (
                    "archive",
                    models.ForeignKey("accounts.archive", models.PROTECT, null=True, related_name="+"),
                ),
                ("shut_at", models.DateTimeField(null=True)),
                ("shut_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                (
                    "closed_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("finished", "stopped")), _negated=True),
                        fields=("federation", "account"),
                        name="accounts_one_closing_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("told_at", None), ("told_by", None)),
                                models.Q(("told_at__isnull", False), ("told_by__isnull", False)),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("shut_at", None), ("shut_by", None)),
                                models.Q(("shut_at__isnull", False), ("shut_by__isnull", False)),
                                _connector="OR",
                            ),
                        ),
                        name="accounts_closing_steps_have_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "finished"), _negated=True),
                            models.Q(
                                ("archive__isnull", False),
                                ("closed_by__isnull", False),
                                ("shut_at__isnull", False),
                                ("told_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_closing_finished_has_all_its_steps",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="offers")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("to", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("part", models.CharField(max_length=15)),
                (
                    "instead_of",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("state_at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey("policy.decisionrecord", models.PROTECT, null=True, related_name="+"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("federation", "account", "to", "part"),
                        name="accounts_one_offer_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("instead_of", None),
                            models.Q(("instead_of", models.F("to")), _negated=True),
                            _connector="OR",
                        ),
                        name="accounts_offer_is_to_somebody_else",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="AccountClass",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="classes")),
                ("year", models.PositiveSmallIntegerField()),
                ("label", models.CharField(blank=True, max_length=60)),
                ("said_by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("said_at", models.DateTimeField()),
                ("choice", models.CharField(blank=True, max_length=10)),
                ("was", models.CharField(blank=True, max_length=60)),
                ("let_out", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "year", "account"], name="accounts_class_of_year")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "account", "year"), name="accounts_class_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", ""), ("let_out", 0), ("was", "")),
                            models.Q(
                                ("choice__in", ["moves_up", "stays", "closes"]),
                                models.Q(("was", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_class_choice_names_what_it_was",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("let_out", 0), ("choice", "stays"), _connector="OR"),
                        name="accounts_class_only_who_stays_lets_out",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfileRead",
            fields=[
                identity(),
                federation(),
                (
                    "account",
                    models.ForeignKey("accounts.account", models.PROTECT, related_name="profile_reads"),
                ),
                ("at", models.DateTimeField()),
                ("handle", models.CharField(max_length=253)),
                ("display", models.CharField(blank=True, max_length=300)),
                ("description", models.TextField(blank=True, max_length=10000)),
                ("address", models.CharField(blank=True, max_length=500)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "-id"], name="accounts_profile_newest")
                ]
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="seen")),
                ("key", models.CharField(max_length=40)),
                ("value", models.JSONField(null=True)),
                ("by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                ("at", models.DateTimeField()),
                ("asked_digest", models.CharField(max_length=64)),
                ("page_digest", models.CharField(max_length=64)),
                (
                    "profile",
                    models.ForeignKey("accounts.profileread", models.PROTECT, null=True, related_name="+"),
                ),
                (
                    "attestation",
                    models.ForeignKey("policy.attestation", models.PROTECT, null=True, related_name="+"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "key", "-id"], name="accounts_seen_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attestation__isnull", False), ("by__isnull", False)),
                            models.Q(("attestation", None), ("by", None), ("profile__isnull", False)),
                            _connector="OR",
                        ),
                        name="accounts_seen_by_a_person_or_read",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PagePicture",
            fields=[
                identity(),
                federation(),
                (
                    "account",
                    models.ForeignKey("accounts.account", models.PROTECT, related_name="page_pictures"),
                ),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=40)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "-id"], name="accounts_picture_newest")
                ]
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                identity(),
                federation(),
                (
                    "proposal",
                    models.ForeignKey("accounts.proposal", models.PROTECT, related_name="conditions"),
                ),
                ("type", models.CharField(max_length=12)),
                ("words", models.CharField(max_length=300)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="accounts_condition_ended_by_somebody",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="TrainingWanted",
            fields=[
                identity(),
                federation(),
                ("person", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("topic", models.CharField(max_length=120)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("federation", "person", "topic"),
                        name="accounts_training_wanted_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="accounts_training_wanted_ended_by_somebody",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ConditionWord",
            fields=[
                identity(),
                federation(),
                ("condition", models.ForeignKey("accounts.condition", models.PROTECT, related_name="said")),
                ("about", models.CharField(max_length=100)),
                ("seen", models.CharField(max_length=64)),
                ("touched", models.BooleanField()),
                ("fulfilled", models.BooleanField(null=True)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "about", "-id"], name="accounts_condition_word_about")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("touched", True), ("fulfilled", None), _connector="OR"),
                        name="accounts_condition_word_fits",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SmallProposal",
            fields=[
                identity(),
                federation(),
                ("kind", models.CharField(max_length=15)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                (
                    "account",
                    models.ForeignKey("accounts.account", models.PROTECT, null=True, related_name="+"),
                ),
                ("name", models.CharField(max_length=200)),
                ("address", models.URLField(blank=True, max_length=500)),
                ("words", models.TextField(max_length=4000)),
                ("for_school", models.BooleanField(null=True)),
                ("through_social_media", models.BooleanField(null=True)),
                ("checked_on", models.DateField(null=True)),
                ("open_points", models.JSONField(default=list)),
                ("form", models.ForeignKey("accounts.proposal", models.PROTECT, null=True, related_name="+")),
                (
                    "again_of",
                    models.ForeignKey("accounts.smallproposal", models.PROTECT, null=True, related_name="+"),
                ),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("submitted_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
                ("decided_role_key", models.CharField(blank=True, max_length=100)),
                ("decided_digest", models.CharField(blank=True, max_length=64)),
                (
                    "decision",
                    models.ForeignKey("policy.decisionrecord", models.PROTECT, null=True, related_name="+"),
                ),
                ("reason", models.TextField(blank=True, max_length=4000)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "-submitted_at", "-id"], name="accounts_small_newest"),
                    models.Index(
                        fields=["federation", "account", "kind", "state"], name="accounts_small_by_account"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ("approved", "refused", "done")),
                                ("decision__isnull", False),
                                models.Q(("decided_digest", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("approved", "refused", "done")), _negated=True),
                                ("decided_at", None),
                                ("decided_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_small_proposal_decided_as_its_state_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="accounts_small_refusal_gives_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_at__isnull", False), ("done_by__isnull", False), ("state", "done")
                            ),
                            models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("done_at", None),
                                ("done_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_small_proposal_done_as_its_state_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("words", ""), _negated=True)
                        ),
                        name="accounts_small_proposal_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account", None), ("kind", "take-part")),
                            models.Q(
                                models.Q(("kind", "take-part"), _negated=True), ("account__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="accounts_only_another_site_has_no_account",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Admission",
            fields=[
                identity(),
                federation(),
                (
                    "account",
                    models.ForeignKey("accounts.account", models.PROTECT, null=True, related_name="+"),
                ),
                ("school", models.ForeignKey("core.school", models.PROTECT, null=True, related_name="+")),
                ("asked_for", models.CharField(max_length=12)),
                ("kind", models.CharField(max_length=12)),
                ("relation", models.CharField(blank=True, max_length=12)),
                ("who", models.CharField(blank=True, max_length=120)),
                ("who_key", models.CharField(blank=True, max_length=240)),
                ("known_how", models.TextField(blank=True, max_length=500)),
                ("asked_on", models.DateField()),
                ("entered_by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("entered_at", models.DateTimeField()),
                ("vetter", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                (
                    "approval",
                    models.ForeignKey("accounts.smallproposal", models.PROTECT, null=True, related_name="+"),
                ),
                ("told_at", models.DateTimeField(null=True)),
                ("told_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
                (
                    "decision",
                    models.ForeignKey("policy.decisionrecord", models.PROTECT, null=True, related_name="+"),
                ),
                ("reason", models.TextField(blank=True, max_length=2000)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                ("end_reason", models.TextField(blank=True, max_length=2000)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "erased_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "-entered_at", "-id"], name="accounts_admission_newest"
                    ),
                    models.Index(
                        fields=["federation", "account", "-entered_at", "-id"],
                        name="accounts_admission_of_account",
                    ),
                    models.Index(fields=["federation", "who_key", "state"], name="accounts_admission_by_who"),
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "let_in"])),
                        fields=["federation", "-entered_at", "-id"],
                        name="accounts_admission_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ("let_in", "done", "refused", "ended")),
                                ("decision__isnull", False),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("let_in", "done", "refused", "ended")), _negated=True
                                ),
                                ("decided_at", None),
                                ("decided_by", None),
                                ("decision", None),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_admission_decided_as_its_state_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            ("erased_at__isnull", False),
                            _connector="OR",
                        ),
                        name="accounts_admission_refusal_gives_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="accounts_admission_done_has_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False), ("ended_by__isnull", False), ("state", "ended")
                            ),
                            models.Q(
                                models.Q(("state", "ended"), _negated=True),
                                ("ended_at", None),
                                ("ended_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_admission_ended_as_its_state_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("erased_at", None),
                                models.Q(("who", ""), _negated=True),
                                models.Q(("who_key", ""), _negated=True),
                            ),
                            models.Q(
                                ("end_reason", ""),
                                ("erased_at__isnull", False),
                                ("known_how", ""),
                                ("reason", ""),
                                ("who", ""),
                                ("who_key", ""),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_admission_is_about_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at", None),
                            ("state__in", ("refused", "withdrawn", "ended")),
                            _connector="OR",
                        ),
                        name="accounts_admission_wiped_once_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked_for", "platform"),
                            models.Q(("account__isnull", False), ("school", None)),
                            _connector="OR",
                        ),
                        name="accounts_only_a_platform_has_no_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "organisation"), ("relation", "")),
                            models.Q(("kind", "person"), models.Q(("relation", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="accounts_a_person_who_asks_is_something_to_us",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vetting",
            fields=[
                identity(),
                federation(),
                (
                    "admission",
                    models.ForeignKey("accounts.admission", models.PROTECT, related_name="vettings"),
                ),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("how", models.CharField(max_length=10)),
                ("how_known", models.TextField(blank=True, max_length=500)),
                ("real_person", models.BooleanField(null=True)),
                ("grown_up", models.CharField(blank=True, max_length=5)),
                ("name_identifies", models.BooleanField(null=True)),
                ("passed", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="Circle",
            fields=[
                identity(),
                federation(),
                ("account", models.OneToOneField("accounts.account", models.PROTECT, related_name="circle")),
                ("with_pupils", models.BooleanField(null=True)),
                ("made_for_pupils", models.BooleanField(null=True)),
                ("private_messages", models.BooleanField(null=True)),
                ("said_by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("said_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AccountCode",
            fields=[
                identity(),
                federation(),
                ("account", models.OneToOneField("accounts.account", models.PROTECT, related_name="code")),
                ("code", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "code"), name="accounts_code_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="AccountMark",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="marks")),
                ("mark", models.CharField(max_length=15)),
                ("seen", models.CharField(max_length=12)),
                ("looked_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField()),
                ("there_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "account", "mark"), name="accounts_mark_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seen", "unreadable"), ("looked_at__isnull", False), _connector="OR"
                        ),
                        name="accounts_mark_seen_when_looked",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                identity(),
                federation(),
                (
                    "account",
                    models.ForeignKey("accounts.account", models.PROTECT, related_name="former_addresses"),
                ),
                ("address", models.URLField(blank=True, max_length=500)),
                ("handle", models.CharField(blank=True, max_length=253)),
                ("until", models.DateTimeField()),
                ("by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "-until", "-id"], name="accounts_former_newest")
                ]
            },
        ),
        migrations.CreateModel(
            name="Fake",
            fields=[
                identity(),
                federation(),
                ("reference", models.CharField(max_length=20)),
                ("network", models.CharField(blank=True, max_length=40)),
                ("address", models.CharField(max_length=500)),
                ("key", models.CharField(max_length=600)),
                ("school", models.ForeignKey("core.school", models.PROTECT, null=True, related_name="+")),
                ("state", models.CharField(default="reported", max_length=10)),
                ("role_key", models.CharField(blank=True, max_length=100)),
                (
                    "decision",
                    models.ForeignKey("policy.decisionrecord", models.PROTECT, null=True, related_name="+"),
                ),
                ("reported_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
                ("address_shown", models.BooleanField(default=False)),
                ("told_at", models.DateTimeField(null=True)),
                ("told_case", models.CharField(blank=True, max_length=100)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "-reported_at", "-id"], name="accounts_fake_newest"),
                    models.Index(fields=["federation", "key"], name="accounts_fake_by_key"),
                    models.Index(
                        condition=models.Q(("confirmed_at__isnull", False)),
                        fields=["federation", "-confirmed_at", "-id"],
                        name="accounts_fake_told_to_all",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "reference"), name="accounts_fake_reference_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("reported", "confirmed"))),
                        fields=("federation", "key"),
                        name="accounts_fake_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="accounts_fake_confirmed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("state__in", ("gone", "ours", "left")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("gone", "ours", "left")), _negated=True),
                                ("ended_at", None),
                                ("ended_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_fake_ended_as_its_state_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address_shown", False), ("confirmed_at__isnull", False), _connector="OR"
                        ),
                        name="accounts_fake_told_to_all_only_when_confirmed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FakeNote",
            fields=[
                identity(),
                federation(),
                ("fake", models.ForeignKey("accounts.fake", models.PROTECT, related_name="notes")),
                ("step", models.CharField(max_length=10)),
                ("by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                ("at", models.DateTimeField()),
                ("words_ref", models.BigIntegerField(null=True)),
                ("picture_ref", models.BigIntegerField(null=True)),
                ("picture_type", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "fake", "id"], name="accounts_fakenote_in_order")
                ]
            },
        ),
        migrations.CreateModel(
            name="AssociatedPage",
            fields=[
                identity(),
                federation(),
                ("name", models.CharField(max_length=120)),
                ("network", models.CharField(blank=True, max_length=40)),
                ("address", models.URLField(max_length=500)),
                ("school", models.ForeignKey("core.school", models.PROTECT, null=True, related_name="+")),
                ("purpose", models.TextField(blank=True, max_length=1000)),
                ("contact", models.CharField(blank=True, max_length=300)),
                ("uses_name", models.BooleanField(null=True)),
                ("uses_logo", models.BooleanField(null=True)),
                ("entered_at", models.DateTimeField()),
                ("entered_by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "name", "id"], name="accounts_associated_by_name")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("federation", "address"),
                        name="accounts_associated_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FoundPage",
            fields=[
                identity(),
                federation(),
                ("network", models.CharField(blank=True, max_length=40)),
                ("address", models.CharField(max_length=500)),
                ("key", models.CharField(max_length=600)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("school", models.ForeignKey("core.school", models.PROTECT, null=True, related_name="+")),
                ("in_our_name", models.BooleanField(null=True)),
                ("touches_school", models.BooleanField(null=True)),
                ("made_by", models.CharField(blank=True, max_length=15)),
                ("comparable_to", models.JSONField(null=True)),
                ("whose_ref", models.BigIntegerField(null=True)),
                ("found_by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("found_at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey("policy.decisionrecord", models.PROTECT, null=True, related_name="+"),
                ),
                ("state", models.CharField(default="found", max_length=10)),
                (
                    "proposal",
                    models.OneToOneField(
                        "accounts.proposal", models.PROTECT, null=True, related_name="found_page"
                    ),
                ),
                (
                    "fake",
                    models.ForeignKey("accounts.fake", models.PROTECT, null=True, related_name="found_pages"),
                ),
                ("asked_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "-found_at", "-id"], name="accounts_found_newest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("closed", "ours", "left")), _negated=True),
                        fields=("federation", "key"),
                        name="accounts_found_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("state__in", ("closed", "ours", "left")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("closed", "ours", "left")), _negated=True),
                                ("ended_at", None),
                                ("ended_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_found_ended_as_its_state_says",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="handovers")),
                ("leaver", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("left_on", models.DateField()),
                ("part", models.CharField(max_length=15)),
                ("run_by", models.CharField(max_length=10)),
                ("role_key", models.CharField(blank=True, max_length=100)),
                ("clauses", models.JSONField(default=list)),
                ("state", models.CharField(default="open", max_length=12)),
                ("opened_at", models.DateTimeField()),
                ("decision", models.ForeignKey("policy.decisionrecord", models.PROTECT, related_name="+")),
                (
                    "successor",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
                (
                    "successor_named_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
                ("successor_named_at", models.DateTimeField(null=True)),
                ("keeps", models.JSONField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                (
                    "end_decision",
                    models.ForeignKey("policy.decisionrecord", models.PROTECT, null=True, related_name="+"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["federation", "left_on", "id"],
                        name="accounts_handover_open",
                    ),
                    models.Index(
                        fields=["federation", "account", "-id"], name="accounts_handover_of_account"
                    ),
                    models.Index(fields=["federation", "leaver", "-id"], name="accounts_handover_of_leaver"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("federation", "account", "leaver"),
                        name="accounts_handover_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end_decision", None),
                                ("ended_at", None),
                                ("ended_by", None),
                                ("state", "open"),
                            ),
                            models.Q(
                                ("state__in", ("transferred", "stays")),
                                ("end_decision__isnull", False),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            models.Q(
                                ("end_decision__isnull", False),
                                ("ended_at__isnull", False),
                                ("state", "closed"),
                            ),
                            models.Q(("ended_at__isnull", False), ("state", "taken_back")),
                            _connector="OR",
                        ),
                        name="accounts_handover_ended_as_its_state_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "transferred"), _negated=True),
                            ("successor__isnull", False),
                            _connector="OR",
                        ),
                        name="accounts_handover_in_somebodys_hands",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("successor", None),
                                ("successor_named_at", None),
                                ("successor_named_by", None),
                            ),
                            models.Q(
                                ("successor__isnull", False),
                                ("successor_named_at__isnull", False),
                                ("successor_named_by__isnull", False),
                                models.Q(("successor", models.F("leaver")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_handover_successor_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountKey",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="keys")),
                ("kind", models.CharField(max_length=12)),
                ("vault_ref", models.BigIntegerField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("change_by", models.DateField(null=True)),
                ("kept_by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("kept_at", models.DateTimeField()),
                ("decision", models.ForeignKey("policy.decisionrecord", models.PROTECT, related_name="+")),
                ("ended", models.CharField(blank=True, max_length=10)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "id"], name="accounts_key_of_account"),
                    models.Index(
                        condition=models.Q(("change_by__isnull", False), ("ended", "")),
                        fields=["federation", "change_by"],
                        name="accounts_key_change_by",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended", ""),
                                ("ended_at", None),
                                ("ended_by", None),
                                ("vault_ref__isnull", False),
                            ),
                            models.Q(
                                models.Q(("ended", ""), _negated=True),
                                ("ended_at__isnull", False),
                                ("vault_ref", None),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_key_is_in_the_vault_until_it_ends",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended", ""), ("kind", "particulars")),
                        fields=("federation", "account"),
                        name="accounts_particulars_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyShown",
            fields=[
                identity(),
                federation(),
                ("key", models.ForeignKey("accounts.accountkey", models.PROTECT, related_name="showings")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("code_only", models.BooleanField(default=False)),
                ("decision", models.ForeignKey("policy.decisionrecord", models.PROTECT, related_name="+")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "key", "-id"], name="accounts_shown_newest"),
                    models.Index(fields=["federation", "by"], name="accounts_shown_by"),
                ]
            },
        ),
        migrations.CreateModel(
            name="KeyChange",
            fields=[
                identity(),
                federation(),
                ("key", models.ForeignKey("accounts.accountkey", models.PROTECT, related_name="changes")),
                ("because", models.CharField(max_length=12)),
                ("person", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "key", "because", "person"),
                        name="accounts_key_change_once",
                        nulls_distinct=False,
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="PaperKey",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="papers")),
                ("number", models.PositiveIntegerField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("made_by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("made_at", models.DateTimeField()),
                ("state", models.CharField(default="sealed", max_length=8)),
                (
                    "opened_by",
                    models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+"),
                ),
                ("opened_on", models.DateField(null=True)),
                ("why", models.TextField(blank=True, max_length=1000)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "-id"], name="accounts_paper_of_account")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "number"), name="accounts_paper_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("opened_by", None), ("state", "sealed")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("opened_by__isnull", False),
                                ("opened_on__isnull", False),
                                ("state", "opened"),
                                models.Q(("why", ""), _negated=True),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("opened_by", None),
                                ("state", "void"),
                                models.Q(("why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_paper_ended_as_its_state_says",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperLine",
            fields=[
                identity(),
                federation(),
                ("paper", models.ForeignKey("accounts.paperkey", models.PROTECT, related_name="lines")),
                ("key", models.ForeignKey("accounts.accountkey", models.PROTECT, related_name="on_papers")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "paper", "key"), name="accounts_paper_line_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="SiteCare",
            fields=[
                identity(),
                federation(),
                ("account", models.OneToOneField("accounts.account", models.PROTECT, related_name="care")),
                ("users_may_write", models.BooleanField(null=True)),
                ("users_may_add_pictures", models.BooleanField(null=True)),
                ("answers_given_by", models.JSONField(default=list)),
                ("moderation", models.CharField(blank=True, max_length=10)),
                ("started_by", models.CharField(blank=True, max_length=120)),
                ("answers_for_moderation", models.CharField(blank=True, max_length=120)),
                ("reporting_route", models.TextField(blank=True, max_length=4000)),
                ("steps_in_how", models.TextField(blank=True, max_length=4000)),
                ("own_plan", models.TextField(blank=True, max_length=4000)),
                ("friends_note", models.CharField(blank=True, max_length=10)),
                ("suits", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField()),
                ("saved_by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
            ],
        ),
        migrations.CreateModel(
            name="SiteText",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="site_texts")),
                ("kind", models.CharField(max_length=12)),
                ("language", models.CharField(max_length=5)),
                ("number", models.PositiveIntegerField()),
                ("words", models.TextField(max_length=20000)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "account", "kind", "language", "number"),
                        name="accounts_site_text_once",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="SiteLook",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="site_looks")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("house_rules_found", models.BooleanField(null=True)),
                ("terms_found", models.BooleanField(null=True)),
                ("logo_can_link", models.BooleanField(null=True)),
                ("logo_leads_to", models.CharField(blank=True, max_length=12)),
                ("note", models.TextField(blank=True, max_length=4000)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "-id"], name="accounts_look_newest")
                ]
            },
        ),
        migrations.CreateModel(
            name="Whereabouts",
            fields=[
                identity(),
                federation(),
                (
                    "account",
                    models.ForeignKey("accounts.account", models.PROTECT, related_name="whereabouts"),
                ),
                ("person", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("away", models.JSONField(default=list)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "account", "person", "-id"], name="accounts_whereabouts_newest"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))),
                        name="accounts_whereabouts_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteWord",
            fields=[
                identity(),
                federation(),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="site_words")),
                ("kind", models.CharField(max_length=10)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("words", models.TextField(blank=True, max_length=4000)),
                ("team", models.CharField(blank=True, max_length=120)),
                ("guidance", models.CharField(blank=True, max_length=300)),
                ("replaces", models.CharField(blank=True, max_length=300)),
                ("open_points", models.JSONField(default=list)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "kind", "id"], name="accounts_site_word")
                ]
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                identity(),
                federation(),
                (
                    "proposal",
                    models.ForeignKey("accounts.proposal", models.PROTECT, related_name="signatures"),
                ),
                ("step", models.PositiveSmallIntegerField()),
                ("role_key", models.CharField(max_length=100)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("seen_digest", models.CharField(max_length=64)),
                (
                    "edition",
                    models.ForeignKey(
                        "accounts.proposaledition", models.PROTECT, null=True, related_name="signatures"
                    ),
                ),
                ("leaves_out", models.JSONField(default=list)),
                ("round", models.PositiveSmallIntegerField(default=0)),
                ("decision", models.ForeignKey("policy.decisionrecord", models.PROTECT, related_name="+")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "proposal", "by", "round"), name="accounts_signs_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="SignatureVoided",
            fields=[
                identity(),
                federation(),
                (
                    "signature",
                    models.OneToOneField("accounts.signature", models.PROTECT, related_name="voided"),
                ),
                ("edition", models.ForeignKey("accounts.proposaledition", models.PROTECT, related_name="+")),
                ("changed", models.JSONField(default=list)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("decision", models.ForeignKey("policy.decisionrecord", models.PROTECT, related_name="+")),
            ],
        ),
        migrations.AddField(
            model_name="signature",
            name="instead_of",
            field=models.OneToOneField(
                "accounts.signaturevoided", models.PROTECT, null=True, related_name="given_instead"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("instead_of", None)),
                fields=("federation", "proposal", "step"),
                name="accounts_one_signature_a_step",
            ),
        ),
    ]
