"""The state of the installation: health, metrics, backups."""
