"""A rehearsal through the program's own actions: a walk of made-up people under a policy that isn't signed
yet, in a transaction of which nothing stays."""
