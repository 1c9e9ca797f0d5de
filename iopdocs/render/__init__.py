"""From agreement and library to a document tree, and from the tree to DOCX, HTML and Markdown."""

from iopdocs.rooms import make_callable

make_callable(__name__, "render")
