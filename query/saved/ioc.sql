-- where addresses, names, paths of a list occur, in all captures
-- @values TEXT '' what to look for, with commas between
-- @since TIME begin only after this time
-- @until TIME end only before this time
WITH wanted(value) AS (
  SELECT trim(value)
  FROM json_each('["' || replace(replace(replace(@values, '\', '\\'), '"', '\"'),
    ',', '","') || '"]')
  WHERE trim(value) <> ''
), found(capture_id, ts_ns, what, value, process_id) AS (
  SELECT c.capture_id, c.first_ns, 'connection', w.value, c.process_id
  FROM wanted w JOIN connections c ON c.remote_address = w.value
  UNION ALL
  SELECT d.capture_id, d.ts_ns, 'dns', w.value, d.process_id
  FROM wanted w JOIN dns d ON d.name = w.value
  UNION ALL
  SELECT d.capture_id, d.ts_ns, 'dns answer', w.value, d.process_id
  FROM wanted w JOIN dns d ON d.answer = w.value
  UNION ALL
  SELECT p.capture_id, p.start_ns, 'program', w.value, p.process_id
  FROM wanted w JOIN processes p ON p.path = w.value OR p.name = w.value
    OR p.script = w.value
  UNION ALL
  SELECT f.capture_id, f.ts_ns, 'file', w.value, f.process_id
  FROM wanted w JOIN strings s ON s.text = w.value
  JOIN raw_files f ON f.path_id = s.string_id OR f.target_id = s.string_id
    OR f.object_id = s.string_id
)
SELECT c.path AS capture, f.value, f.what, count(*) AS times,
  strftime('%Y-%m-%dT%H:%M:%SZ', min(f.ts_ns) / 1000000000, 'unixepoch')
    AS first, group_concat(DISTINCT p.name) AS processes
FROM found f JOIN captures c ON c.capture_id = f.capture_id
LEFT JOIN processes p ON p.process_id = f.process_id
WHERE f.ts_ns BETWEEN @since AND @until
GROUP BY f.capture_id, f.value, f.what
ORDER BY f.capture_id, min(f.ts_ns)
