-- can this window be trusted: what is missing from the captures
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT c.path, c.status, c.events, c.first_time, c.last_time, c.drops,
  c.checksums, g.kind AS gap, g.count, g.start_time AS after, g.end_time AS before,
  coalesce(g.detail, c.damage) AS detail, g.path AS file, g.offset, g.bytes
FROM captures c LEFT JOIN gaps g ON g.capture_id = c.capture_id
  AND coalesce(g.start_ns, 0) <= @until
  AND coalesce(g.end_ns, @since) >= @since
WHERE coalesce(c.first_ns, 0) <= @until
  AND coalesce(c.last_ns, @since) >= @since
ORDER BY c.capture_id, g.gap_id
