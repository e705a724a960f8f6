"""The command line: one module per verb, thin, and one boundary for errors.

A run is short, and most of what it makes lives until it ends. Looking through all that for garbage as often as Python
does, and once more at the end, would find next to none of it and take a tenth of the time.
"""

import atexit
import gc

gc.set_threshold(200_000, 30, 30)
atexit.register(gc.freeze)
