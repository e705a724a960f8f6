"""The rule base: frozen models, conditions in three-valued logic over columns, cross-file checks."""
