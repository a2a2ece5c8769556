// The example of the language's design: LIF, GLIF and an experiment.
export const GLIF = `
/// Leaky integrate-and-fire neuron: level 1 of Teeter et al. 2018.
neuron LIF {
  param C     = 58.7 pF      /// membrane capacitance
  param G     = 9.43 nS      /// leak conductance
  param E_L   = -78.9 mV     /// resting potential
  param Θ_inf = -51.7 mV     /// spike threshold, long after a spike
  param t_ref = 3 ms

  input I_e : pA             // everything that injects current adds up here
  state V = E_L
  V' = (I_e - G*(V - E_L)) / C
  let Θ = Θ_inf
  spike when V > Θ
  reset { V <- E_L }
  refractory t_ref { hold V }
}

/// Generalized leaky integrate-and-fire neuron (Mihalas & Niebur 2009): level 5.
neuron GLIF extends LIF {
  index j = 1..2                               // after-spike currents
  param k[j]  = [0.003, 0.1] /ms
  param f[j]  = [1, 1]
  param δI[j] = [-9.18, -198.94] pA
  param b_s = 0.02 /ms,  δΘ_s = 2.0 mV
  param f_v = 0.2,  δV = 1.5 mV
  state I[j] = 0 pA
  state Θ_s  = 0 mV
  I[j]' = -k[j]*I[j]
  Θ_s'  = -b_s*Θ_s
  I_e  += sum(I)
  let Θ = Θ_inf + Θ_s
  reset {
    I[j] <- f[j]*I[j] + δI[j]
    V    <- E_L + f_v*(V - E_L) - δV
    Θ_s  <- Θ_s + δΘ_s
  }
}

network Coupled {
  param scale = 1
  population E = round(800*scale) GLIF { V ~ uniform(E_L, Θ_inf) }
  population I = 200 GLIF { t_ref = 1 ms }
}

experiment Noisy of Coupled {
  duration 1 s
  step 0.1 ms
  seed 42
  E.I_e, I.I_e = 300 pA + 20 pA*sqrt(ms)*ξ
  record spikes
  record E[0..9].V every 0.5 ms
}

experiment Step of GLIF {
  param I_0 = 300 pA
  duration 1 s
  I_e = pulse(I_0, from: 100 ms, to: 900 ms)
  b_s = 0.2 /ms
  record spikes
  record V, Θ, I[1] every 0.5 ms
}
`;
