"""How a worker does its jobs: in lanes, and what becomes of the jobs of a dead worker."""
