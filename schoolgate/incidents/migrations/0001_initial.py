"""Incidents: reports, their readers and the steps taken."""

from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial"), ("people", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Evidence",
            fields=[
                identity(),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("added_at", models.DateTimeField()),
                ("obtained_at", models.DateTimeField()),
                ("words_ref", models.BigIntegerField()),
                ("words_digest", models.CharField(max_length=64)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                identity(),
                ("reference", models.CharField(max_length=12)),
                ("code", models.CharField(blank=True, max_length=64)),
                ("once", models.CharField(max_length=64)),
                ("inside", models.BooleanField(default=False)),
                ("danger", models.CharField(default="unknown", max_length=8)),
                ("said", models.JSONField(default=list)),
                ("answers", models.JSONField(default=dict)),
                ("thing", models.CharField(blank=True, max_length=80)),
                ("reported_at", models.DateTimeField()),
                ("decision", models.BigIntegerField(null=True)),
                ("not_held", models.JSONField(default=list)),
                ("state", models.CharField(default="reported", max_length=12)),
                ("state_at", models.DateTimeField()),
                ("goes_up_at", models.DateTimeField(null=True)),
                ("goes_up_by", models.CharField(default="house", max_length=8)),
                ("taken_at", models.DateTimeField(null=True)),
                ("restricted_at", models.DateTimeField(null=True)),
                ("passed_at", models.DateTimeField(null=True)),
                ("passed_to", models.CharField(blank=True, max_length=60)),
                ("passed_reference", models.CharField(blank=True, max_length=100)),
                ("destroyed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "closes_first",
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
                    "taken_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "-reported_at", "-id"], name="incidents_report_newest"
                    ),
                    models.Index(
                        fields=["federation", "state", "-reported_at", "-id"],
                        name="incidents_report_by_state",
                    ),
                    models.Index(
                        fields=["federation", "by", "-reported_at", "-id"], name="incidents_report_of_person"
                    ),
                    models.Index(
                        condition=models.Q(("goes_up_at__isnull", False)),
                        fields=["federation", "goes_up_at"],
                        name="incidents_report_goes_up",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "reference"), name="incidents_reference_once"
                    ),
                    models.UniqueConstraint(fields=("federation", "once"), name="incidents_sent_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("federation", "code"),
                        name="incidents_code_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", None), models.Q(("code", ""), _negated=True)),
                            models.Q(("by__isnull", False), ("code", ""), ("inside", True)),
                            _connector="OR",
                        ),
                        name="incidents_asked_by_name_or_by_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_at", None), ("taken_by", None)),
                            models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="incidents_taken_by_somebody_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("reported", "handed_on")),
                            models.Q(("goes_up_at", None), ("taken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="incidents_somebody_has_what_does_not_wait",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("passed_at", None), ("passed_reference", ""), ("passed_to", "")),
                            models.Q(
                                ("passed_at__isnull", False),
                                models.Q(("passed_to", ""), _negated=True),
                                models.Q(("passed_reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="incidents_passed_with_its_reference",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("role_key", models.CharField(blank=True, max_length=80)),
                ("body", models.CharField(blank=True, max_length=30)),
                ("whose", models.CharField(blank=True, max_length=8)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="steps", to="incidents.report"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "report", "id"], name="incidents_step_of_report"),
                    models.Index(fields=["federation", "person", "report"], name="incidents_step_of_person"),
                    models.Index(fields=["federation", "role_key", "report"], name="incidents_step_of_role"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Reader",
            fields=[
                identity(),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="readers", to="incidents.report"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "report", "person"), name="incidents_reader_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                identity(),
                ("reference", models.CharField(max_length=12)),
                ("words_ref", models.BigIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="asked", max_length=12)),
                ("state_at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "second",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="openings", to="incidents.report"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "report", "by"], name="incidents_opening_of_report"),
                    models.Index(fields=["federation", "by", "-id"], name="incidents_opening_asked_by"),
                    models.Index(fields=["federation", "second", "-id"], name="incidents_opening_asked_of"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("report", None), ("state__in", ["asked", "not_opened"])),
                            models.Q(("report__isnull", False), ("state__in", ["agreed", "ended"])),
                            _connector="OR",
                        ),
                        name="incidents_opening_is_of_a_report_once_agreed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second", None),
                            models.Q(("second", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="incidents_opening_needs_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptOut",
            fields=[
                identity(),
                ("role_key", models.CharField(blank=True, max_length=80)),
                federation(),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="kept_out", to="incidents.report"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", False), ("role_key", "")),
                            models.Q(("person", None), models.Q(("role_key", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="incidents_kept_out_is_one_or_the_other",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="EvidenceNote",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("words_ref", models.BigIntegerField()),
                ("words_digest", models.CharField(max_length=64)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="notes", to="incidents.evidence"
                    ),
                ),
                federation(),
                (
                    "report",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="incidents.report"),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="EvidenceFile",
            fields=[
                identity(),
                ("part", models.CharField(max_length=10)),
                ("file", models.CharField(max_length=64)),
                ("group", models.CharField(max_length=10)),
                ("media_type", models.CharField(max_length=80)),
                ("ending", models.CharField(max_length=8)),
                ("size", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="files", to="incidents.evidence"
                    ),
                ),
                federation(),
                (
                    "report",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="incidents.report"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "evidence", "part"), name="incidents_evidence_part_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="incidents_evidence_file_has_content"
                    ),
                ]
            },
        ),
        migrations.AddField(
            model_name="evidence",
            name="report",
            field=models.ForeignKey(on_delete=models.PROTECT, related_name="evidence", to="incidents.report"),
        ),
        migrations.CreateModel(
            name="Capture",
            fields=[
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="capture",
                        serialize=False,
                        to="incidents.evidence",
                    ),
                ),
                ("state", models.CharField(default="asked", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("why", models.CharField(blank=True, max_length=20)),
                ("found_ref", models.BigIntegerField(null=True)),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("found_ref__isnull", False), ("state", "kept")),
                            models.Q(models.Q(("state", "kept"), _negated=True), ("found_ref", None)),
                            _connector="OR",
                        ),
                        name="incidents_capture_kept_with_what_was_found",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Content",
            fields=[
                (
                    "step",
                    models.OneToOneField(
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="incidents.step",
                    ),
                ),
                ("words_ref", models.BigIntegerField()),
                ("picture_ref", models.BigIntegerField(null=True)),
                ("picture_type", models.CharField(blank=True, max_length=20)),
                federation(),
                (
                    "report",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="incidents.report"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("picture_ref", None), ("picture_type", "")),
                            models.Q(
                                ("picture_ref__isnull", False), models.Q(("picture_type", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="incidents_picture_with_its_type",
                    )
                ]
            },
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                fields=("federation", "report", "number"), name="incidents_evidence_number_once"
            ),
        ),
    ]
