"""The words of items know their school; indexes find the newest of a school with a word, and an item's words."""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
ALTER TABLE inbox_itemword NO FORCE ROW LEVEL SECURITY;
ALTER TABLE inbox_item NO FORCE ROW LEVEL SECURITY;
UPDATE inbox_itemword SET school_id = item.school_id
FROM inbox_item AS item WHERE item.id = inbox_itemword.item_id AND item.school_id IS NOT NULL;
ALTER TABLE inbox_itemword FORCE ROW LEVEL SECURITY;
ALTER TABLE inbox_item FORCE ROW LEVEL SECURITY;
"""
"""The owner of the tables fills the column: the rows of every federation. `0009` took the guard against changes away."""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("inbox", "0009_retention")]

    operations = [
        migrations.AddField(
            model_name="itemword",
            name="school",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="core.school",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="itemword",
            index=models.Index(fields=["federation", "school", "word", "item"], name="inbox_word_of_school"),
        ),
        migrations.AddIndex(
            model_name="itemword",
            index=models.Index(fields=["federation", "item"], name="inbox_word_of_item"),
        ),
    ]
