"""Sources of agreements: files, folders, patterns, workbooks, tables and documents made by iopdocs."""
