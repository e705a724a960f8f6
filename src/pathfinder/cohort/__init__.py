"""Many people in one run: read one by one, assessed in as many processes as wanted, written in the input's order."""
