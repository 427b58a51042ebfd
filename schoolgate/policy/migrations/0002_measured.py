"""What reached each rule in the decisions on record."""

from django.db import migrations, models

from schoolgate.core.tenancy.columns import federation, identity


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("policy", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="RuleAsked",
            fields=[
                identity(),
                ("policy", models.CharField(max_length=60)),
                ("rule", models.CharField(max_length=200)),
                ("clause", models.CharField(max_length=80)),
                ("situation", models.CharField(max_length=60)),
                ("week", models.DateField()),
                ("apart", models.BooleanField(default=False)),
                ("decided", models.PositiveIntegerField(default=0)),
                ("waited", models.PositiveIntegerField(default=0)),
                ("shown", models.PositiveIntegerField(default=0)),
                ("told", models.PositiveIntegerField(default=0)),
                ("facts", models.JSONField(default=dict)),
                ("missing", models.JSONField(default=dict)),
                federation(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "policy", "rule", "situation", "week", "apart"),
                        name="policy_rule_asked_once",
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=["federation", "policy", "clause", "week"], name="policy_asked_by_clause"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Measuring",
            fields=[
                identity(),
                ("last", models.BigIntegerField(default=0)),
                ("head", models.BigIntegerField(default=0)),
                ("head_at", models.DateTimeField(null=True)),
                ("counted", models.PositiveBigIntegerField(default=0)),
                ("facts_gone", models.PositiveBigIntegerField(default=0)),
                ("unread", models.PositiveBigIntegerField(default=0)),
                federation(),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("federation",), name="policy_measuring_once")]
            },
        ),
    ]
