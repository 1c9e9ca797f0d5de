"""Many agreements at once: rendered by worker processes, kept track of in a journal, told of in a report."""
