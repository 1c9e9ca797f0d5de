"""Check any DOCX, made by iopdocs or not, for what a screen reader needs."""
