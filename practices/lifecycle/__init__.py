"""The life of pages once published: kept true, replaced, archived; their links."""
