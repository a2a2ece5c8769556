// A network with everything that one can have: synapses that extend each other, connections with settings and rules, sources of spikes.
export const NETWORK = `
neuron LIF {
  param C = 100 pF, E_L = -70 mV, V_th = -50 mV
  param x = 0
  input I_e : pA
  state V = E_L
  V' = (I_e/(10 nS) + E_L - V)/(C/(10 nS))
  spike when V > V_th
  reset { V <- E_L }
}

/// A conductance that each presynaptic spike raises by its weight and that decays exponentially.
synapse ExpConductance {
  param τ = 5 ms, E_rev = 0 mV
  weight w : nS
  state g = 0 nS
  g' = -g/τ
  on pre { g <- g + w }
  post.I_e += g*(E_rev - post.V)
}

synapse Plastic extends ExpConductance {
  param A = 0.01 nS, τ_z = 20 ms
  state z = 0, y = 0
  z' = -z/τ_z
  y' = -y/τ_z
  on pre { g <- g + w; w <- w - A*y; z <- z + 1 }
  on post { w <- w + A*z; y <- y + 1 }
}

synapse Jump {
  index k = 1..2
  single weight w[k] = [1, 2] mV
  on pre { post.V <- post.V + sum(w) }
}

network Base {
  param scale = 1, n = 100
  population E = n*scale LIF { V ~ uniform(E_L, V_th), x = i/n }
  population P = n poisson(8 Hz + pulse(2 Hz, from: 10 ms))
  population S = spikes([10 ms, 20 ms])
  connect P, S -> E by Jump as drive { w[1] = 3 mV } random(p: 0.1)
}

network Coupled extends Base {
  population I = 25 LIF
  connect E -> E[0..n/2], I by Plastic as exc { w ~ lognormal(mean: 0.4 nS, sd: 0.2 nS), delay = 1.5 ms } random(p: 0.1*exp(-abs(pre.x - post.x)))
  connect I -> E, I by ExpConductance { E_rev = -80 mV, τ = 10 ms, w = 4 nS*(1 + 0.1*abs(i - j)), delay ~ uniform(0.8 ms, 2 ms) } indegree(n: 5) where i < j allow self, multiple
}

experiment Noisy of Coupled {
  duration 1 s
  E.I_e, I.I_e = 300 pA + 20 pA*sqrt(ms)*ξ
  P.rate = 9 Hz
  exc.w = 0.5 nS
  drive.w[2] = 1 mV
  ExpConductance.delay = 2 ms
  record spikes, P.spikes
  record E[0..9].V every 0.5 ms
  record I.exc.g
}
`;
