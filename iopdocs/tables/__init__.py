"""Workbooks and CSV files: from cells to records, and the workbook to fill in."""
