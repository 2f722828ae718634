-- ways in: with commands first; of them those from outside, then at a terminal
-- at most 400 rows, 120000 bytes
SELECT s.session_id AS id, round((s.start_ns - :start) / 1e6, 3) AS t,
  round((s.end_ns - :start) / 1e6, 3) AS end, s.kind, p.pid, p.user, p.tty,
  p.cmdline, s.alert_count AS alerts, s.root_process_id AS image,
  coalesce(c.commands, 0) AS commands
FROM sessions s LEFT JOIN processes p ON p.process_id = s.root_process_id
LEFT JOIN (SELECT session_id, count(*) AS commands FROM processes
  WHERE origin = 'exec' GROUP BY session_id) c ON c.session_id = s.session_id
ORDER BY coalesce(c.commands, 0) + s.alert_count = 0, CASE s.kind WHEN 'outside' THEN 0 WHEN 'terminal' THEN 1
  WHEN 'init' THEN 3 ELSE 2 END, s.start_ns, s.session_id;
