"""What lies between two assessments."""
