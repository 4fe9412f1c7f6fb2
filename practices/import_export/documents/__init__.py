"""Documents written elsewhere (Markdown, HTML, an export of WordPress, a zip of those) read as a table: a line each."""
