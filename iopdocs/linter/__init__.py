"""The linter: what is missing, what does not add up and what makes an agreement a purchase."""
