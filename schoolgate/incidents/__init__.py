"""What somebody says is wrong: told at once to whoever the policy names, open until somebody has it."""
