"""Training: from the annotated sets to the files that ship; not in the wheel."""
