"""What an agreement is: frozen attrs classes, one file per part, with the dictionary that joins Python and Swedish."""
