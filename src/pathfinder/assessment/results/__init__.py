"""What comes out: plain data that can be told without the rule base."""
