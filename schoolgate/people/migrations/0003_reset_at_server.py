"""The person who runs the server may be the second of the two who reset a lost second step."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0002_person_destroyed")]

    operations = [
        migrations.AddField("factorreset", "at_server", models.BooleanField(default=False)),
        migrations.AlterField(
            "factorreset",
            "asked_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.RemoveConstraint("factorreset", "people_reset_done_is_confirmed"),
        migrations.AddConstraint(
            "factorreset",
            models.CheckConstraint(
                name="people_reset_done_is_confirmed",
                condition=(Q(state="done") & Q(confirmed_by__isnull=False) & Q(at_server=False))
                | Q(state="done", confirmed_by=None, at_server=True)
                | (~Q(state="done") & Q(confirmed_by=None) & Q(at_server=False)),
            ),
        ),
        migrations.AddConstraint(
            "factorreset",
            models.CheckConstraint(
                name="people_reset_asked_by_somebody",
                condition=Q(asked_by__isnull=False) | Q(at_server=True),
            ),
        ),
    ]
