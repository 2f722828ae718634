-- files made in /tmp, /var/tmp or /dev/shm, and programs run from there or from memory
-- @since TIME begin only after this time
-- @until TIME end only before this time
WITH place AS MATERIALIZED (
  SELECT string_id FROM strings WHERE text GLOB '/tmp/*'
    OR text GLOB '/var/tmp/*' OR text GLOB '/dev/shm/*'
)
SELECT f.time, f.operation AS what,
  iif(f.operation GLOB 'rename*', f.target, f.path) AS path, f.process, f.pid,
  f.cmdline
FROM files f
WHERE f.event_id IN (
    SELECT event_id FROM raw_files WHERE path_id IN place AND (flags & 2
      OR type IN (SELECT type FROM event_types WHERE name GLOB 'mk*'
        OR name GLOB 'symlink*' OR name GLOB 'link*'))
    UNION SELECT event_id FROM raw_files WHERE object_id IN place AND flags & 2
    UNION SELECT event_id FROM raw_files WHERE target_id IN place
      AND type IN (SELECT type FROM event_types WHERE name GLOB 'rename*'))
  AND f.res >= 0
  AND f.ts_ns BETWEEN @since AND @until
UNION ALL
SELECT start_time, iif(is_memfd, 'run from memory', 'run'),
  iif(script GLOB '/tmp/*' OR script GLOB '/var/tmp/*'
    OR script GLOB '/dev/shm/*', script, path), name, pid, cmdline
FROM processes
WHERE origin = 'exec' AND start_ns BETWEEN @since AND @until
  AND (is_memfd = 1 OR path GLOB '/tmp/*' OR path GLOB '/var/tmp/*'
    OR path GLOB '/dev/shm/*' OR path GLOB 'memfd:*' OR script GLOB '/tmp/*'
    OR script GLOB '/var/tmp/*' OR script GLOB '/dev/shm/*')
ORDER BY 1
