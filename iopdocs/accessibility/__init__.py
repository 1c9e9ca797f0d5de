"""What a screen reader needs of a finished Word document, checked on any DOCX, ours or not."""
