"""What each argument counts for one person, worked out by one evaluator or looked up in its table."""
