"""What can be shown from what the areas recorded: evidence for each clause."""
