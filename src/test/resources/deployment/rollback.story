Back to the version before, or to one before that; a second rollback does not go back by itself.

0:00 a b c join
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 anna: rollback
  refused: No previous version to rollback to: version 1 of payments is Active, and no version was active before it; publish or activate another version
0:02 publish 2
  0:02:01 version 2: Preparing (ci: version 2)
  0:02:01 version 2: Preparing -> Active (sluice: the fleet is prepared)
  0:02:01 version 2 serves
0:03 publish 3
  0:03:01 version 3: Preparing (ci: version 3)
  0:03:01 version 3: Preparing -> Active (sluice: the fleet is prepared)
  0:03:01 version 3 serves
0:04 publish 4
  0:04:01 version 4: Preparing (ci: version 4)
  0:04:01 version 4: Preparing -> Active (sluice: the fleet is prepared)
  0:04:01 version 4 serves
0:05 anna: rollback (wrong limits)
  0:05:00 version 4: Active -> RollingBack (anna: wrong limits)
  0:05:00 version 3 serves
  accepted: RollingBack
  0:05:01 version 4: RollingBack -> RolledBack (sluice: every instance is back)
0:06 anna: rollback
  refused: No active deployment: version 4 of payments is RolledBack already, and version 3 serves all keys; to go further back, name one of 1, 2
0:07 anna: rollback 3
  refused: Not allowed now: version 3 of payments serves already; name a version that was active before it
0:08 anna: rollback 1
  0:08:00 version 3: Active -> RollingBack (anna: rolled back by anna)
  0:08:00 version 1 serves
  accepted: RollingBack
  0:08:01 version 3: RollingBack -> RolledBack (sluice: every instance is back)
0:09 anna: rollback
  refused: No previous version to rollback to: version 3 of payments is RolledBack already, version 1 serves all keys, and no other was active before it; publish a corrected version, or activate one
0:10 anna: rollback 7
  refused: Version not found: version 7 of payments was not active before; those that were: 1; activate deploys any version
0:11 anna: activate 3
  0:11:00 version 3: Preparing (anna: activated by anna)
  0:11:00 version 3: Preparing -> Active (sluice: the fleet is prepared)
  0:11:00 version 3 serves
  accepted: Active
0:12 anna: rollback 3
  refused: Not allowed now: version 3 of payments is Active already; name a version that was active before it
0:13 anna: rollback
  0:13:00 version 3: Active -> RollingBack (anna: rolled back by anna)
  0:13:00 version 1 serves
  accepted: RollingBack
  0:13:01 version 3: RollingBack -> RolledBack (sluice: every instance is back)
0:14 end
