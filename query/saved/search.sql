-- full text search of command lines and paths
-- @text TEXT 'curl' words, as FTS5 takes them: curl AND http*
-- @since TIME begin only after this time
-- @until TIME end only before this time
WITH found AS MATERIALIZED (
  SELECT rowid FROM string_search WHERE string_search MATCH @text
)
SELECT p.start_time AS time, 'process' AS what, p.pid, p.name AS process,
  p.cmdline AS text
FROM process_search s JOIN processes p ON p.process_id = s.rowid
WHERE process_search MATCH @text
  AND coalesce(p.start_ns, 0) BETWEEN @since AND @until
UNION ALL
SELECT f.time, f.operation, f.pid, f.process,
  coalesce(f.path, '') || coalesce(' -> ' || f.target, '')
    || coalesce(' = ' || f.object, '')
FROM files f
WHERE f.event_id IN (
    SELECT event_id FROM raw_files WHERE path_id IN found
    UNION SELECT event_id FROM raw_files WHERE target_id IN found
    UNION SELECT event_id FROM raw_files WHERE object_id IN found)
  AND f.ts_ns BETWEEN @since AND @until
ORDER BY 1
