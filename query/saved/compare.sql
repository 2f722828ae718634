-- what a bad run did that a good run of the same did not
-- @good INTEGER 1 capture_id of the good run
-- @bad INTEGER 2 capture_id of the bad run
SELECT 'run' AS what, path AS program, NULL AS object FROM processes
WHERE capture_id = @bad AND origin = 'exec'
EXCEPT
SELECT 'run', path, NULL FROM processes
WHERE capture_id = @good AND origin = 'exec'
UNION ALL
SELECT * FROM (
  SELECT operation, executable, path FROM files
  WHERE capture_id = @bad AND res >= 0
  EXCEPT
  SELECT operation, executable, path FROM files
  WHERE capture_id = @good AND res >= 0)
UNION ALL
SELECT * FROM (
  SELECT 'connect', p.path, c.remote_address || ':' || c.remote_port
  FROM connections c JOIN processes p ON p.process_id = c.process_id
  WHERE c.capture_id = @bad AND c.role = 'client'
    AND c.remote_address IS NOT NULL
  EXCEPT
  SELECT 'connect', p.path, c.remote_address || ':' || c.remote_port
  FROM connections c JOIN processes p ON p.process_id = c.process_id
  WHERE c.capture_id = @good AND c.role = 'client'
    AND c.remote_address IS NOT NULL)
ORDER BY 1, 2, 3
