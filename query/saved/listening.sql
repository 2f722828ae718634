-- ports that waited for connections or datagrams, by whom, and since when
-- @since TIME begin not those that were closed before this time
-- @until TIME end only those opened before this time
-- action start: it was open before the recording began, at that time
SELECT c.first_time AS time, c.made_by AS action, c.local_address,
  c.local_port, c.protocol, p.name AS process, p.pid, p.cmdline,
  p.container_id
FROM connections c LEFT JOIN processes p ON p.process_id = c.process_id
WHERE c.role = 'listener' AND c.family IN ('ipv4', 'ipv6')
  AND c.first_ns <= @until AND coalesce(c.closed_ns, @since) >= @since
ORDER BY c.first_ns, c.connection_id
