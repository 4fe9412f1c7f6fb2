"""Triggers that tell the connection which rows a statement changed, where they belong each to one thing that pages show.

They speak by a message of the server (INFO, which no setting silences), heard by dependencies.py: no statement more, and
what a transaction undoes was never told to the others. TRUNCATE tells nothing: the whole table is then forgotten.
"""

from django.db.migrations import RunSQL

# The rows of `changed` give one text each: the thing that a row belongs to. Beyond fifty things, all are forgotten.
FUNCTION = """
CREATE OR REPLACE FUNCTION kept_tell_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found text[];
BEGIN
    EXECUTE 'SELECT array_agg(thing) FROM (SELECT DISTINCT thing FROM (' || TG_ARGV[0] || ') AS told(thing) LIMIT 51) AS few'
    INTO found;
    IF cardinality(found) > 50 THEN
        found := ARRAY['*'];
    END IF;
    RAISE INFO 'kept % %', TG_TABLE_NAME, coalesce(array_to_string(found, ','), '');
    RETURN NULL;
END $$;
"""
TRANSITIONS = {
    "INSERT": "NEW TABLE AS changed",
    "DELETE": "OLD TABLE AS changed",
}


def tell_changes(table: str, rows: str) -> RunSQL:
    """Return the operation that has a table tell its changes; `rows` is a SELECT over `changed` that gives their things.

    A row that goes from one thing to another (UPDATE) is told for both.
    """
    made, undone = [FUNCTION], []
    quoted = rows.replace("'", "''")
    for event, transition in TRANSITIONS.items():
        made.append(
            f"CREATE TRIGGER kept_tell_{event.lower()} AFTER {event} ON {table} REFERENCING {transition}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION kept_tell_changes('{quoted}');"
        )
        undone.append(f"DROP TRIGGER kept_tell_{event.lower()} ON {table};")
    both = rows.replace("FROM changed", "FROM (SELECT * FROM changed UNION ALL SELECT * FROM was) AS changed")
    made.append(
        f"CREATE TRIGGER kept_tell_update AFTER UPDATE ON {table} REFERENCING NEW TABLE AS changed OLD TABLE AS was"
        f" FOR EACH STATEMENT EXECUTE FUNCTION kept_tell_changes('{both.replace(chr(39), chr(39) * 2)}');"
    )
    undone.append(f"DROP TRIGGER kept_tell_update ON {table};")
    return RunSQL("\n".join(made), "\n".join(undone))
