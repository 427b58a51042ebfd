"""The adopted document of a version in the school's own words, and which document people read and signed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from schoolgate.core.tenancy.columns import federation, identity


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("people", "0001_initial"), ("policy", "0002_measured")]

    operations = [
        migrations.AddField("policyversion", "document", models.CharField(blank=True, max_length=64)),
        migrations.AddField("attestation", "document", models.CharField(blank=True, max_length=64)),
        migrations.AddField("asking", "document", models.CharField(blank=True, max_length=64)),
        migrations.RemoveConstraint("asking", "policy_asked_once"),
        migrations.AddConstraint(
            "asking",
            models.UniqueConstraint(
                fields=("federation", "version", "person", "document"), name="policy_asked_once"
            ),
        ),
        migrations.CreateModel(
            name="PolicyDocument",
            fields=[
                identity(),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=100)),
                ("pieces", models.JSONField()),
                ("without_text", models.JSONField(default=list)),
                ("proposed", models.JSONField(default=dict)),
                (
                    "because",
                    models.TextField(blank=True, max_length=2000, verbose_name="Why it is replaced"),
                ),
                ("at", models.DateTimeField()),
                federation(),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="policy.policyversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "version", "number"), name="policy_document_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClausePassage",
            fields=[
                identity(),
                ("clause", models.CharField(max_length=80)),
                (
                    "sentences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("at", models.DateTimeField()),
                federation(),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="policy.policydocument",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "document", "clause", "-id"], name="policy_passage_newest"
                    )
                ],
            },
        ),
    ]
