"""Words that a program read in a photograph of a comment."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from schoolgate.core.tenancy.columns import federation, identity


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("inbox", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PhotoWords",
            fields=[
                identity(),
                federation(),
                ("asked_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("lines", ArrayField(models.TextField(), null=True)),
                ("reader", models.CharField(blank=True, max_length=40)),
                ("digest", models.CharField(max_length=64)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "by", "digest"), name="inbox_photo_words_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lines", None), ("read_at__isnull", False), _connector="OR"),
                        name="inbox_photo_words_read_at_a_time",
                    ),
                ],
            },
        ),
    ]
