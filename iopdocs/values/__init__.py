"""How Swedes write values: a module for each kind, with the value class and how it is read and printed."""
