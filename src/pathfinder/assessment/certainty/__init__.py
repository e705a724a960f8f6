"""How sure the comparison is, and what it would be worth to know."""
