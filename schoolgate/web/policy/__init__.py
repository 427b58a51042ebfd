"""The policy in force: clauses, versions, interpretation, rulings."""
