"""What `schoolgate check` looks at: each thing is a function that says how it stands and what to do."""
