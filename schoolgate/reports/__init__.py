"""Reports and evidence for each clause, from what the areas recorded."""
