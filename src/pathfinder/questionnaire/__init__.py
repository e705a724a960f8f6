"""The questionnaire: which question comes next, and what an answer does to the others. Pure."""
