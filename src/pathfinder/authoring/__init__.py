"""Tools for rule authors: what a rule base says, whether it holds together, and what a change to it does. Pure."""
