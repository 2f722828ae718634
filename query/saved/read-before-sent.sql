-- what a process read before it sent: staging
-- @seconds INTEGER 60 how long before
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT r.first_time AS read_at, s.text AS path, r.bytes_read,
  p.name AS process, p.pid, c.remote_address, c.remote_port,
  c.bytes_sent AS sent, c.last_time AS sent_by, r.mapped
FROM connections c
JOIN file_io r ON r.process_id = c.process_id
  AND (r.bytes_read > 0 OR r.mapped > 0)
  AND r.first_ns BETWEEN c.first_ns - @seconds * 1000000000 AND c.last_ns
JOIN strings s ON s.string_id = r.path_id
JOIN processes p ON p.process_id = c.process_id
WHERE c.bytes_sent > 0 AND c.remote_address IS NOT NULL
  AND s.text NOT GLOB '/usr/lib*' AND s.text NOT GLOB '/lib*'
  AND s.text NOT GLOB '/proc/self/*' AND s.text NOT GLOB '/etc/ld.so*'
  AND c.last_ns >= @since AND c.first_ns <= @until
ORDER BY r.first_ns, r.file_io_id, c.connection_id
