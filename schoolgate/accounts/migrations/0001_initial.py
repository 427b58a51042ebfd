"""Social media accounts: proposals, openings, the register, keys, care, handovers and imports."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial"), ("people", "0001_initial"), ("policy", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                identity(),
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
                ("closed_at", models.DateTimeField(null=True)),
                ("vault_ref", models.BigIntegerField(null=True)),
                ("told_limits", models.JSONField(default=dict)),
                ("limits_told_at", models.DateTimeField(null=True)),
                ("connected_at", models.DateTimeField(null=True)),
                ("keys_run_out_at", models.DateTimeField(null=True)),
                ("last_good_publish_at", models.DateTimeField(null=True)),
                ("last_good_read_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
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
            name="AccountKey",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=12)),
                ("vault_ref", models.BigIntegerField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("change_by", models.DateField(null=True)),
                ("kept_at", models.DateTimeField()),
                ("ended", models.CharField(blank=True, max_length=10)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="keys", to="accounts.account"),
                ),
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
                    "kept_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
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
            name="AccountMapping",
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
                        null=True, on_delete=models.PROTECT, related_name="+", to="accounts.accountmapping"
                    ),
                ),
            ],
            options={
                "abstract": False,
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
            name="AccountMark",
            fields=[
                identity(),
                ("mark", models.CharField(max_length=15)),
                ("seen", models.CharField(max_length=12)),
                ("looked_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField()),
                ("there_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="marks", to="accounts.account"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
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
            name="Archive",
            fields=[
                identity(),
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
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="archives", to="accounts.account"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
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
            name="AssociatedPage",
            fields=[
                identity(),
                ("name", models.CharField(max_length=120)),
                ("network", models.CharField(blank=True, max_length=40)),
                ("address", models.URLField(max_length=500)),
                ("purpose", models.TextField(blank=True, max_length=1000)),
                ("contact", models.CharField(blank=True, max_length=300)),
                ("uses_name", models.BooleanField(null=True)),
                ("uses_logo", models.BooleanField(null=True)),
                ("entered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                (
                    "entered_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
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
            name="Circle",
            fields=[
                identity(),
                ("with_pupils", models.BooleanField(null=True)),
                ("made_for_pupils", models.BooleanField(null=True)),
                ("private_messages", models.BooleanField(null=True)),
                ("said_at", models.DateTimeField()),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="circle", to="accounts.account"
                    ),
                ),
                federation(),
                (
                    "said_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("state", models.CharField(default="under_way", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("closes_on", models.DateField(null=True)),
                ("who", models.TextField(blank=True, max_length=2000)),
                ("content", models.TextField(blank=True, max_length=2000)),
                ("followers", models.TextField(blank=True, max_length=2000)),
                ("told_at", models.DateTimeField(null=True)),
                ("shut_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="closings", to="accounts.account"
                    ),
                ),
                (
                    "archive",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="accounts.archive"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "shut_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
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
            name="Condition",
            fields=[
                identity(),
                ("type", models.CharField(max_length=12)),
                ("words", models.CharField(max_length=300)),
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
            name="ConditionWord",
            fields=[
                identity(),
                ("about", models.CharField(max_length=100)),
                ("seen", models.CharField(max_length=64)),
                ("touched", models.BooleanField()),
                ("fulfilled", models.BooleanField(null=True)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "condition",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="said", to="accounts.condition"),
                ),
                federation(),
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
            name="Evaluation",
            fields=[
                identity(),
                ("set_for", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("serves_aims", models.BooleanField(null=True)),
                ("words", models.TextField(blank=True, max_length=4000)),
                ("next_on", models.DateField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="evaluations", to="accounts.account"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                federation(),
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
                ("number", models.PositiveSmallIntegerField()),
                ("aim", models.TextField(max_length=20000)),
                ("state", models.CharField(max_length=10)),
                ("words", models.TextField(blank=True, max_length=4000)),
                federation(),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="results", to="accounts.evaluation"
                    ),
                ),
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
            name="Fake",
            fields=[
                identity(),
                ("reference", models.CharField(max_length=20)),
                ("network", models.CharField(blank=True, max_length=40)),
                ("address", models.CharField(max_length=500)),
                ("key", models.CharField(max_length=600)),
                ("state", models.CharField(default="reported", max_length=10)),
                ("role_key", models.CharField(blank=True, max_length=100)),
                ("reported_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("address_shown", models.BooleanField(default=False)),
                ("told_at", models.DateTimeField(null=True)),
                ("told_case", models.CharField(blank=True, max_length=100)),
                ("ended_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"
                    ),
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
                ("step", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("words_ref", models.BigIntegerField(null=True)),
                ("picture_ref", models.BigIntegerField(null=True)),
                ("picture_type", models.CharField(blank=True, max_length=20)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "fake",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="notes", to="accounts.fake"),
                ),
                federation(),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "fake", "id"], name="accounts_fakenote_in_order")
                ]
            },
        ),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                identity(),
                ("address", models.URLField(blank=True, max_length=500)),
                ("handle", models.CharField(blank=True, max_length=253)),
                ("until", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="former_addresses", to="accounts.account"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "-until", "-id"], name="accounts_former_newest")
                ]
            },
        ),
        migrations.CreateModel(
            name="GoingOn",
            fields=[
                identity(),
                ("reason", models.CharField(max_length=600)),
                ("until", models.DateField()),
                ("outstanding", models.PositiveSmallIntegerField()),
                ("asked_again_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="going_on", to="accounts.account"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"
                    ),
                ),
                federation(),
                (
                    "leave",
                    models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="people.permission"),
                ),
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
            name="Handover",
            fields=[
                identity(),
                ("left_on", models.DateField()),
                ("part", models.CharField(max_length=15)),
                ("run_by", models.CharField(max_length=10)),
                ("role_key", models.CharField(blank=True, max_length=100)),
                ("clauses", models.JSONField(default=list)),
                ("state", models.CharField(default="open", max_length=12)),
                ("opened_at", models.DateTimeField()),
                ("successor_named_at", models.DateTimeField(null=True)),
                ("keeps", models.JSONField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="handovers", to="accounts.account"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                (
                    "end_decision",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                ("leaver", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "successor",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "successor_named_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
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
            name="KeyChange",
            fields=[
                identity(),
                ("because", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                federation(),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="changes", to="accounts.accountkey"
                    ),
                ),
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
                        fields=("federation", "key", "because", "person"),
                        name="accounts_key_change_once",
                        nulls_distinct=False,
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="KeyShown",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("code_only", models.BooleanField(default=False)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                federation(),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="showings", to="accounts.accountkey"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "key", "-id"], name="accounts_shown_newest"),
                    models.Index(fields=["federation", "by"], name="accounts_shown_by"),
                ]
            },
        ),
        migrations.CreateModel(
            name="KeysKnownTo",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="keys_known_to", to="accounts.account"
                    ),
                ),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
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
            name="Look",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("what", models.CharField(default="account", max_length=15)),
                ("roles", models.CharField(blank=True, max_length=500)),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="looks", to="accounts.account"),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
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
                ("friends_may_comment", models.BooleanField(null=True)),
                ("evaluate_on", models.DateField(null=True)),
                ("first_day_taken", models.BooleanField(default=False)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="watched", to="accounts.account"
                    ),
                ),
                federation(),
                (
                    "last_look",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="accounts.look"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                identity(),
                ("to_role_key", models.CharField(max_length=100)),
                ("address", models.URLField(max_length=500)),
                ("identity", models.CharField(max_length=253)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="notices", to="accounts.account"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "to_person",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("part", models.CharField(max_length=15)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("state_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="offers", to="accounts.account"),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"
                    ),
                ),
                federation(),
                (
                    "instead_of",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                ("to", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
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
            name="PagePicture",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=40)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="page_pictures", to="accounts.account"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "-id"], name="accounts_picture_newest")
                ]
            },
        ),
        migrations.CreateModel(
            name="PaperKey",
            fields=[
                identity(),
                ("number", models.PositiveIntegerField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField()),
                ("state", models.CharField(default="sealed", max_length=8)),
                ("opened_on", models.DateField(null=True)),
                ("why", models.TextField(blank=True, max_length=1000)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="papers", to="accounts.account"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "made_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
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
                (
                    "key",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="on_papers", to="accounts.accountkey"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="lines", to="accounts.paperkey"),
                ),
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
            name="ProfileRead",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("handle", models.CharField(max_length=253)),
                ("display", models.CharField(blank=True, max_length=300)),
                ("description", models.TextField(blank=True, max_length=10000)),
                ("address", models.CharField(blank=True, max_length=500)),
                ("digest", models.CharField(max_length=64)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="profile_reads", to="accounts.account"
                    ),
                ),
                federation(),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "-id"], name="accounts_profile_newest")
                ]
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                identity(),
                ("name", models.CharField(blank=True, max_length=120)),
                ("network", models.CharField(blank=True, max_length=40)),
                ("kind", models.CharField(blank=True, max_length=10)),
                ("pupils_in_audience", models.BooleanField(null=True)),
                ("youngest_pupil", models.PositiveSmallIntegerField(null=True)),
                ("answers", models.JSONField(default=dict)),
                ("considered", models.JSONField(default=dict)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("started_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, max_length=4000)),
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
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"
                    ),
                ),
                federation(),
                (
                    "school",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
                (
                    "second_try_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="second_tries",
                        to="accounts.proposal",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.policyversion"
                    ),
                ),
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
            name="ImportedAccount",
            fields=[
                identity(),
                ("since", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("regular_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="imported", to="accounts.account"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"
                    ),
                ),
                federation(),
                (
                    "listed_in",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="accounts.accountimport"
                    ),
                ),
                (
                    "regular_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="for_account_there",
                        to="accounts.proposal",
                    ),
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
            name="FoundPage",
            fields=[
                identity(),
                ("network", models.CharField(blank=True, max_length=40)),
                ("address", models.CharField(max_length=500)),
                ("key", models.CharField(max_length=600)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("in_our_name", models.BooleanField(null=True)),
                ("touches_school", models.BooleanField(null=True)),
                ("made_by", models.CharField(blank=True, max_length=15)),
                ("comparable_to", models.JSONField(null=True)),
                ("whose_ref", models.BigIntegerField(null=True)),
                ("found_at", models.DateTimeField()),
                ("state", models.CharField(default="found", max_length=10)),
                ("asked_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "fake",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="found_pages", to="accounts.fake"
                    ),
                ),
                federation(),
                (
                    "found_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        null=True, on_delete=models.PROTECT, related_name="found_page", to="accounts.proposal"
                    ),
                ),
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
        migrations.AddField(
            model_name="condition",
            name="proposal",
            field=models.ForeignKey(
                on_delete=models.PROTECT, related_name="conditions", to="accounts.proposal"
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="proposal",
            field=models.OneToOneField(
                null=True, on_delete=models.PROTECT, related_name="account", to="accounts.proposal"
            ),
        ),
        migrations.CreateModel(
            name="ProposalEdition",
            fields=[
                identity(),
                ("number", models.PositiveSmallIntegerField()),
                ("said", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="editions", to="accounts.proposal"
                    ),
                ),
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
            name="Seen",
            fields=[
                identity(),
                ("key", models.CharField(max_length=40)),
                ("value", models.JSONField(null=True)),
                ("at", models.DateTimeField()),
                ("asked_digest", models.CharField(max_length=64)),
                ("page_digest", models.CharField(max_length=64)),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="seen", to="accounts.account"),
                ),
                (
                    "attestation",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.attestation"
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
                    "profile",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="accounts.profileread"
                    ),
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
            name="SentBack",
            fields=[
                identity(),
                ("role_key", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("words", models.TextField(max_length=4000)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="sent_back", to="accounts.proposal"
                    ),
                ),
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
            name="Signature",
            fields=[
                identity(),
                ("step", models.PositiveSmallIntegerField()),
                ("role_key", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("seen_digest", models.CharField(max_length=64)),
                ("leaves_out", models.JSONField(default=list)),
                ("round", models.PositiveSmallIntegerField(default=0)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="signatures",
                        to="accounts.proposaledition",
                    ),
                ),
                federation(),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="signatures", to="accounts.proposal"
                    ),
                ),
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
                ("changed", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to="accounts.proposaledition"
                    ),
                ),
                federation(),
                (
                    "signature",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="voided", to="accounts.signature"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.AddField(
            model_name="signature",
            name="instead_of",
            field=models.OneToOneField(
                null=True,
                on_delete=models.PROTECT,
                related_name="given_instead",
                to="accounts.signaturevoided",
            ),
        ),
        migrations.CreateModel(
            name="SiteCare",
            fields=[
                identity(),
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
                (
                    "account",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="care", to="accounts.account"
                    ),
                ),
                federation(),
                (
                    "saved_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="SiteLook",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("house_rules_found", models.BooleanField(null=True)),
                ("terms_found", models.BooleanField(null=True)),
                ("logo_can_link", models.BooleanField(null=True)),
                ("logo_leads_to", models.CharField(blank=True, max_length=12)),
                ("note", models.TextField(blank=True, max_length=4000)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="site_looks", to="accounts.account"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "-id"], name="accounts_look_newest")
                ]
            },
        ),
        migrations.CreateModel(
            name="SiteText",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=12)),
                ("language", models.CharField(max_length=5)),
                ("number", models.PositiveIntegerField()),
                ("words", models.TextField(max_length=20000)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="site_texts", to="accounts.account"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
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
            name="SiteWord",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("words", models.TextField(blank=True, max_length=4000)),
                ("team", models.CharField(blank=True, max_length=120)),
                ("guidance", models.CharField(blank=True, max_length=300)),
                ("replaces", models.CharField(blank=True, max_length=300)),
                ("open_points", models.JSONField(default=list)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="site_words", to="accounts.account"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "account", "kind", "id"], name="accounts_site_word")
                ]
            },
        ),
        migrations.CreateModel(
            name="SmallProposal",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=15)),
                ("name", models.CharField(max_length=200)),
                ("address", models.URLField(blank=True, max_length=500)),
                ("words", models.TextField(max_length=4000)),
                ("for_school", models.BooleanField(null=True)),
                ("through_social_media", models.BooleanField(null=True)),
                ("checked_on", models.DateField(null=True)),
                ("open_points", models.JSONField(default=list)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("submitted_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_role_key", models.CharField(blank=True, max_length=100)),
                ("decided_digest", models.CharField(blank=True, max_length=64)),
                ("reason", models.TextField(blank=True, max_length=4000)),
                ("done_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "again_of",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="accounts.smallproposal"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "form",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="accounts.proposal"
                    ),
                ),
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
                ("asked_for", models.CharField(max_length=12)),
                ("kind", models.CharField(max_length=12)),
                ("relation", models.CharField(blank=True, max_length=12)),
                ("who", models.CharField(blank=True, max_length=120)),
                ("who_key", models.CharField(blank=True, max_length=240)),
                ("known_how", models.TextField(blank=True, max_length=500)),
                ("asked_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, max_length=2000)),
                ("done_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(blank=True, max_length=2000)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
                (
                    "erased_by",
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
                (
                    "told_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "vetter",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "approval",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="accounts.smallproposal"
                    ),
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
            name="Talk",
            fields=[
                identity(),
                ("covers", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "proposal",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="talks", to="accounts.proposal"),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                identity(),
                ("part", models.CharField(max_length=15)),
                ("from_day", models.DateField()),
                ("to_day", models.DateField(null=True)),
                (
                    "account",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="team", to="accounts.account"),
                ),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
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
            name="TrainingWanted",
            fields=[
                identity(),
                ("topic", models.CharField(max_length=120)),
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
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
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
            name="Vetting",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("how", models.CharField(max_length=10)),
                ("how_known", models.TextField(blank=True, max_length=500)),
                ("real_person", models.BooleanField(null=True)),
                ("grown_up", models.CharField(blank=True, max_length=5)),
                ("name_identifies", models.BooleanField(null=True)),
                ("consent", models.CharField(blank=True, max_length=10)),
                ("consent_on", models.DateField(null=True)),
                ("passed", models.BooleanField()),
                (
                    "admission",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="vettings", to="accounts.admission"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent__in", ("parent", "adult")), ("consent_on__isnull", False)),
                            models.Q(
                                models.Q(("consent__in", ("parent", "adult")), _negated=True),
                                ("consent_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="accounts_vetting_consent_has_its_day",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Whereabouts",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("away", models.JSONField(default=list)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="whereabouts", to="accounts.account"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
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
            name="AccountClass",
            fields=[
                identity(),
                ("year", models.PositiveSmallIntegerField()),
                ("label", models.CharField(blank=True, max_length=60)),
                ("said_at", models.DateTimeField()),
                ("choice", models.CharField(blank=True, max_length=10)),
                ("was", models.CharField(blank=True, max_length=60)),
                ("let_out", models.PositiveIntegerField(default=0)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="classes", to="accounts.account"
                    ),
                ),
                federation(),
                (
                    "said_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
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
            name="AccountCode",
            fields=[
                identity(),
                ("code", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="code", to="accounts.account"
                    ),
                ),
                federation(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "code"), name="accounts_code_once")
                ]
            },
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
