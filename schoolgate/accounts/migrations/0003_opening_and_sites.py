"""Rows of what is seen before opening, and of hosted sites."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_proposals_in_full")]

    operations = []
