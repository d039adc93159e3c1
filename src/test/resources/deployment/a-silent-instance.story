A frozen instance counts until it is gone, so the version fails at its deadline. When the instance is back, it goes on.

0:00 a b c join
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:00:10 c freezes
0:00:10 publish 2 {deadline: 20s}
  0:00:11 version 2: Preparing (ci: version 2)
  0:00:31 version 2: Preparing -> Failed (sluice: not prepared within 20s: c is silent since 21 s)
0:00:40 c thaws
0:00:41 anna: activate 2
  0:00:41 version 2: Preparing (anna: activated by anna)
  0:00:41 version 2: Preparing -> Active (sluice: the fleet is prepared)
  0:00:41 version 2 serves
  accepted: Active
0:00:50 end
