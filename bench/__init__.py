"""Measured figures: `python -m bench [decide ingest verify start plans]` prints one JSON document."""
