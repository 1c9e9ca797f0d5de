"""What a template author does with clauses: list, show, start, check and compare them, and tell which made a document."""
