"""The inbox: where each item waits and why, what is locked, a federation's own phrases."""

import django.db.models.manager
from django.db import migrations, models

from schoolgate.core.tenancy.columns import federation, identity


class Migration(migrations.Migration):
    dependencies = [("inbox", "0002_photo_words"), ("people", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(name="item", options={"base_manager_name": "every"}),
        migrations.AlterModelManagers(
            name="item",
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("every", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            "item", "lane", models.CharField(default="other", db_default="other", max_length=13)
        ),
        migrations.AddField("item", "goes_first", models.PositiveSmallIntegerField(default=6, db_default=6)),
        migrations.AddField("item", "rank", models.PositiveSmallIntegerField(default=89, db_default=89)),
        migrations.AddField(
            "item", "why", models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
        ),
        migrations.AddField("item", "locked_at", models.DateTimeField(null=True)),
        migrations.RemoveIndex("item", "inbox_item_by_due"),
        migrations.AddIndex(
            "item",
            models.Index(
                fields=["federation", "state", "goes_first", "answer_by", "id"], name="inbox_item_by_due"
            ),
        ),
        migrations.AddIndex(
            "item", models.Index(fields=["federation", "lane", "state", "-id"], name="inbox_item_of_lane")
        ),
        migrations.AddIndex(
            "item",
            models.Index(
                condition=models.Q(("locked_at__isnull", False)),
                fields=["federation", "-id"],
                name="inbox_item_locked",
            ),
        ),
        migrations.CreateModel(
            name="OwnPhrase",
            fields=[
                identity(),
                federation(),
                ("lane", models.CharField(max_length=13)),
                ("language", models.CharField(max_length=2)),
                ("words", models.CharField(max_length=80)),
                ("off", models.BooleanField(default=False)),
                ("because", models.CharField(blank=True, max_length=200)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
                ("ended_by", models.ForeignKey("people.person", models.PROTECT, null=True, related_name="+")),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("federation", "lane", "language", "words"),
                        name="inbox_phrase_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("off", False), ~models.Q(("because", "")), _connector="OR"),
                        name="inbox_phrase_off_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="inbox_phrase_ended_by_a_person",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ReaderCare",
            fields=[
                identity(),
                federation(),
                ("person", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("shows_words", models.BooleanField(default=False)),
                ("day", models.DateField()),
                ("seen", models.JSONField(default=list)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("federation", "person"), name="inbox_reader_care_once"),
                ]
            },
        ),
    ]
