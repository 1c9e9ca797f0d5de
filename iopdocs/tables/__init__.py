"""Workbooks and CSV files: read cells into records, and write the workbook template."""
