-- names looked up, by whom, and the answers
-- at most 1000 rows, 100000 bytes
SELECT round((min(d.ts_ns) - :start) / 1e6, 3) AS t,
  round((max(d.ts_ns) - :start) / 1e6, 3) AS end, d.name,
  group_concat(DISTINCT d.answer) AS answers,
  sum(d.direction = 'query') AS n, p.name AS process
FROM dns d LEFT JOIN processes p ON p.process_id = d.process_id
GROUP BY d.name, p.name ORDER BY 1, d.name;
