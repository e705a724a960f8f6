"""pathfinder: well-known AI-safety career advice, made to answer to one person.

The flow has one direction: rule base -> questionnaire -> answers -> assessment -> comparison -> report.
`docs/tour.md` follows one answer through every module.
"""

__version__ = "0.1.0"
