"""Files: the only place that opens any. Strict reading of strangers' files, atomic writing of our own."""
