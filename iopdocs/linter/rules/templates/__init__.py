"""T – mall: what the texts of the layers, the clauses and the notes to the linter have to do with the data."""
