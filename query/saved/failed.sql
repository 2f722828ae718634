-- actions that were refused: probing
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT process, type AS operation, iif(res = -13, 'EACCES', 'EPERM') AS error,
  count(*) AS times, min(time) AS first, min(fd_name) AS example
FROM events
WHERE res IN (-1, -13) AND ts_ns BETWEEN @since AND @until
GROUP BY 1, 2, 3
ORDER BY times DESC, 1, 2
