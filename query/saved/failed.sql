-- actions that were refused, and connections that failed: probing
-- @since TIME begin only after this time
-- @until TIME end only before this time
WITH names(res, error) AS (VALUES (-1, 'EPERM'), (-2, 'ENOENT'), (-11, 'EAGAIN'),
  (-13, 'EACCES'), (-22, 'EINVAL'), (-97, 'EAFNOSUPPORT'),
  (-98, 'EADDRINUSE'), (-99, 'EADDRNOTAVAIL'), (-100, 'ENETDOWN'),
  (-101, 'ENETUNREACH'), (-104, 'ECONNRESET'), (-110, 'ETIMEDOUT'),
  (-111, 'ECONNREFUSED'), (-112, 'EHOSTDOWN'), (-113, 'EHOSTUNREACH')
), tries AS (
  SELECT process, type AS operation, res, time, fd_name AS object
  FROM events
  WHERE res IN (-1, -13, -111) AND type <> 'connect'
    AND ts_ns BETWEEN @since AND @until
  UNION ALL
  SELECT p.name, 'connect', c.res, c.first_time, coalesce(c.path,
    iif(c.family = 'ipv6', '[' || c.remote_address || ']', c.remote_address)
    || ':' || c.remote_port)
  FROM connections c LEFT JOIN processes p ON p.process_id = c.process_id
  WHERE c.role = 'client' AND c.res < 0 AND c.res NOT IN (-4, -114, -115)
    AND c.protocol IS NOT 'udp' -- its refusal is of a receive
    AND c.first_ns BETWEEN @since AND @until
)
SELECT process, operation, coalesce(error, 'errno ' || -t.res) AS error,
  count(*) AS times, min(time) AS first, min(object) AS example,
  count(DISTINCT object) AS objects
FROM tries t LEFT JOIN names n ON n.res = t.res
GROUP BY 1, 2, 3
ORDER BY times DESC, 1, 2
