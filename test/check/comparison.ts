// Models, experiments and comparisons of every form, for tests of rooms 1 to 3.
export const COMPARED = `neuron LIF {
  param C = 58.7 pF, G = 9.43 nS, E_L = -78.9 mV, Θ_inf = -51.7 mV
  input I_e : pA
  state V = E_L
  V' = (I_e - G*(V - E_L)) / C
  let Θ = Θ_inf
  spike when V > Θ
  reset { V <- E_L }
}

neuron GLIF extends LIF {
  param b_s = 0.02 /ms, δΘ_s = 2 mV
  state Θ_s = 0 mV
  Θ_s' = -b_s*Θ_s
  let Θ = Θ_inf + Θ_s
  reset {
    V   <- E_L
    Θ_s <- Θ_s + δΘ_s
  }
}

synapse Exp {
  param τ = 5 ms
  weight w : pA
  state g = 0 pA
  g' = -g/τ
  on pre { g <- g + w }
  post.I_e += g
}

network Pair {
  param n = 3
  population E = n GLIF
  population I = 2 LIF
  connect E -> I by Exp as exc { w = 20 pA, delay = 1 ms } all
}

network Louder extends Pair {
  population E = n GLIF { δΘ_s = 1 mV }
}

experiment Step of GLIF {
  param I_0 = 400 pA
  duration 300 ms
  GLIF.b_s = 0.03 /ms
  I_e = pulse(I_0, from: 20 ms)
  record V, Θ_s every 0.5 ms
}

experiment Constant of LIF {
  duration 200 ms
  step 0.05 ms
  seed 7
  I_e = 400 pA
}

experiment Driven of Pair {
  duration 100 ms
  E.I_e, I.I_e = 400 pA
  Pair.n = 4
  record E[0].V
}
`;

export const COMPARISONS = `
/// All that neurons can be compared by.
comparison Levels {
  models LIF, GLIF, GLIF { b_s = 0.2 /ms } as "fast threshold",
    GLIF { method euler, step 0.05 ms; V ~ normal(E_L, 1 mV) }
  under Step, Constant
  measure rate, cv_isi, van_rossum(tau: 0.02 s), trace_mean(V), trace_sd(Θ_s)
  reference "fast threshold"
  seeds 20
}

comparison Networks {
  networks Pair, Louder, Pair { exc.w = 0 pA, n = 2 } as "apart"
  under Driven
  measure synchrony(of: E), trace_mean(E[0].V)
}

comparison Swept {
  models LIF, GLIF
  under Constant
  measure f_I, rheobase
  sweep I_e over 0 pA .. 500 pA in 6 steps
}

comparison Drawn {
  under Step
  measure rate
  sweep b_s ~ lognormal(0.02 /ms, 0.01 /ms) in 30 draws
  sweep δΘ_s over 1 mV .. 100 mV in 3 logarithmic steps
  sweep I_0 over [100, 200] pA
}
`;
