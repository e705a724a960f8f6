"""Reports: functions from an assessment, or a rule base, to text. They print nothing and open nothing."""
