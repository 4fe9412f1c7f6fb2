"""Practice knowledge: cards, tools, conditions, resources, dossiers and themes; what is said and done around them, in an app each."""
