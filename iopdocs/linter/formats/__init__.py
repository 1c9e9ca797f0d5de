"""The forms in which findings leave the linter: SARIF, GitHub annotations, JSON Schema and granskningsprotokoll."""
