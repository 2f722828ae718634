-- programs that ran (a process is all programs it became); like ones without children or alerts as one
-- at most 6000 rows, 1100000 bytes
WITH image(id, process, parent) AS MATERIALIZED (
  SELECT process_id, coalesce(max(iif(origin = 'exec', NULL, process_id))
    OVER (PARTITION BY capture_id, pid ORDER BY process_id), process_id),
    parent_id FROM processes),
life(process, last, parent) AS MATERIALIZED (
  SELECT i.process, max(i.id), max(up.process)
  FROM image i LEFT JOIN image up ON up.id = i.parent GROUP BY i.process),
busy(process) AS MATERIALIZED (
  SELECT parent FROM life WHERE parent IS NOT NULL
  UNION SELECT i.process FROM alerts a JOIN image i ON i.id = a.process_id
  UNION SELECT i.process FROM sessions s
    JOIN image i ON i.id = s.root_process_id WHERE s.kind = 'outside'),
moved(id) AS (
  SELECT process_id FROM raw_files UNION SELECT process_id FROM connections
  UNION SELECT process_id FROM file_io),
idle(process) AS MATERIALIZED ( -- ran before, and nothing is told of it
  SELECT l.process FROM life l JOIN processes p ON p.process_id = l.last
  WHERE p.origin = 'start' AND l.process NOT IN (SELECT id FROM moved
    WHERE id IS NOT NULL)),
sibling AS (
  SELECT l.process, l.parent, p.cmdline, p.path, p.end_ns, b.process AS busy,
    count(*) OVER (PARTITION BY l.parent, p.path) AS alike
  FROM life l JOIN processes p ON p.process_id = l.last
  LEFT JOIN busy b ON b.process = l.process),
shown(process, parent, n, busy, end_ns) AS MATERIALIZED (
  SELECT min(process), parent, count(*), max(busy),
    iif(count(end_ns) = count(*), max(end_ns), NULL) FROM sibling
  GROUP BY parent, coalesce(busy, iif(alike > 50, path, cmdline)))
SELECT p.process_id AS id, i.process, s.parent, p.pid,
  round((p.start_ns - :start) / 1e6, 3) AS t,
  round((iif(s.n > 1, s.end_ns, p.end_ns) - :start) / 1e6, 3) AS end,
  p.name, p.path AS exe, p.cmdline, p.cwd, coalesce(p.user, p.uid) AS user,
  p.uid, p.tty, p.is_new_binary OR p.is_memfd AS drift,
  p.process_id IN (SELECT root_process_id FROM sessions
    WHERE kind = 'outside') AS session,
  coalesce(p.exit_code, -p.exit_signal) AS exit, s.n,
  i.process IN (SELECT process FROM idle) AS idle,
  p.container_id AS container
FROM shown s JOIN image i ON i.process = s.process
JOIN processes p ON p.process_id = i.id
ORDER BY s.busy IS NULL, i.process, p.process_id;
