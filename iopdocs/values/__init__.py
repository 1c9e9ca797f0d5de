"""Values as written in Swedish: a module for each kind, with the value class and its reading and printing."""
