"""The command line: one module per verb, thin, and one boundary for errors."""
