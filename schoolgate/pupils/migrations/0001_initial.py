"""None"""

from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial"), ("people", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Pupil",
            fields=[
                identity(),
                ("key", models.CharField(max_length=40)),
                ("first_name", models.CharField(max_length=80)),
                ("last_name", models.CharField(max_length=80)),
                ("known_as", models.CharField(blank=True, max_length=80)),
                ("year", models.CharField(blank=True, max_length=20)),
                ("form", models.CharField(blank=True, max_length=40)),
                ("born_on", models.DateField(null=True)),
                ("left_on", models.DateField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                federation(),
                ("school", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="core.school")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "school", "form", "last_name"], name="pupils_by_form")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "school", "key"), name="pupils_pupil_once"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="pupils_pupil_has_key"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParentLink",
            fields=[
                identity(),
                ("giver", models.CharField(max_length=10)),
                ("who", models.CharField(blank=True, max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("language", models.CharField(default="en", max_length=8)),
                ("turn", models.PositiveSmallIntegerField(default=1)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("mailed_at", models.DateTimeField(null=True)),
                ("mail", models.BigIntegerField(null=True)),
                ("printed_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "pupil",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="links", to="pupils.pupil"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("digest", ""), _negated=True),
                        fields=("federation", "digest"),
                        name="pupils_link_digest_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("federation", "pupil", "giver", "who"),
                        name="pupils_link_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("giver", "pupil"), ("who", "")),
                            models.Q(("giver", "parent"), models.Q(("who", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="pupils_link_of_a_parent_is_named",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="NotPublished",
            fields=[
                identity(),
                ("why_ref", models.BigIntegerField(null=True)),
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
                (
                    "pupil",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="kept_off", to="pupils.pupil"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("federation", "pupil"),
                        name="pupils_kept_off_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="pupils_kept_off_ended_by_a_person",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="PupilGroup",
            fields=[
                identity(),
                ("name", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                ("school", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="core.school")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "school", "name"), name="pupils_group_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="pupils_group_named"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="PupilImport",
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["federation", "by", "-id"], name="pupils_import_of_person"),
                    models.Index(
                        condition=models.Q(("file", ""), _negated=True),
                        fields=["federation", "at"],
                        name="pupils_import_with_file",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="pupils_import_ended_or_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("file", ""), ("state", "open"), _negated=True),
                        name="pupils_import_open_has_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                identity(),
                ("use", models.CharField(max_length=10)),
                ("channel", models.CharField(blank=True, max_length=40)),
                ("answer", models.CharField(max_length=10)),
                ("giver", models.CharField(max_length=10)),
                ("who", models.CharField(blank=True, max_length=120)),
                ("form", models.CharField(max_length=10)),
                ("from_day", models.DateField()),
                ("until", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("scan", models.CharField(blank=True, max_length=64)),
                ("scan_type", models.CharField(blank=True, max_length=60)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "link",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="answers", to="pupils.parentlink"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="consents", to="pupils.pupil"),
                ),
                (
                    "listed_in",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="pupils.pupilimport"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "pupil", "id"], name="pupils_consent_of_pupil")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("giver", "list"), ("listed_in__isnull", False)),
                            models.Q(models.Q(("giver", "list"), _negated=True), ("listed_in", None)),
                            _connector="OR",
                        ),
                        name="pupils_consent_from_list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("by__isnull", False),
                                ("link", None),
                                models.Q(("form", "here"), _negated=True),
                            ),
                            models.Q(("by", None), ("form", "here"), ("link__isnull", False)),
                            _connector="OR",
                        ),
                        name="pupils_consent_entered_or_by_link",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("from_day")), _connector="OR"
                        ),
                        name="pupils_consent_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("giver", "pupil"), _negated=True), ("who", ""), _connector="OR"
                        ),
                        name="pupils_consent_no_parent_is_the_pupil",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PupilInGroup",
            fields=[
                identity(),
                federation(),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="members", to="pupils.pupilgroup"
                    ),
                ),
                ("pupil", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="pupils.pupil")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "group", "pupil"), name="pupils_group_member_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="PupilMapping",
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
                    models.Index(fields=["federation", "shape", "-id"], name="pupils_mapping_by_shape")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "name"), name="pupils_mapping_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="pupils_mapping_named"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="pupilimport",
            name="mapping",
            field=models.ForeignKey(
                null=True, on_delete=models.PROTECT, related_name="+", to="pupils.pupilmapping"
            ),
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                identity(),
                ("cause", models.CharField(max_length=10)),
                ("uses", models.JSONField()),
                ("channel", models.CharField(blank=True, max_length=40)),
                ("giver", models.CharField(blank=True, max_length=10)),
                ("who", models.CharField(blank=True, max_length=120)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="withdrawals", to="pupils.pupil"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "pupil", "-id"], name="pupils_withdrawal_of_pupil")
                ]
            },
        ),
        migrations.CreateModel(
            name="ConsentWords",
            fields=[
                identity(),
                ("language", models.CharField(max_length=8)),
                ("words", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "language"), name="pupils_words_once")
                ]
            },
        ),
    ]
