"""Rows of what the public is told and tells."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_opening_and_sites")]

    operations = []
