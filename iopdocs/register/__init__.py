"""The register: what a municipality needs to keep track of its agreements, one row each."""
