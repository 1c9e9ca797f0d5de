"""The commands, one in each module: it parses, calls and prints."""
