-- what was loaded
-- at most 100 rows, 60000 bytes
SELECT path, file_size AS size, fingerprint, hostname AS host,
  round((first_ns - :start) / 1e6, 3) AS t,
  round((last_ns - :start) / 1e6, 3) AS end,
  events, status, damage, drops
FROM captures ORDER BY first_ns, capture_id;
