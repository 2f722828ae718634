-- the process tree, of a process or of all
-- @pid INTEGER 0 the process at its root; 0: all
-- @since TIME begin only after this time
-- @until TIME end only before this time
WITH RECURSIVE tree(process_id, level) AS (
  SELECT process_id, 0 FROM processes
  WHERE iif(@pid = 0, parent_id IS NULL, pid = @pid)
  UNION ALL
  SELECT p.process_id, t.level + 1
  FROM tree t JOIN processes p ON p.parent_id = t.process_id
  WHERE t.level < 100
  ORDER BY 2 DESC, 1
)
SELECT printf('%*s', 2 * t.level, '') || coalesce(p.cmdline, p.name) AS process,
  p.pid, p.origin, p.user, p.container_id, p.start_time AS began,
  p.end_time AS ended
FROM tree t JOIN processes p ON p.process_id = t.process_id
WHERE coalesce(p.start_ns, 0) <= @until
  AND coalesce(p.end_ns, @since) >= @since
