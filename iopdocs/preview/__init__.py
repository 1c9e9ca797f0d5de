"""A page in the browser that shows a document while its texts and data are being written."""
