"""Two machines, two databases and people at work: what `scripts/two_machines.py` sets up."""
