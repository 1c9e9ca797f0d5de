"""Where many agreements come from: files, folders, patterns, workbooks, tables and our own documents."""
