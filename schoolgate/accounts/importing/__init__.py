"""Reading a list of existing accounts: its columns, and what each line would change."""
