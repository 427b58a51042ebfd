"""Which question for a ruling was sent from a saved answer."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conduct", "0003_own_words"), ("policy", "0008_delegation_and_managers")]

    operations = [
        migrations.AddField(
            model_name="keptanswer",
            name="ruling_asked",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="policy.rulingasked",
            ),
        ),
    ]
