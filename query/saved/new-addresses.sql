-- connections to addresses never seen before a time
-- @after TIME begin the time: what was seen before it is known
SELECT c.remote_address, min(c.first_time) AS first, count(*) AS times,
  sum(c.bytes_sent) AS sent, sum(c.bytes_received) AS received,
  group_concat(DISTINCT p.name) AS processes
FROM connections c LEFT JOIN processes p ON p.process_id = c.process_id
WHERE c.role = 'client' AND c.remote_address IS NOT NULL
GROUP BY c.remote_address
HAVING min(c.first_ns) >= @after
ORDER BY min(c.first_ns)
