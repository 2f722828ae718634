-- changes of user and capabilities: calls, and programs run as another user
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT time, process, pid, type AS what, NULL AS before, NULL AS after, res
FROM events
WHERE type IN ('setuid', 'setgid', 'setresuid', 'setresgid', 'setreuid',
    'setregid', 'capset')
  AND type > '' -- lets SQLite begin with the types
  AND ts_ns BETWEEN @since AND @until
UNION ALL
SELECT start_time, name, pid, 'run ' || coalesce(path, ''), before, uid, 0
FROM (
  SELECT start_time, start_ns, name, pid, path, uid, origin,
    lag(uid) OVER (PARTITION BY capture_id, pid ORDER BY process_id) AS before
  FROM processes)
WHERE origin = 'exec' AND uid <> before AND start_ns BETWEEN @since AND @until
ORDER BY 1
