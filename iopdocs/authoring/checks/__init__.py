"""What can be wrong in a layer, a module for each kind of mistake."""
