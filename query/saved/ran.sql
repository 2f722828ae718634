-- what ran, in order
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT start_time AS time, pid, ppid, user, container_id, path, cmdline
FROM processes
WHERE origin = 'exec' AND start_ns BETWEEN @since AND @until
ORDER BY start_ns, process_id
