"""Today, the first steps and the messages a person gets."""
