"""T – mall: the texts of the layers, the clauses and the notes to the linter compared with the data."""
