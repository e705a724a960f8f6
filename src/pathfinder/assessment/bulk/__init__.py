"""Scores without comparisons: of many people in columns, and of one sheet after another."""
