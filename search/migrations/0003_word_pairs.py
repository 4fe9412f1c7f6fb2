"""An index of the words that stand side by side: a phrase of frequent words is found without reading texts."""

from django.db import migrations

# Numbers of the pairs of neighbours of a text in terms. The first eight digits of MD5: the same on every version.
PAIRS = """
CREATE FUNCTION search_index_pairs(stems text) RETURNS integer[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT COALESCE(array_agg(DISTINCT ('x' || substr(md5(one || ' ' || other), 1, 8))::bit(32)::integer), '{}')
FROM (SELECT word AS one, lead(word) OVER (ORDER BY place) AS other
      FROM unnest(string_to_array(btrim(stems), ' ')) WITH ORDINALITY AS read(word, place)) AS neighbours
WHERE other IS NOT NULL
$$;
CREATE INDEX search_index_entrywords_pairs ON search_index_entrywords USING gin (search_index_pairs(stems));
"""
FORGET = "DROP INDEX search_index_entrywords_pairs; DROP FUNCTION search_index_pairs(text)"


class Migration(migrations.Migration):
    dependencies = [("findable", "0002_constraints_and_needs")]
    operations = [migrations.RunSQL(PAIRS, FORGET)]
