"""The reference of a rule base and of the command line, as Markdown pages generated from them."""
