Its windows are fed for ten minutes before the first key; a version that waits for a command is fed meanwhile.

0:00 a b c join
0:00 publish 1 {warmup: 10m}
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {warmup: 10m}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> Staged (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 is fed
  0:11:01 version 2: Staged -> Active (sluice: it is time)
  0:11:01 version 2 serves
0:20 publish 3 {warmup: 10m, stageOnly: true}
  0:20:01 version 3: Preparing (ci: version 3)
  0:20:01 version 3: Preparing -> Staged (sluice: the fleet is prepared)
  0:20:01 version 2 serves, version 3 is fed
0:24 anna: activate
  0:24:00 version 3: Staged -> Staged (anna: activated by anna)
  accepted: Staged
  0:30:01 version 3: Staged -> Active (sluice: it is time)
  0:30:01 version 3 serves
0:35 publish 4 {warmup: 10m}
  0:35:01 version 4: Preparing (ci: version 4)
  0:35:01 version 4: Preparing -> Staged (sluice: the fleet is prepared)
  0:35:01 version 3 serves, version 4 is fed
0:36 anna: activate (nothing to warm)
  0:36:00 version 4: Staged -> Active (anna: nothing to warm)
  0:36:00 version 4 serves
  accepted: Active
0:37 end
