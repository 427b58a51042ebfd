"""Enquiries from the press with their statements and log, and what is expected."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("accounts", "0001_initial"),
        ("core", "0001_initial"),
        ("inbox", "0001_initial"),
        ("people", "0001_initial"),
        ("policy", "0001_initial"),
    ]
    operations = [
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                identity(),
                ("how", models.CharField(max_length=10)),
                ("outlet", models.CharField(blank=True, max_length=200)),
                ("journalist", models.CharField(blank=True, max_length=200)),
                ("contact", models.CharField(blank=True, max_length=200)),
                ("wants", models.TextField(blank=True)),
                ("until", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField()),
                ("kept_at", models.DateTimeField()),
                ("about_posts", models.BooleanField(null=True)),
                ("asks_for_comment", models.BooleanField(null=True)),
                ("state", models.CharField(default="open", max_length=10)),
                ("state_at", models.DateTimeField()),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("destroyed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="accounts.account"
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
                    "item",
                    models.OneToOneField(
                        null=True, on_delete=models.PROTECT, related_name="enquiry", to="inbox.item"
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "state", "-id"], name="press_enquiry_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", False), ("how", "item"), ("item__isnull", False)),
                            models.Q(
                                models.Q(("how", "item"), _negated=True),
                                ("item", None),
                                models.Q(("wants", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="press_enquiry_by_item_or_hand",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), models.Q(("outcome", ""), _negated=True)),
                            models.Q(("outcome", ""), ("state", "open")),
                            _connector="OR",
                        ),
                        name="press_enquiry_closed_with_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Expectation",
            fields=[
                identity(),
                ("about", models.CharField(max_length=200)),
                ("line", models.TextField(blank=True)),
                ("until", models.DateField()),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
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
                    "school",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="core.school"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "until", "id"], name="press_expected_until")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="press_expected_ended_by_a_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                identity(),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="statements", to="press.enquiry"
                    ),
                ),
                federation(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "enquiry", "number"), name="press_statement_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="EnquiryStep",
            fields=[
                identity(),
                ("kind", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("role_key", models.CharField(blank=True, max_length=80)),
                ("how", models.CharField(blank=True, max_length=10)),
                ("words", models.TextField(blank=True)),
                ("clauses", ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
                (
                    "by",
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
                    "enquiry",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="steps", to="press.enquiry"),
                ),
                federation(),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        null=True, on_delete=models.PROTECT, related_name="+", to="press.statement"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "enquiry", "id"], name="press_step_in_order")]
            },
        ),
    ]
