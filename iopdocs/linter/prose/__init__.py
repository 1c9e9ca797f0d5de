"""Running text as the rules read it: passages, sentences, words, negation."""
