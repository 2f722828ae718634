-- programs that are not of the image, or in memory only
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT start_time AS time, pid, path, cmdline, is_new_binary, is_memfd,
  container_id, script
FROM processes
WHERE origin = 'exec' AND start_ns BETWEEN @since AND @until
  AND (is_new_binary = 1 OR is_memfd = 1 OR path GLOB '/tmp/*'
    OR path GLOB '/dev/shm/*' OR script GLOB '/tmp/*'
    OR script GLOB '/dev/shm/*')
ORDER BY start_ns, process_id
