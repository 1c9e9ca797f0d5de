"""Many agreements at once: rendered by worker processes, tracked in a journal, summarised in a report."""
