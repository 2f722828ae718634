-- connections made and tried, with process, first and last, bytes
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT c.remote_address, c.remote_port, c.protocol, p.name AS process,
  count(*) AS times, sum(c.bytes_sent) AS sent,
  sum(c.bytes_received) AS received, min(c.first_time) AS first,
  max(c.last_time) AS last, max(p.path) AS path,
  sum(coalesce(c.res < 0 AND c.res NOT IN (-4, -114, -115), 0)) AS failed
FROM connections c LEFT JOIN processes p ON p.process_id = c.process_id
WHERE c.role = 'client' AND c.remote_address IS NOT NULL
  AND c.first_ns <= @until AND c.last_ns >= @since
GROUP BY 1, 2, 3, 4
ORDER BY min(c.first_ns)
