-- what is known to be missing
-- at most 1000 rows, 100000 bytes
SELECT round((coalesce(g.start_ns, c.first_ns) - :start) / 1e6, 3) AS t,
  round((coalesce(g.end_ns, g.start_ns, c.last_ns) - :start) / 1e6, 3) AS end,
  g.kind, g.count, g.detail
FROM gaps g JOIN captures c USING (capture_id)
ORDER BY coalesce(g.start_ns, c.first_ns), g.gap_id;
