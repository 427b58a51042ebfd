"""Networks that a person serves on the network's own pages: what the program gives that person, and takes
back."""
