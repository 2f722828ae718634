-- shells with a terminal, and whose
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT start_time AS time, pid, user, auid AS login_uid, tty, parent, cmdline,
  container_id
FROM processes
WHERE origin = 'exec' AND tty <> 0
  AND name IN ('sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'fish', 'tcsh', 'csh')
  AND start_ns BETWEEN @since AND @until
ORDER BY start_ns, process_id
