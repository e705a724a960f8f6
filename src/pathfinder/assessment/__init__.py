"""Assessment: from a rule base and an answer sheet to scores, reasons, ranges and a verdict. Pure."""
