"""How a worker does its jobs: in lanes, and what happens to the jobs of a dead worker."""
