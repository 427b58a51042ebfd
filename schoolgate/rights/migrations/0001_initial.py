"""Requests about data, and the steps taken with each."""

from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial"), ("people", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Request",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=12)),
                ("received_on", models.DateField()),
                ("identity", models.CharField(max_length=12)),
                ("words_ref", models.BigIntegerField(null=True)),
                ("entered_at", models.DateTimeField()),
                ("due_on", models.DateField(null=True)),
                ("guessed_from", models.DateField(null=True)),
                ("extended", models.BooleanField(default=False)),
                ("state", models.CharField(default="open", max_length=8)),
                ("state_at", models.DateTimeField()),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("answered_on", models.DateField(null=True)),
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
                    models.Index(
                        fields=["federation", "state", "due_on", "id"], name="rights_request_by_time"
                    ),
                    models.Index(fields=["federation", "state", "-id"], name="rights_request_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_on", None), ("outcome", ""), ("state", "open")),
                            models.Q(
                                ("answered_on__isnull", False),
                                ("state", "closed"),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="rights_request_closed_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extended", False),
                            models.Q(("kind", "information"), _negated=True),
                            _connector="OR",
                        ),
                        name="rights_information_is_not_extended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gathering",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("sought_ref", models.BigIntegerField()),
                ("state", models.CharField(default="running", max_length=8)),
                ("place", models.CharField(blank=True, max_length=60)),
                ("after", models.BigIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="gatherings", to="rights.request"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("federation", "request"),
                        name="rights_one_gathering_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state", "running")),
                            models.Q(
                                models.Q(("state", "running"), _negated=True), ("ended_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="rights_gathering_ended",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Found",
            fields=[
                identity(),
                ("place", models.CharField(max_length=60)),
                ("number", models.BigIntegerField()),
                ("why", models.CharField(max_length=8)),
                ("lead", models.BooleanField(default=False)),
                ("decision", models.CharField(default="undecided", max_length=10)),
                ("exemption", models.CharField(blank=True, max_length=24)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("words_ref", models.BigIntegerField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "gathering",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="rights.gathering"),
                ),
                (
                    "request",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="found", to="rights.request"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "request", "lead", "decision", "id"], name="rights_found_order"
                    ),
                    models.Index(fields=["federation", "place", "number"], name="rights_found_of_thing"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "request", "place", "number"), name="rights_found_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", None), ("decided_at", None), ("decision", "undecided")),
                            models.Q(
                                models.Q(("decision", "undecided"), _negated=True),
                                ("by__isnull", False),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="rights_found_decided_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "left_out"), models.Q(("exemption", ""), _negated=True)),
                            models.Q(models.Q(("decision", "left_out"), _negated=True), ("exemption", "")),
                            _connector="OR",
                        ),
                        name="rights_found_left_out_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("language", models.CharField(max_length=2)),
                ("letter_ref", models.BigIntegerField(null=True)),
                ("state", models.CharField(default="making", max_length=8)),
                ("state_at", models.DateTimeField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("volumes", models.PositiveIntegerField(default=0)),
                ("file", models.CharField(blank=True, max_length=64)),
                ("size", models.BigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "request",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="answers", to="rights.request"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["making", "ready"])),
                        fields=("federation", "request"),
                        name="rights_one_answer_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(
                                models.Q(("file", ""), _negated=True), models.Q(("digest", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="rights_answer_ready_with_file",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("code", models.CharField(blank=True, max_length=16)),
                ("words_ref", models.BigIntegerField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                federation(),
                (
                    "request",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="steps", to="rights.request"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "request", "id"], name="rights_step_in_order")]
            },
        ),
        migrations.CreateModel(
            name="Covered",
            fields=[
                identity(),
                ("part", models.CharField(max_length=120)),
                ("begins", models.PositiveIntegerField()),
                ("ends", models.PositiveIntegerField()),
                federation(),
                (
                    "found",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="covered", to="rights.found"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("begins__lt", models.F("ends"))), name="rights_covered_something"
                    ),
                    models.UniqueConstraint(
                        fields=("federation", "found", "part", "begins"), name="rights_covered_once"
                    ),
                ]
            },
        ),
    ]
