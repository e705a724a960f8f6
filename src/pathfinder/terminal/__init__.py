"""The terminal: everything that draws or prompts."""
