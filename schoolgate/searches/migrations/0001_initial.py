"""Checks of systems with their copies, and vacancies with their candidates."""

from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("core", "0001_initial"),
        ("incidents", "0001_initial"),
        ("people", "0001_initial"),
        ("policy", "0001_initial"),
    ]
    operations = [
        migrations.CreateModel(
            name="CheckCopy",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("keep_until", models.DateField()),
                ("content_ref", models.BigIntegerField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                (
                    "destroy_decision",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"
                    ),
                ),
                (
                    "destroyed_by",
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
                            models.Q(
                                ("content_ref__isnull", False), ("destroyed_at", None), ("destroyed_by", None)
                            ),
                            models.Q(
                                ("content_ref", None),
                                ("destroyed_at__isnull", False),
                                ("destroyed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="searches_copy_is_there_or_destroyed",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="CopyUsed",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("how", models.CharField(max_length=10)),
                ("words_ref", models.BigIntegerField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "copy",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="uses", to="searches.checkcopy"),
                ),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                federation(),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="SystemCheck",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("act", models.CharField(max_length=20)),
                ("target", models.CharField(max_length=20)),
                ("purpose", models.CharField(max_length=30)),
                ("done", models.CharField(max_length=20)),
                ("on_systems", models.BooleanField()),
                ("policy_named", models.CharField(blank=True, max_length=120)),
                ("policy_of", models.CharField(blank=True, max_length=30)),
                ("own_account", models.BooleanField()),
                ("names_school", models.BooleanField(null=True)),
                ("affects_school", models.BooleanField(null=True)),
                ("range_from", models.DateField()),
                ("range_to", models.DateField()),
                ("case_from", models.DateField(null=True)),
                ("case_to", models.DateField(null=True)),
                ("make_by", models.DateField()),
                ("assessed_on", models.DateField(null=True)),
                ("words_ref", models.BigIntegerField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("result_ref", models.BigIntegerField(null=True)),
                ("state", models.CharField(max_length=10)),
                ("state_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(null=True)),
                (
                    "about",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "assessed_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                ("doer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "report",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="incidents.report"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "-at", "-id"], name="searches_check_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("range_from__lte", models.F("range_to"))),
                        name="searches_check_of_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("own_account", False),
                            models.Q(("affects_school__isnull", False), ("names_school__isnull", False)),
                            _connector="OR",
                        ),
                        name="searches_check_of_own_account_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_at", None),
                            models.Q(
                                ("second__isnull", False), models.Q(("second", models.F("by")), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="searches_second_person_is_another",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="checkcopy",
            name="check_made",
            field=models.ForeignKey(
                on_delete=models.PROTECT, related_name="copies", to="searches.systemcheck"
            ),
        ),
        migrations.CreateModel(
            name="Vacancy",
            fields=[
                identity(),
                ("title", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("terms", models.CharField(max_length=300)),
                ("shortlisted_on", models.DateField()),
                ("on_shortlist", models.PositiveSmallIntegerField()),
                ("told_on", models.DateField(null=True)),
                ("told_how", models.CharField(blank=True, max_length=10)),
                ("decided_on", models.DateField(null=True)),
                ("delete_on", models.DateField(null=True)),
                ("state", models.CharField(default="planned", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"
                    ),
                ),
                (
                    "destroyed_by",
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
                    "searcher",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "-at", "-id"], name="searches_vacancy_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("destroyed_by__isnull", False), ("state", "destroyed")),
                            models.Q(models.Q(("state", "destroyed"), _negated=True), ("destroyed_by", None)),
                            _connector="OR",
                        ),
                        name="searches_destroyed_by_a_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PanelMember",
            fields=[
                identity(),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "vacancy",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="panel", to="searches.vacancy"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "vacancy", "person"), name="searches_panel_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                identity(),
                ("number", models.PositiveSmallIntegerField()),
                ("name_ref", models.BigIntegerField(null=True)),
                ("searched_at", models.DateTimeField(null=True)),
                ("same_terms", models.BooleanField(null=True)),
                ("found_ref", models.BigIntegerField(null=True)),
                ("answer_ref", models.BigIntegerField(null=True)),
                ("appointed", models.BooleanField(null=True)),
                federation(),
                (
                    "vacancy",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="candidates", to="searches.vacancy"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "vacancy", "number"), name="searches_candidate_once"
                    )
                ]
            },
        ),
    ]
