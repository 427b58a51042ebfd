"""When a live post was last checked and by which person, and since when its next check is asked for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_permissions_destroyed"), ("people", "0001_initial")]

    operations = [
        migrations.AddField("announceddays", "looked_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "announceddays",
            "looked_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField("announceddays", "look_asked_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "announceddays",
            models.CheckConstraint(
                name="publishing_announced_looked_by_a_person",
                condition=models.Q(("looked_at", None), ("looked_by", None))
                | models.Q(("looked_at__isnull", False), ("looked_by__isnull", False)),
            ),
        ),
    ]
