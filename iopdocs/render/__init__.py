"""From agreement and library to a document tree, and from the tree to DOCX, HTML and Markdown."""
