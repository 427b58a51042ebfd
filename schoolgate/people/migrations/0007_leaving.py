"""Rows of leaving and of long leave."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0006_signing_in_elsewhere")]

    operations = []
