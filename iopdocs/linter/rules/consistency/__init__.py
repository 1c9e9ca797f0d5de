"""S – samstämmighet: contradictions between two places of the agreement, in data and in running text."""
