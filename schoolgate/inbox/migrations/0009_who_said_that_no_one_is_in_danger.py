"""Note who said that no one is in danger, and of which version."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0008_when_it_was_written_may_not_be_known"),
        ("people", "0005_a_role_is_told_by_two_people"),
    ]

    operations = [
        migrations.AddField("item", "cleared_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "item",
            "cleared_by",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            "item", "cleared_version", models.CharField(db_default="", default="", max_length=128)
        ),
    ]
