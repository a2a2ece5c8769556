TITLE Threshold, reset and refractory period of a conductance-based integrate-and-fire cell: a large conductance holds the reset potential

NEURON {
  POINT_PROCESS FireAndReset
  NONSPECIFIC_CURRENT i
  RANGE firing, reset, refractory, gclamp
}

UNITS {
  (mV) = (millivolt)
  (nA) = (nanoamp)
  (uS) = (microsiemens)
}

PARAMETER {
  firing = -50 (mV)
  reset = -60 (mV)
  refractory = 5 (ms)
  gclamp = 1000 (uS)
}

ASSIGNED {
  v (mV)
  i (nA)
  held
}

INITIAL {
  held = 0
  net_send(0, 1)
}

BREAKPOINT {
  i = held*gclamp*(v - reset)
}

: flags: 1 watch, 2 the firing potential is crossed, 3 the refractory period is over
NET_RECEIVE(w) {
  if (flag == 1) {
    WATCH (v > firing) 2
  } else if (flag == 2) {
    net_event(t)
    held = 1
    net_send(refractory, 3)
  } else if (flag == 3) {
    held = 0
  }
}
