An instance that is dead for 45 s counts no more.

0:00 a b c join
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:00:10 c dies
0:00:30 publish 2 {deadline: 1m}
  0:00:31 version 2: Preparing (ci: version 2)
  0:00:56 version 2: Preparing -> Active (sluice: the fleet is prepared)
  0:00:56 version 2 serves
0:02 end
