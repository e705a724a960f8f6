"""The command line: one module per verb, thin, and one boundary for errors."""

import gc

gc.set_threshold(50_000, 20, 20)
"""What is loaded at the start stays; to look through it for garbage as often as Python does finds none."""
