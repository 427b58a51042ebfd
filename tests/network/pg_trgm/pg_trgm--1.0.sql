-- A stand-in for PostgreSQL's own pg_trgm, which the embedded server's wheel does not carry. Bluesky's AppView wants
-- its operator class for three indexes of the search for names, which no test uses.
CREATE FUNCTION text_in_one_box(internal) RETURNS internal AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT;
CREATE OPERATOR CLASS gist_trgm_ops FOR TYPE text USING gist AS
    FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal),
    FUNCTION 2 gist_box_union(internal, internal),
    FUNCTION 3 text_in_one_box(internal),
    FUNCTION 5 gist_box_penalty(internal, internal, internal),
    FUNCTION 6 gist_box_picksplit(internal, internal),
    FUNCTION 7 gist_box_same(box, box, internal),
    STORAGE box;
