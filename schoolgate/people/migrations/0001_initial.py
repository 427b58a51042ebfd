"""People, how they sign in, their roles and capacities, absences, departures and imports."""

import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                identity(),
                ("password", models.CharField(max_length=128)),
                ("last_login", models.DateTimeField(blank=True, null=True)),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                ("must_set_factor", models.BooleanField(default=False)),
                ("address_unproven", models.BooleanField(db_default=False, default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_active", False)),
                        fields=["id"],
                        name="people_user_switched_off",
                    ),
                    models.Index(
                        condition=models.Q(("address_unproven", True)),
                        fields=["id"],
                        name="people_user_unproven",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Upper("email"), name="people_user_email_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Directory",
            fields=[
                identity(),
                ("slug", models.SlugField(unique=True)),
                ("kind", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=80)),
                ("issuer", models.CharField(max_length=300)),
                ("client_id", models.CharField(max_length=300)),
                ("sealed_secret", models.TextField()),
                ("tenant", models.CharField(blank=True, default="", max_length=100)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "other"), ("tenant", "")),
                            models.Q(
                                ("kind__in", ["microsoft", "google"]), models.Q(("tenant", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="people_directory_whose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issuer__startswith", "https://"),
                            ("issuer__regex", "^http://(127\\.0\\.0\\.1|localhost)[:/]"),
                            _connector="OR",
                        ),
                        name="people_directory_reached_safely",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("client_id", ""), _negated=True),
                            models.Q(("sealed_secret", ""), _negated=True),
                        ),
                        name="people_directory_is_whole",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
                identity(),
                ("name", models.CharField(max_length=80)),
                ("shape", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=dict)),
                ("defaults", models.JSONField(default=dict)),
                ("words", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField()),
                federation(),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["federation", "shape", "-id"], name="people_mapping_by_shape")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "name"), name="people_mapping_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="people_mapping_named"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                identity(),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(max_length=254)),
                ("language", models.CharField(default="en", max_length=8)),
                ("reads_welsh", models.BooleanField(default=False)),
                ("relation", models.CharField(max_length=20)),
                ("left_on", models.DateField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "name", "id"], name="people_person_by_name")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "user"), name="people_person_one_per_federation"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "relation__in",
                                ["staff", "governor", "volunteer", "parent", "friend", "contractor"],
                            )
                        ),
                        name="people_person_relation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Permission",
            fields=[
                identity(),
                ("role_key", models.CharField(max_length=100)),
                ("written", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("from_day", models.DateField()),
                ("to_day", models.DateField(null=True)),
                ("covers", models.CharField(max_length=120)),
                ("subject", models.CharField(max_length=100)),
                ("ended_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="permissions_given", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "subject", "covers"], name="people_permission_by_subject"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_day", None), ("to_day__gte", models.F("from_day")), _connector="OR"
                        ),
                        name="people_permission_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("covers", ""), _negated=True), models.Q(("subject", ""), _negated=True)
                        ),
                        name="people_permission_names_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeopleImport",
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
                federation(),
                (
                    "mapping",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.importmapping"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["federation", "by", "-id"], name="people_import_of_person"),
                    models.Index(
                        condition=models.Q(("file", ""), _negated=True),
                        fields=["federation", "at"],
                        name="people_import_with_file",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="people_import_ended_or_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("file", ""), ("state", "open"), _negated=True),
                        name="people_import_open_has_file",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="importmapping",
            name="changed_by",
            field=models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
        ),
        migrations.CreateModel(
            name="FirstWalk",
            fields=[
                identity(),
                ("walk", models.CharField(max_length=30)),
                ("set_aside_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="first_walks", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "person", "walk"), name="people_first_walk_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="FactorReset",
            fields=[
                identity(),
                ("state", models.CharField(default="asked", max_length=20)),
                ("asked_at", models.DateTimeField()),
                ("at_server", models.BooleanField(default=False)),
                ("ended_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="factor_resets", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("federation", "person"),
                        name="people_reset_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_by", models.F("person")), _negated=True),
                            models.Q(
                                ("confirmed_by", None),
                                models.Q(("confirmed_by", models.F("person")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="people_reset_not_by_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(("confirmed_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="people_reset_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "done"), ("confirmed_by__isnull", False), ("at_server", False)
                            ),
                            models.Q(("at_server", True), ("confirmed_by", None), ("state", "done")),
                            models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("confirmed_by", None),
                                ("at_server", False),
                            ),
                            _connector="OR",
                        ),
                        name="people_reset_done_is_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked_by__isnull", False), ("at_server", True), _connector="OR"),
                        name="people_reset_asked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state", "asked")),
                            models.Q(
                                models.Q(("state", "asked"), _negated=True), ("ended_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="people_reset_ended_or_open",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ExtendedAbsence",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=10)),
                ("from_day", models.DateField()),
                ("to_day", models.DateField(null=True)),
                ("noted_at", models.DateTimeField()),
                ("began_at", models.DateTimeField(null=True)),
                ("over_on", models.DateField(null=True)),
                ("over_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="extended_absences", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "person", "from_day"], name="people_long_leave_of_person"
                    ),
                    models.Index(
                        condition=models.Q(("over_on", None)),
                        fields=["federation", "from_day"],
                        name="people_long_leave_standing",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("over_on", None)),
                        fields=("federation", "person"),
                        name="people_long_leave_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_day", None), ("to_day__gte", models.F("from_day")), _connector="OR"
                        ),
                        name="people_long_leave_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_by", None), ("over_at", None), ("over_on", None)),
                            models.Q(("over_at__isnull", False), ("over_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="people_long_leave_over_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                identity(),
                ("left_on", models.DateField()),
                ("how", models.CharField(max_length=10)),
                ("state", models.CharField(default="expected", max_length=10)),
                ("noted_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("ended_assignments", models.JSONField(default=list)),
                federation(),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="departures", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "state", "left_on", "id"], name="people_leaving_by_day"
                    ),
                    models.Index(fields=["federation", "person", "-id"], name="people_leaving_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "expected")),
                        fields=("federation", "person"),
                        name="people_leaving_one_expected",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("state", "expected"), ("taken_back_at", None)),
                            models.Q(("done_at__isnull", False), ("state", "done"), ("taken_back_at", None)),
                            models.Q(("state", "taken_back"), ("taken_back_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="people_leaving_as_its_state_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("noted_by__isnull", False), ("how", "sign_in"), _connector="OR"),
                        name="people_leaving_is_noted_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                identity(),
                ("name", models.CharField(max_length=80)),
                ("digest", models.CharField(max_length=64)),
                ("may_write", models.BooleanField()),
                ("with_factor", models.BooleanField()),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("last_used_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="api_tokens", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "person", "-id"], name="people_api_token_of_person")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "digest"), name="people_api_token_once"),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="people_api_token_expires_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="people_api_token_named"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                identity(),
                ("from_day", models.DateField()),
                ("to_day", models.DateField()),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                federation(),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="days_away", to="people.person"),
                ),
                (
                    "said_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["federation", "person", "to_day"],
                        name="people_away_of_person",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_day__gte", models.F("from_day"))), name="people_away_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="people_away_ended_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonTelephone",
            fields=[
                identity(),
                ("number", models.CharField(max_length=30)),
                ("at", models.DateTimeField()),
                federation(),
                (
                    "given_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="telephones", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "person"), name="people_telephone_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="people_telephone_given"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="RoleAssignment",
            fields=[
                identity(),
                ("role_key", models.CharField(max_length=100)),
                ("scope_kind", models.CharField(max_length=20)),
                ("account_id", models.BigIntegerField(null=True)),
                ("item", models.CharField(blank=True, default="", max_length=100)),
                ("from_day", models.DateField()),
                ("to_day", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                (
                    "acting_for",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "managed",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="assignments", to="people.person"
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
                    models.Index(fields=["federation", "person"], name="people_assignment_by_person"),
                    models.Index(fields=["federation", "role_key"], name="people_assignment_by_role"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("scope_kind", "federation"),
                                ("school", None),
                                ("account_id", None),
                                ("item", ""),
                                ("managed", None),
                            ),
                            models.Q(
                                ("scope_kind", "school"),
                                models.Q(("school", None), _negated=True),
                                ("account_id", None),
                                ("item", ""),
                                ("managed", None),
                            ),
                            models.Q(
                                ("scope_kind", "account"),
                                ("school", None),
                                models.Q(("account_id", None), _negated=True),
                                ("item", ""),
                                ("managed", None),
                            ),
                            models.Q(
                                ("scope_kind", "item"),
                                ("school", None),
                                ("account_id", None),
                                models.Q(("item", ""), _negated=True),
                                ("managed", None),
                            ),
                            models.Q(
                                ("scope_kind", "line_manager_of"),
                                ("school", None),
                                ("account_id", None),
                                ("item", ""),
                                models.Q(("managed", None), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="people_assignment_scope",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_day", None), ("to_day__gte", models.F("from_day")), _connector="OR"
                        ),
                        name="people_assignment_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acting_for", None),
                            models.Q(("acting_for", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="people_assignment_not_for_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("managed", None),
                            models.Q(("managed", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="people_assignment_not_own_manager",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolAccount",
            fields=[
                identity(),
                ("subject", models.CharField(max_length=300)),
                ("joined_at", models.DateTimeField()),
                (
                    "directory",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="accounts", to="people.directory"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="school_accounts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("directory", "subject"), name="people_school_account_once"
                    ),
                    models.UniqueConstraint(
                        fields=("user", "directory"), name="people_school_account_one_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject", ""), _negated=True),
                        name="people_school_account_somebody",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="TurnWord",
            fields=[
                identity(),
                ("year", models.PositiveSmallIntegerField()),
                ("point", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at", None)),
                        fields=("federation", "year", "point"),
                        name="people_turn_word_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_back_at", None), ("taken_back_by", None)),
                            models.Q(("taken_back_at__isnull", False), ("taken_back_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="people_turn_word_taken_back_together",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="WalkStep",
            fields=[
                identity(),
                ("walk", models.CharField(max_length=30)),
                ("step", models.CharField(max_length=30)),
                ("at", models.DateTimeField()),
                federation(),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="walk_steps", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "person", "walk", "step"), name="people_walk_step_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="DirectoryAdmits",
            fields=[
                identity(),
                (
                    "directory",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="admits", to="people.directory"),
                ),
                (
                    "federation",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="core.federation"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("directory", "federation"), name="people_directory_admits_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                identity(),
                ("person_id", models.BigIntegerField()),
                ("token_hash", models.CharField(max_length=64, null=True, unique=True)),
                ("sent_to", models.EmailField(blank=True, db_default="", default="", max_length=254)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "federation",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="core.federation"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="invitations", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="people_invitation_expires_later",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("used_at", None)),
                        fields=("user", "federation"),
                        name="people_invitation_one_open",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                identity(),
                ("person_id", models.BigIntegerField(unique=True)),
                ("since", models.DateTimeField()),
                ("ends_on", models.DateField(null=True)),
                ("away_from", models.DateField(null=True)),
                ("away_until", models.DateField(null=True)),
                (
                    "federation",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="core.federation"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="memberships", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "federation"), name="people_membership_once")
                ]
            },
        ),
    ]
