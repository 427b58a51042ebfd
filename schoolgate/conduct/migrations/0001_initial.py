"""Conduct: answers kept, leavers reminded, posts to remove."""

from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial"), ("people", "0001_initial"), ("policy", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                identity(),
                ("entry", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("answers_ref", models.BigIntegerField()),
                ("state", models.CharField(default="kept", max_length=8)),
                ("state_at", models.DateTimeField()),
                ("role_key", models.CharField(blank=True, max_length=80)),
                ("talked_on", models.DateField(null=True)),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "ruling_asked",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="policy.rulingasked"
                    ),
                ),
                (
                    "talked_with",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "person", "-id"], name="conduct_answer_of_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "talked"),
                                ("talked_on__isnull", False),
                                ("talked_with__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "talked"), _negated=True),
                                ("talked_on", None),
                                ("talked_with", None),
                            ),
                            _connector="OR",
                        ),
                        name="conduct_talked_over_with_a_person_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "kept"), models.Q(("role_key", ""), _negated=True), _connector="OR"
                        ),
                        name="conduct_asked_of_a_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeavingReminder",
            fields=[
                identity(),
                ("given_on", models.DateField(null=True)),
                ("state", models.CharField(default="not_yet", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("document", models.CharField(blank=True, max_length=64)),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                (
                    "departure",
                    models.OneToOneField(on_delete=models.PROTECT, related_name="+", to="people.departure"),
                ),
                federation(),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "person", "-id"], name="conduct_leaving_of_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "not_yet"), ("given_on__isnull", False), _connector="OR"
                        ),
                        name="conduct_answered_once_reminded",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnWord",
            fields=[
                identity(),
                ("topic", models.CharField(max_length=12)),
                ("said", models.CharField(max_length=8)),
                ("at", models.DateTimeField()),
                ("wordings", models.JSONField()),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
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
                        fields=("federation", "person", "topic"), name="conduct_word_once_a_topic"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Removal",
            fields=[
                identity(),
                ("told_at", models.DateTimeField()),
                ("reply_by", models.DateTimeField(null=True)),
                ("words_ref", models.BigIntegerField(null=True)),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="policy.decisionrecord"),
                ),
                federation(),
                ("person", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "told_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "person", "-id"], name="conduct_removal_of_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("gone_at", None), ("words_ref", None), _connector="OR"),
                        name="conduct_nothing_is_kept_of_what_is_gone",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportNumber",
            fields=[
                identity(),
                ("name", models.CharField(max_length=60)),
                ("telephone", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "name"), name="conduct_support_number_once")
                ]
            },
        ),
    ]
