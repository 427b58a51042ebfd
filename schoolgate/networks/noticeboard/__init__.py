"""The federation's own public page, served by the program: a network that every school has and owns."""
