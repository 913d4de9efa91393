"""Findings for other programs: JSON lines, flat tables as CSV or Parquet, PLOVER's event records."""
