-- connections over IP with their bytes, the largest first
-- at most 2500 rows, 400000 bytes
SELECT round((n.first_ns - :start) / 1e6, 3) AS t,
  round((n.last_ns - :start) / 1e6, 3) AS end, p.name AS process, p.pid,
  n.role, n.protocol, n.family, n.local_address, n.local_port,
  n.remote_address, n.remote_port, d.name, n.bytes_sent AS sent,
  n.bytes_received AS received, n.res, p.container_id AS container,
  n.process_id AS image, n.connection_id AS id
FROM connections n LEFT JOIN processes p ON p.process_id = n.process_id
LEFT JOIN remote_names d ON d.connection_id = n.connection_id
WHERE n.family IN ('ipv4', 'ipv6')
  AND (n.remote_address IS NOT NULL OR n.local_port IS NOT NULL)
ORDER BY n.bytes_sent + n.bytes_received DESC, n.first_ns, n.connection_id;
