"""The DOCX writer (ECMA-376, transitional) and its reference document, which defines the design."""
