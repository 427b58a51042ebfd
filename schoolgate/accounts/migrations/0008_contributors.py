"""Rows of those who ask to take part."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_handover")]

    operations = []
