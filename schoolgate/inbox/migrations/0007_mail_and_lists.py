"""What comes in by email and from lists; what else a person says when they judge a comment."""

from django.db import migrations, models

from schoolgate.core.tenancy.columns import federation, identity

STATES = [
    ("open", "Being checked"),
    ("done", "Imported"),
    ("dropped", "Cancelled"),
    ("lapsed", "No one confirmed it in time"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("core", "0001_initial"),
        ("inbox", "0006_times_of_a_school"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AddField("judgement", "named", models.BooleanField(null=True)),
        migrations.AddField("judgement", "rude", models.BooleanField(null=True)),
        migrations.CreateModel(
            name="MailAddress",
            fields=[
                identity(),
                ("code", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("account", models.ForeignKey("accounts.account", models.PROTECT, related_name="+")),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                federation(),
            ],
        ),
        migrations.CreateModel(
            name="CommentMapping",
            fields=[
                identity(),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("shape", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=dict)),
                ("defaults", models.JSONField(default=dict)),
                ("words", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                federation(),
            ],
        ),
        migrations.CreateModel(
            name="CommentImport",
            fields=[
                identity(),
                ("at", models.DateTimeField()),
                ("state", models.CharField(choices=STATES, default="open", max_length=20)),
                ("file", models.CharField(blank=True, max_length=64)),
                ("content", models.CharField(max_length=64)),
                ("encoding", models.CharField(blank=True, max_length=20)),
                ("lines", models.PositiveIntegerField()),
                ("counts", models.JSONField(default=dict)),
                ("ended_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                (
                    "mapping",
                    models.ForeignKey("inbox.commentmapping", models.PROTECT, null=True, related_name="+"),
                ),
                federation(),
            ],
        ),
        migrations.AddIndex(
            "commentmapping",
            models.Index(fields=["federation", "shape", "-id"], name="inbox_mapping_by_shape"),
        ),
        migrations.AddConstraint(
            "commentmapping",
            models.UniqueConstraint(fields=["federation", "name"], name="inbox_mapping_once"),
        ),
        migrations.AddConstraint(
            "commentmapping",
            models.CheckConstraint(condition=~models.Q(("name", "")), name="inbox_mapping_named"),
        ),
        migrations.AddIndex(
            "commentimport",
            models.Index(fields=["federation", "by", "-id"], name="inbox_import_of_person"),
        ),
        migrations.AddIndex(
            "commentimport",
            models.Index(
                condition=~models.Q(("file", "")),
                fields=["federation", "at"],
                name="inbox_import_with_file",
            ),
        ),
        migrations.AddConstraint(
            "commentimport",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="inbox_import_ended_or_open",
            ),
        ),
        migrations.AddConstraint(
            "commentimport",
            models.CheckConstraint(
                condition=~models.Q(("file", ""), ("state", "open")), name="inbox_import_open_has_file"
            ),
        ),
        migrations.AddConstraint(
            "mailaddress",
            models.UniqueConstraint(fields=["federation", "code"], name="inbox_mail_code_once"),
        ),
        migrations.AddConstraint(
            "mailaddress",
            models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=["federation", "account"],
                name="inbox_mail_address_once",
            ),
        ),
    ]
