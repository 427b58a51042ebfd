"""How the installation is: health, metrics, backups."""
