"""The output formats of the linter: SARIF, GitHub annotations, JSON Schema and granskningsprotokoll."""
