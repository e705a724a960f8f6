"""Answers: what a person said, how certain it is, and the one validator for every way of saying it."""
