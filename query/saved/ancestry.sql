-- who started this process, up to the first
-- @pid INTEGER 1 the process, as it was when it last ran another program
-- @since TIME begin only after this time
-- @until TIME end only before this time
WITH RECURSIVE up(process_id, parent_id, of, level) AS (
  SELECT process_id, parent_id, process_id, 0 FROM processes p
  WHERE pid = @pid AND coalesce(start_ns, 0) <= @until
    AND coalesce(end_ns, @since) >= @since
    AND NOT EXISTS (SELECT 1 FROM processes n WHERE n.pid = @pid
      AND n.capture_id = p.capture_id AND n.origin = 'exec'
      AND n.start_ns = p.end_ns)
  UNION ALL
  SELECT p.process_id, p.parent_id, u.of, u.level + 1
  FROM up u JOIN processes p ON p.process_id = u.parent_id
  WHERE u.level < 100
)
SELECT u.level, p.pid, p.name, p.cmdline, p.user, p.container_id,
  p.start_time AS began
FROM up u JOIN processes p ON p.process_id = u.process_id
ORDER BY u.of, u.level
