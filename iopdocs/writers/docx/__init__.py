"""The DOCX writer (ECMA-376, transitional) and the reference document that it takes its design from."""
