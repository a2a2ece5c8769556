// Neurons whose numbers the tests of fitting look for, each under a current with many frequencies.
const CURRENT = "sine(100 pA, frequency: 7 Hz) + sine(80 pA, frequency: 31 Hz) + sine(60 pA, frequency: 3.3 Hz)";

export const LIF = `
neuron LIF {
  param C = 100 pF, G = 5 nS, E_L = -70 mV, Θ = -50 mV
  input I_e : pA
  state V = E_L
  V' = (I_e - G*(V - E_L))/C
  spike when V > Θ
  reset { V <- E_L }
  refractory 2 ms { hold V }
}
experiment E of LIF { duration 500 ms; step 0.1 ms; I_e = 150 pA + ${CURRENT}; record spikes; record V }
`;

export const GLIF = `
neuron GLIF {
  param C = 100 pF, G = 6 nS, E_L = -70 mV, Θ_inf = -50 mV, V_r = -62 mV
  param k = 0.01 /ms, δI = -40 pA, b_s = 0.03 /ms, δΘ_s = 3 mV
  input I_e : pA
  state V = E_L, I = 0 pA, Θ_s = 0 mV
  V' = (I_e + I - G*(V - E_L))/C
  I' = -k*I
  Θ_s' = -b_s*Θ_s
  let Θ = Θ_inf + Θ_s
  spike when V > Θ
  reset { V <- V_r; I <- I + δI; Θ_s <- Θ_s + δΘ_s }
  refractory 2 ms { hold V }
}
experiment E of GLIF { duration 1 s; step 0.1 ms; I_e = 180 pA + ${CURRENT}; record spikes; record V }
`;

export const ADEX = `
neuron AdEx {
  param C = 120 pF, G = 7 nS, E_L = -68 mV, V_T = -50 mV, Δ = 2 mV, b = 40 pA, τ_w = 120 ms
  input I_e : pA
  state V = E_L, w = 0 pA
  V' = (I_e - w - G*(V - E_L) + G*Δ*exp(min((V - V_T)/Δ, 20)))/C
  w' = -w/τ_w
  spike when V > -20 mV
  reset { V <- -60 mV; w <- w + b }
  refractory 2 ms { hold V }
}
experiment E of AdEx { duration 600 ms; step 0.1 ms; I_e = 300 pA + ${CURRENT}; record spikes; record V }
`;

/** An escape rate: spikes are drawn. */
export const GIF = `
neuron GIF {
  param C = 100 pF, G = 6 nS, E_L = -70 mV, V_T = -52 mV, ΔV = 1 mV, δΘ = 4 mV, τ_Θ = 40 ms
  input I_e : pA
  state V = E_L, Θ = 0 mV
  V' = (I_e - G*(V - E_L))/C
  Θ' = -Θ/τ_Θ
  let ρ = 0.1 /ms*exp((V - V_T - Θ)/ΔV)
  spike with rate ρ
  reset { V <- E_L + 5 mV; Θ <- Θ + δΘ }
  refractory 3 ms { hold V }
}
experiment E of GIF { duration 2 s; step 0.1 ms; I_e = 160 pA + ${CURRENT}; record spikes; record V }
`;
