"""Practice knowledge: cards, tools, conditions, resources, dossiers, themes, and the comments under them."""
