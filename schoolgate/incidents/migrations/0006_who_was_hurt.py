import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("incidents", "0005_authority"), ("people", "0004_a_lead_goes_by_two_people")]

    operations = [
        migrations.AddField(
            model_name="keptout",
            name="harmed",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="keptout",
            name="harmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="keptout",
            constraint=models.CheckConstraint(
                condition=Q(harmed_by=None) | Q(harmed=True),
                name="incidents_harmed_by_a_lead_is_harmed",
            ),
        ),
    ]
