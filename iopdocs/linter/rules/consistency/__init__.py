"""S – samstämmighet: what the agreement says in one place against what it says in another, in data and in running text."""
