"""Evaluation against annotated data; never part of the wheel."""
