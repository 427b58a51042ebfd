"""No one can say for another person that they have read a guide."""

from django.db import migrations, models
from django.db.models import F, Q

NAME = "policy_nobody_reads_for_another"


class Migration(migrations.Migration):
    dependencies = [("policy", "0005_guides")]

    operations = [
        migrations.RemoveConstraint(model_name="attestation", name=NAME),
        migrations.AddConstraint(
            model_name="attestation",
            constraint=models.CheckConstraint(
                condition=~Q(kind__in=["policy_read", "policy_understood", "guide_read"])
                | Q(on_paper=True)
                | Q(about_person=F("by")),
                name=NAME,
            ),
        ),
    ]
