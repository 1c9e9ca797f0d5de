"""The register: a municipality's overview of its agreements, one row each."""
