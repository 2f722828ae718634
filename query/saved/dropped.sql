-- files written, then executed, whatever they were called meanwhile; scripts, too
-- @since TIME begin only after this time
-- @until TIME end only before this time
WITH RECURSIVE run AS MATERIALIZED (
  SELECT process_id, capture_id, start_ns, path, script, exe_ino, exe_ctime_ns,
    cmdline, path GLOB '*/*sh' OR path GLOB '*/busybox*' OR path GLOB '*/python*'
      OR path GLOB '*/perl*' OR path GLOB '*/ruby*' OR path GLOB '*/node*'
      OR path GLOB '*/php*' OR path GLOB '*/lua*' OR path GLOB '*/*awk*'
      OR path GLOB '*/java' OR path GLOB '*/tcl*' AS interprets
  FROM processes
  WHERE origin = 'exec' AND start_ns BETWEEN @since AND @until
),
written AS MATERIALIZED (
  SELECT path_id FROM raw_files WHERE flags & 2
  UNION SELECT target_id FROM raw_files WHERE target_id IS NOT NULL
),
renamed AS MATERIALIZED (
  SELECT f.path_id, f.target_id, f.ts_ns, f.event_id >> 40 AS capture_id
  FROM raw_files f WHERE f.target_id IS NOT NULL AND f.res = 0
    AND f.type IN (SELECT type FROM event_types WHERE name GLOB 'rename*')
),
read AS MATERIALIZED ( -- what an interpreter was told to run
  SELECT p.process_id, p.capture_id, o.ts_ns, o.path_id, o.dev, o.ino
  FROM raw_files o JOIN run p ON p.process_id = o.process_id
  JOIN strings s ON s.string_id = o.path_id
  WHERE o.event_id IN (SELECT event_id FROM raw_files WHERE process_id IN (
      SELECT process_id FROM run WHERE interprets OR script IS NOT NULL))
    AND (o.path_id IN written OR o.ino > 0) AND o.flags & 1 AND o.res >= 0
    AND (s.text = p.script OR p.cmdline || ' ' GLOB '*[ /]'
      || replace(s.text, rtrim(s.text, replace(s.text, '/', '')), '') || ' *')
),
ran(process_id, capture_id, ts_ns, path_id, level) AS ( -- and its older names
  SELECT p.process_id, p.capture_id, p.start_ns, s.string_id, 0
  FROM run p JOIN strings s ON s.text = p.path
  UNION
  SELECT process_id, capture_id, ts_ns, path_id, 0 FROM read
  UNION
  SELECT n.process_id, n.capture_id, f.ts_ns, f.path_id, n.level + 1
  FROM ran n JOIN renamed f ON f.target_id = n.path_id
  WHERE f.ts_ns < n.ts_ns AND f.capture_id = n.capture_id AND n.level < 8
),
found(written, process_id) AS (
  SELECT r.event_id, n.process_id -- by its path
  FROM ran n JOIN raw_files r ON r.path_id = n.path_id AND r.flags & 2
  WHERE r.res >= 0 AND r.event_id >> 40 = n.capture_id AND +r.ts_ns < n.ts_ns
  UNION -- by its inode, whose status changed since
  SELECT r.event_id, p.process_id
  FROM run p JOIN raw_files r ON r.ino = p.exe_ino AND r.flags & 2
  WHERE r.res >= 0 AND r.event_id >> 40 = p.capture_id
    AND +r.ts_ns < p.start_ns AND p.exe_ctime_ns >= r.ts_ns - 20000000
  UNION
  SELECT r.event_id, o.process_id
  FROM read o JOIN raw_files r ON r.ino = o.ino AND r.dev = o.dev AND r.flags & 2
  WHERE r.res >= 0 AND r.event_id >> 40 = o.capture_id AND +r.ts_ns < o.ts_ns
)
SELECT f.path, f.time AS written, f.process AS writer,
  p.start_time AS executed, p.pid, p.cmdline, coalesce(p.script, p.path) AS ran
FROM found d JOIN files f ON f.event_id = d.written
JOIN processes p ON p.process_id = d.process_id
ORDER BY p.start_ns, f.ts_ns
