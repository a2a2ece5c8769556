TITLE Sodium and potassium currents of benchmark 3 in Brette et al. 2007 (after Traub and Miles 1991)

NEURON {
  SUFFIX traub
  USEION na READ ena WRITE ina
  USEION k READ ek WRITE ik
  RANGE gna, gk, shift
}

UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S)  = (siemens)
}

PARAMETER {
  gna = 0.1 (S/cm2)
  gk = 0.03 (S/cm2)
  shift = -63 (mV)
}

ASSIGNED {
  v (mV)
  ena (mV)
  ek (mV)
  ina (mA/cm2)
  ik (mA/cm2)
  am (/ms)
  bm (/ms)
  ah (/ms)
  bh (/ms)
  an (/ms)
  bn (/ms)
}

STATE { m h n }

INITIAL {
  m = 0
  h = 0
  n = 0
}

BREAKPOINT {
  SOLVE gates METHOD cnexp
  ina = gna*m*m*m*h*(v - ena)
  ik = gk*n*n*n*n*(v - ek)
}

DERIVATIVE gates {
  rates(v - shift)
  m' = am*(1 - m) - bm*m
  h' = ah*(1 - h) - bh*h
  n' = an*(1 - n) - bn*n
}

PROCEDURE rates(u (mV)) {
  am = 1.28/relative((13 - u)/4)
  bm = 1.4/relative((u - 40)/5)
  ah = 0.128*exp((17 - u)/18)
  bh = 4/(1 + exp((40 - u)/5))
  an = 0.16/relative((15 - u)/5)
  bn = 0.5*exp((10 - u)/40)
}

: (e^x - 1)/x with its limit at 0
FUNCTION relative(x) {
  if (fabs(x) < 1e-6) {
    relative = 1 + 0.5*x
  } else {
    relative = (exp(x) - 1)/x
  }
}
