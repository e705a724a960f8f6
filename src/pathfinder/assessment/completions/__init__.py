"""The ways in which everything still open could be answered: all of them, or many that are drawn."""
