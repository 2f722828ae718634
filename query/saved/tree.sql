-- the process tree of what was recorded, of all, or of one process
-- @pid INTEGER 0 the process at its root; 0: all
-- @scope TEXT recorded recorded: processes that did something; host: all there were
-- @since TIME begin only after this time
-- @until TIME end only before this time
-- needs execve execveat
WITH RECURSIVE lives AS MATERIALIZED (
  SELECT p.*, sum(origin <> 'exec') OVER (PARTITION BY capture_id, pid
    ORDER BY coalesce(start_ns, 0), process_id) AS life
  FROM processes p
),
programs AS MATERIALIZED (
  SELECT *, min(process_id) OVER w AS node, max(origin = 'exec') OVER w AS is_exec
  FROM lives WINDOW w AS (PARTITION BY capture_id, pid, life)
),
merged AS (
  SELECT *, group_concat(iif(origin = 'clone' AND is_exec, NULL,
      coalesce(nullif(cmdline, ''), name)), ' -> ') OVER w AS process,
    last_value(user) OVER w AS last_user, last_value(end_ns) OVER w AS last_ns,
    last_value(container_id) OVER w AS last_container,
    last_value(end_time) OVER w AS ended
  FROM programs
  WINDOW w AS (PARTITION BY node ORDER BY coalesce(start_ns, 0), process_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
),
nodes AS MATERIALIZED (
  SELECT node, capture_id, pid, origin, process, last_user AS user,
    last_container AS container_id, coalesce(start_ns, 0) AS start_ns,
    start_time AS began, ended, last_ns AS end_ns,
    (SELECT up.node FROM programs up WHERE up.process_id = m.parent_id) AS parent
  FROM merged m
  WHERE process_id = node
),
active AS MATERIALIZED (
  SELECT DISTINCT process_id FROM events WHERE process_id IS NOT NULL
),
seen AS MATERIALIZED (
  SELECT DISTINCT capture_id, pid FROM events WHERE process_id IS NULL
),
chosen AS MATERIALIZED (
  SELECT * FROM nodes n
  WHERE @scope = 'host' OR @pid <> 0 OR n.origin <> 'start'
    OR n.node IN (SELECT p.node FROM programs p
      WHERE p.process_id IN (SELECT process_id FROM active))
    OR (n.capture_id, n.pid) IN seen
),
tree(node, level, place) AS (
  SELECT node, 0, printf('%06d %020d %016d', capture_id, start_ns, node)
  FROM chosen c
  WHERE iif(@pid = 0, parent IS NULL OR parent NOT IN (SELECT node FROM chosen),
    pid = @pid)
  UNION ALL
  SELECT c.node, t.level + 1,
    t.place || printf(' %020d %016d', c.start_ns, c.node)
  FROM tree t JOIN chosen c ON c.parent = t.node
  WHERE t.level < 100
)
SELECT printf('%*s', 2 * t.level, '') || n.process AS process, n.pid, n.origin,
  n.user, n.container_id, n.began, n.ended
FROM tree t JOIN nodes n ON n.node = t.node
WHERE n.start_ns <= @until AND coalesce(n.end_ns, @since) >= @since
ORDER BY t.place
