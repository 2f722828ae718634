-- which alerts share one root process
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT s.session_id AS session, s.kind, r.pid AS root_pid,
  r.cmdline AS root, count(*) AS alerts, min(a.time) AS first,
  max(a.time) AS last, group_concat(DISTINCT a.rule) AS rules
FROM alerts a LEFT JOIN processes p ON p.process_id = a.process_id
LEFT JOIN sessions s ON s.session_id = p.session_id
LEFT JOIN processes r ON r.process_id = s.root_process_id
WHERE a.ts_ns BETWEEN @since AND @until
GROUP BY s.session_id
ORDER BY min(a.severity), min(a.ts_ns)
