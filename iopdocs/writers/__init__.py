"""Write a document tree to a file: DOCX, HTML, Markdown and PDF."""
