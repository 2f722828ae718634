-- names looked up, and what was connected to after
-- @seconds INTEGER 10 how long after
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT d.time, p.name AS process, p.pid, d.name, d.type, d.rcode, d.answer,
  c.first_time AS connected, c.remote_port, c.bytes_sent AS sent,
  c.bytes_received AS received
FROM dns d LEFT JOIN processes p ON p.process_id = d.process_id
LEFT JOIN connections c ON c.remote_address = d.answer
  AND c.capture_id = d.capture_id AND c.role = 'client'
  AND c.first_ns BETWEEN d.ts_ns AND d.ts_ns + @seconds * 1000000000
WHERE d.ts_ns BETWEEN @since AND @until
ORDER BY d.ts_ns, d.dns_id
