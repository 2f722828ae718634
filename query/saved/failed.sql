-- actions that were refused: probing
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT process, type AS operation,
  CASE res WHEN -13 THEN 'EACCES' WHEN -1 THEN 'EPERM'
    ELSE 'ECONNREFUSED' END AS error,
  count(*) AS times, min(time) AS first, min(fd_name) AS example
FROM events
WHERE res IN (-1, -13, -111) AND ts_ns BETWEEN @since AND @until
GROUP BY 1, 2, 3
ORDER BY times DESC, 1, 2
