"""What is made once and given again: whole pages of visitors, parts that are the same for all who share a right.

    tables.py      which tables a statement reads or writes, as the apps declare them
    versions.py    the version of each table, or of some of its rows: another one once a write commits
    dependencies.py what was read while something was made, and the database's writes
    things.py      `kept(key, make)`: the thing of before while nothing that it was made of changed
    frames.py      a page for all who share its rights, with places for what is of each
    pages.py       visitors' whole pages
    triggers.py    what tells whose rows a statement changed

Why: docs/decisions/0057-kept-by-what-they-show.md, docs/decisions/0058-made-for-many-by-nobody.md.
"""
