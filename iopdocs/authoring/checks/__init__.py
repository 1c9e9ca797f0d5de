"""The checks of a layer, a module for each kind of mistake."""
