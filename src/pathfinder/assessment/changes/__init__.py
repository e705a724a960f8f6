"""What other answers would change, one by one and up to three together."""
