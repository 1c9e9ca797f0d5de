"""J and L – words of purchase and plain language: the rules about wording."""
