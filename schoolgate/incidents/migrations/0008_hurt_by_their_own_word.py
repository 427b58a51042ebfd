"""Who was hurt or threatened is only said by the reporter or by the lead who adds them. For someone
found in the words, a lead's later word counts no more, so the concern may be about them, as until now."""

from django.db import migrations

NOT_FROM_THE_OWNER = "ALTER TABLE incidents_keptout NO FORCE ROW LEVEL SECURITY"
AGAIN = "ALTER TABLE incidents_keptout FORCE ROW LEVEL SECURITY"


class Migration(migrations.Migration):
    dependencies = [("incidents", "0007_words_lost_in_a_restore")]

    operations = [
        migrations.RunSQL(
            [
                NOT_FROM_THE_OWNER,
                "UPDATE incidents_keptout SET harmed = FALSE, harmed_by_id = NULL WHERE harmed_by_id > 0",
                "SET CONSTRAINTS ALL IMMEDIATE",
                AGAIN,
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RemoveConstraint("keptout", "incidents_harmed_by_a_lead_is_harmed"),
        migrations.RemoveField("keptout", "harmed_by"),
    ]
