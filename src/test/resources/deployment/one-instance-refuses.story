One of three cannot compile version 2: it fails, and version 1 serves on.

0:00 a b c join
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:00:20 b refuses 2: no field `amnt`
0:00:20 publish 2 canary
  0:00:21 version 2: Preparing (ci: version 2)
  0:00:21 version 2: Preparing -> Failed (sluice: b refused it: no field `amnt`)
0:00:30 anna: rollback
  refused: No previous version to rollback to: version 2 of payments is Failed already, version 1 serves all keys, and no other was active before it; publish a corrected version, or activate one
0:00:31 anna: activate
  refused: No active deployment: version 2 of payments is Failed, and no version is staged; name the version to activate
0:00:32 anna: activate 2
  0:00:32 version 2: Preparing (anna: activated by anna)
  0:00:32 version 2: Preparing -> Failed (sluice: b refused it: no field `amnt`)
  accepted: Failed
0:00:40 anna: activate 1
  refused: Not allowed now: version 1 of payments serves already; activate another version
0:01 end
