-- sessions entered from outside (docker exec, ECS Exec), and their commands
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT s.session_id AS session, s.kind, p.start_time AS time, p.pid, p.user,
  p.tty, coalesce(p.entered, p.container_id) AS container_id, p.cmdline
FROM sessions s JOIN processes p ON p.session_id = s.session_id
WHERE s.kind IN ('outside', 'terminal')
  AND (p.origin = 'exec' OR p.process_id = s.root_process_id)
  AND coalesce(p.start_ns, 0) BETWEEN @since AND @until
ORDER BY s.session_id, p.start_ns, p.process_id
