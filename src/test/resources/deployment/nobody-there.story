Without an instance no version is prepared.

0:00 publish 1 {deadline: 10s}
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 nothing serves
  0:00:11 version 1: Preparing -> Failed (sluice: not prepared within 10s: no instance is there)
0:01 a joins
0:01:10 anna: activate 1
  0:01:10 version 1: Preparing (anna: activated by anna)
  0:01:10 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:01:10 version 1 serves
  accepted: Active
0:01:20 anna: activate 2
  refused: Version not found: payments has no version 2 on the control topic; there are 1
0:01:30 end
