"""The tools of a template author: list, show, start, check and compare clauses, and find which made a document."""
