"""J and L – words of purchase and plain language: the rules about how things are said."""
