"""Fourteen invented news reports that tell one story: the demo, and what the tests read; see ``docs/samples.md``."""
