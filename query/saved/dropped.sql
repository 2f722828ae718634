-- files written, then executed, whatever they were called meanwhile; scripts, too
-- @since TIME begin only after this time
-- @until TIME end only before this time
WITH run AS MATERIALIZED (
  SELECT process_id, capture_id, start_ns, path, script, exe_ino, exe_ctime_ns,
    cmdline, path GLOB '*/*sh' OR path GLOB '*/busybox*' OR path GLOB '*/python*'
      OR path GLOB '*/perl*' OR path GLOB '*/ruby*' OR path GLOB '*/node*'
      OR path GLOB '*/php*' OR path GLOB '*/lua*' OR path GLOB '*/*awk*'
      OR path GLOB '*/java' OR path GLOB '*/tcl*' AS interprets
  FROM processes
  WHERE origin = 'exec' AND start_ns BETWEEN @since AND @until
),
found(written, process_id) AS (
  SELECT r.event_id, p.process_id -- by its path
  FROM run p JOIN strings s ON s.text IN (p.path, p.script)
  JOIN raw_files r ON r.path_id = s.string_id AND +r.ts_ns < p.start_ns
  WHERE r.flags & 2 AND r.res >= 0 AND r.event_id >> 40 = p.capture_id
  UNION -- by its inode, whose status changed since
  SELECT r.event_id, p.process_id
  FROM run p JOIN raw_files r ON r.ino = p.exe_ino AND r.flags & 2
  WHERE r.res >= 0 AND r.event_id >> 40 = p.capture_id
    AND +r.ts_ns < p.start_ns AND p.exe_ctime_ns >= r.ts_ns - 20000000
  UNION -- by the inode of what an interpreter was told to run
  SELECT r.event_id, p.process_id
  FROM run p JOIN raw_files o ON o.process_id = p.process_id AND o.ino > 0
  JOIN strings s ON s.string_id = o.path_id
  JOIN raw_files r ON r.ino = o.ino AND r.dev = o.dev AND r.flags & 2
  WHERE (p.interprets OR p.script IS NOT NULL) AND o.flags & 1 AND o.res >= 0
    AND r.res >= 0 AND +r.ts_ns < o.ts_ns AND r.event_id >> 40 = p.capture_id
    AND (s.text = p.script OR p.cmdline || ' ' GLOB '*[ /]'
      || replace(s.text, rtrim(s.text, replace(s.text, '/', '')), '') || ' *')
)
SELECT f.path, f.time AS written, f.process AS writer,
  p.start_time AS executed, p.pid, p.cmdline, coalesce(p.script, p.path) AS ran
FROM found d JOIN files f ON f.event_id = d.written
JOIN processes p ON p.process_id = d.process_id
ORDER BY p.start_ns, f.ts_ns
