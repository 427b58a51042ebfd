"""What a comment was found to be, its report and the steps with its author; messages to groups."""

from django.db import migrations, models

from schoolgate.core.tenancy.columns import federation, identity


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("core", "0001_initial"),
        ("inbox", "0004_tools"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="removalnotice",
            name="says",
            field=models.JSONField(null=True),
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                identity(),
                ("item_version", models.CharField(max_length=128)),
                ("reason", models.CharField(blank=True, max_length=10)),
                ("relation", models.CharField(blank=True, max_length=10)),
                ("house_rule", models.CharField(blank=True, max_length=10)),
                ("reported_at", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                federation(),
                ("item", models.ForeignKey("inbox.item", models.PROTECT, related_name="judgements")),
            ],
        ),
        migrations.CreateModel(
            name="AbuseReport",
            fields=[
                identity(),
                ("roles", models.JSONField()),
                ("clauses", models.JSONField()),
                ("decision", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                federation(),
                ("item", models.ForeignKey("inbox.item", models.PROTECT, related_name="abuse_reports")),
                ("read_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                ("judgement", models.ForeignKey("inbox.judgement", models.PROTECT, related_name="+")),
            ],
        ),
        migrations.CreateModel(
            name="WriterStep",
            fields=[
                identity(),
                ("what", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("words", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                federation(),
                ("item", models.ForeignKey("inbox.item", models.PROTECT, related_name="writer_steps")),
            ],
        ),
        migrations.CreateModel(
            name="ResponseProcess",
            fields=[
                identity(),
                ("words", models.TextField(max_length=5000)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                federation(),
            ],
        ),
        migrations.CreateModel(
            name="GroupMessage",
            fields=[
                identity(),
                ("to", models.CharField(max_length=10)),
                ("group", models.CharField(max_length=120)),
                ("people", models.PositiveIntegerField()),
                ("public", models.BooleanField()),
                ("purpose", models.CharField(max_length=30)),
                ("reason", models.TextField(blank=True, max_length=1000)),
                ("implications", models.TextField(blank=True, max_length=1000)),
                ("text", models.TextField(max_length=5000)),
                ("decision", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="+")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                federation(),
                ("school", models.ForeignKey("core.school", models.PROTECT, null=True, related_name="+")),
            ],
            options={
                "indexes": [models.Index(fields=["federation", "-id"], name="inbox_message_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("people__gte", 1)), name="inbox_message_to_people"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="judgement",
            index=models.Index(fields=["federation", "item", "-id"], name="inbox_judgement_newest"),
        ),
        migrations.AddConstraint(
            model_name="abusereport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("read_at", None)),
                fields=("federation", "item"),
                name="inbox_one_unread_report",
            ),
        ),
        migrations.AddConstraint(
            model_name="abusereport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("read_at", None), ("read_by", None)),
                    models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                    _connector="OR",
                ),
                name="inbox_report_read_by_a_person",
            ),
        ),
    ]
