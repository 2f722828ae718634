-- files written, then executed
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT DISTINCT f.path, f.time AS written, f.process AS writer,
  p.start_time AS executed, p.pid, p.cmdline
FROM processes p JOIN strings s ON s.text = p.path
JOIN raw_files r ON r.path_id = s.string_id AND +r.ts_ns < p.start_ns
JOIN files f ON f.event_id = r.event_id
WHERE p.origin = 'exec' AND f.capture_id = p.capture_id
  AND f.is_write = 1 AND f.res >= 0
  AND p.start_ns BETWEEN @since AND @until
ORDER BY p.start_ns, f.ts_ns
