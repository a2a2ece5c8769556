// Models and experiments that are right, and one mistake at a time that people who come from elsewhere make in them: the right text, the wrong one in its place.

/**
 * `wrong` takes the place of `right` in the text. The third is what the fixes, applied one after the other, make of it: `right` where it is left out; or, where words alone can help, the sentence
 * that is told first.
 */
export type Mistake = readonly [right: string, wrong: string, becomes?: string | { readonly says: string }];

export interface Ground {
  readonly name: string;
  readonly text: string;
  readonly mistakes: readonly Mistake[];
}

const LEAKY = `neuron Leaky {
  param C = 180 pF, g_L = 9 nS, E_L = -68 mV
  param V_th = -51 mV, V_r = -62 mV
  param t_ref = 2.5 ms
  input I : pA
  state V = E_L
  let drive = I - g_L*(V - E_L)
  V' = drive/C
  spike when V > V_th
  reset { V <- V_r }
  refractory t_ref { hold V }
}
experiment Step of Leaky {
  duration 250 ms
  step 0.1 ms
  seed 3
  method auto
  I = pulse(260 pA, from: 20 ms, to: 220 ms)
  record spikes
  record V every 0.5 ms
}
`;

const SQUID = `const F = 96485.33212 C/mol
neuron Squid {
  param C = 1 µF/cm^2
  param g_Na = 120 mS/cm^2, g_K = 36 mS/cm^2, g_L = 0.3 mS/cm^2
  param E_Na = 50 mV, E_K = -77 mV, E_L = -54.4 mV
  param T = 6.3 degC
  input I : µA/cm^2
  function α_m(v : mV) : /ms = 1 /ms/exprel(-(v + 40 mV)/(10 mV))
  function β_m(v : mV) : /ms = 4 /ms*exp(-(v + 65 mV)/(18 mV))
  let φ = 3^((T - 6.3 degC)/(10 K))
  state V = -65 mV
  state m = 0.053, h = 0.6, n = 0.318
  m' = φ*(α_m(V)*(1 - m) - β_m(V)*m)
  h' = φ*(0.07 /ms*exp(-(V + 65 mV)/(20 mV))*(1 - h) - h*1 /ms/(1 + exp(-(V + 35 mV)/(10 mV))))
  n' = φ*(0.1 /ms/exprel(-(V + 55 mV)/(10 mV))*(1 - n) - 0.125 /ms*exp(-(V + 65 mV)/(80 mV))*n)
  let I_Na = g_Na*m^3*h*(V - E_Na)
  let I_K = g_K*n^4*(V - E_K)
  V' = (I - I_Na - I_K - g_L*(V - E_L))/C
  spike when V > 0 mV
}
experiment Squirt of Squid {
  duration 60 ms
  step 0.01 ms
  I = steps(0 ms: 0 µA/cm^2, 5 ms: 12 µA/cm^2)
  record V, m, I_Na
}
`;

const ADAPTIVE = `neuron Adaptive {
  param C = 150 pF, g_L = 10 nS, E_L = -70 mV, V_T = -50 mV, Δ_T = 2 mV
  param a = 3 nS, b = 60 pA, τ_w = 120 ms
  param σ = 1.5 mV, τ_n = 4 ms
  input I : pA
  state V = E_L, w = 0 pA
  state x = 0 mV
  V' = (g_L*(E_L - V) + g_L*Δ_T*exp((V - V_T)/Δ_T) - w + I + g_L*x)/C
  w' = (a*(V - E_L) - w)/τ_w
  x' = -x/τ_n + σ*sqrt(2/τ_n)*ξ
  spike when V > 0 mV
  reset { V <- -58 mV; w <- w + b }
}
experiment Noisy of Adaptive {
  duration 400 ms
  I = 350 pA
  record V, w
}
`;

const BALANCED = `neuron Cell {
  param τ_m = 20 ms, E_L = -60 mV, V_th = -50 mV
  input I : pA
  state V = E_L
  V' = (E_L - V)/τ_m + I/(200 pF)
  spike when V > V_th
  reset { V <- E_L }
  refractory 5 ms { hold V }
}
synapse Exc {
  param τ = 5 ms, E_rev = 0 mV
  weight w : nS
  state g = 0 nS
  g' = -g/τ
  on pre { g <- g + w }
  post.I += g*(E_rev - post.V)
}
synapse Inh extends Exc {
  param τ = 10 ms
  param E_rev = -80 mV
}
network Balanced {
  population E = 320 Cell {
    V ~ uniform(-60 mV, -50 mV)
  }
  population I = 80 Cell
  population X = 100 poisson(rate: 8 Hz)
  connect E -> E, I by Exc as exc { w = 2 nS, delay = 1.5 ms } random(p: 0.02)
  connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } random(p: 0.02)
  connect X -> E by Exc as drive { w ~ normal(3 nS, 0.5 nS, min: 0 nS) } indegree(n: 10)
}
experiment Active of Balanced {
  duration 300 ms
  seed 11
  I.I = 150 pA
  record E.spikes
  record E[0..4].V every 0.5 ms
}
`;

const PURE = `neuron Simple {
  param a = 0.02 /ms, b = 0.2
  param c = -65, d = 8
  input I : 1
  state v = c, u = b*c
  v' = (0.04*v^2 + 5*v + 140 - u + I)/(1 ms)
  u' = a*(b*v - u)
  spike when v >= 30
  reset { v <- c; u <- u + d }
}
experiment Tonic of Simple {
  duration 300 ms
  I = 10
  record v, u
}
`;

const CHANNEL = `mechanism Kdr {
  param g_max = 12 nS, E_K = -90 mV, V_half = -30 mV, k = 9 mV, τ_n = 3 ms
  let n_inf = 1/(1 + exp(-(V - V_half)/k))
  state n = 0.1
  n' = (n_inf - n)/τ_n
  I += -g_max*n^4*(V - E_K)
}
neuron Soma {
  param C = 80 pF, g_L = 4 nS, E_L = -65 mV
  input I : pA
  state V = -65 mV
  V' = (I - g_L*(V - E_L))/C
  use Kdr
  spike when V > -20 mV
  reset { V <- -60 mV }
}
experiment Ramp of Soma {
  duration 100 ms
  I = ramp(0 pA, 200 pA, from: 10 ms, to: 90 ms)
  record V
}
`;

const NEWCOMER = `neuron LIF {
  param C = 100 pF, G = 10 nS, E_L = -70 mV, V_th = -50 mV, t_ref = 2 ms
  input I_e : pA
  state V = E_L
  V' = (I_e - G*(V - E_L))/C
  spike when V > V_th
  reset { V <- E_L }
  refractory t_ref { hold V }
}
synapse ExpC {
  param tau = 5 ms, E_rev = 0 mV
  weight w : nS
  state g = 0 nS
  g' = -g/tau
  on pre { g <- g + w }
  post.I_e += g*(E_rev - post.V)
}
network Net {
  population E = 8 LIF { V ~ uniform(E_L, V_th) }
  population I = 2 LIF
  population X = 10 poisson(20 Hz)
  connect E -> E, I by ExpC as exc { w = 1 nS, delay = 1 ms } random(p: 0.5)
  connect X -> E by ExpC as drive { w = 2 nS } indegree(n: 3)
}
experiment S of LIF {
  duration 50 ms
  step 0.1 ms
  I_e = pulse(300 pA, from: 10 ms, to: 40 ms)
  record V
}
experiment N of Net {
  duration 50 ms
  seed 1
  record spikes
  record E[0].V
}
`;

const DRIVEN = `neuron Cell {
  param C = 100 pF
  input I : pA
  state V = -70 mV
  V' = (I - 5 nS*(V + 70 mV))/C
}
network Pool {
  param I_0 = 30 pA
  population P = 8 Cell { I = I_0; C = 90 pF }
}
experiment One of Pool {
  duration 20 ms
  record P.V
}
`;

const COMPARED = `neuron Leaky {
  param C = 100 pF, g = 5 nS, E = -70 mV, Θ = -50 mV
  input I : pA
  state V = E
  V' = (I - g*(V - E))/C
  spike when V > Θ
  reset { V <- E }
}
neuron Rising extends Leaky {
  param b = 0.02 /ms, δ = 3 mV
  state θ = 0 mV
  θ' = -b*θ
  spike when V > Θ + θ
  reset { V <- E; θ <- θ + δ }
}
experiment Step of Leaky {
  duration 200 ms
  I = 180 pA
}
experiment Ramp of Leaky {
  duration 200 ms
  I = ramp(0 pA, 300 pA, from: 10 ms, to: 190 ms)
}
comparison Both {
  models Leaky, Rising
  under Step, Ramp
  measure rate, latency
  seeds 2
}
`;

const RATES = `neuron Rates {
  param τ = 10 ms, E_L = -70 mV, σ = 2 mV
  param τ_w = 100 ms, V_half = -40 mV, f = 10 Hz
  param Q = 3^((37 degC - 6.3 degC)/(10 K))
  input I : mV/ms
  state V = E_L, w = 0 mV
  state u = 0 mV
  state g = 0 mV
  state z = 0
  state m = 0.05
  let B = 1/(1 + 0.28*exp(-0.062 /mV * V))
  let y = sin(2*π*f*t)
  V' = Q*(E_L - V)/τ + I + σ*sqrt(2/τ)*ξ + g*B/(1 ms)
  w' = (V - E_L - w)/τ_w
  u' = 0.02 /ms*(0.2*(V - E_L) - u)
  g' = -g/(5 ms)
  z' = (y/(1 + exp(-0.1 /mV*(V - V_half))) - z)/(5 ms)
  m' = 0.1 /mV/ms*(V + 40 mV)/(1 - exp(-(V + 40 mV)/(10 mV)))*(1 - m) - 4 /ms*exp(-(V + 65 mV)/(18 mV))*m
}
experiment Waves of Rates {
  duration 100 ms
  I = 2 mV/ms*sin(2*π*8 Hz*t)
  record V, u, w, z, m
}
`;

const LISTED = `neuron Leaky {
  index k = 1..2
  param C = 180 pF, g_L = 9 nS, E_L = -68 mV
  param V_th = -51 mV
  param a[k] = [2, 4] pA
  param T = 36 degC
  input I_e : pA
  state V = E_L, w = 0 pA
  let y = 3*(E_L - V)
  let z = if V != E_L then 1 else 0
  let m = max(V, E_L)
  let q = 3^((T - 6.3 degC)/(10 K))
  w' = -w/(100 ms)
  V' = (I_e - g_L*(V - E_L) - w)/C
  I_e += sum(a[k])*z + 1e-9 nS*(y + m)*q
  spike when V > V_th
  reset { V <- E_L }
  refractory 2 ms { hold V }
}
synapse Exp {
  param tau = 5 ms
  weight u : nS
  state g = 0 nS
  g' = -g/tau
  on pre { g <- g + u }
  post.I_e += g*(0 mV - post.V)
}
network Two {
  population P = 10 Leaky { I_e = 300 pA }
  population Q = 4 Leaky { V ~ uniform(-68 mV, -60 mV) }
  connect P -> Q by Exp { u = 1 nS } all
  connect P, Q -> Q by Exp as more { u ~ uniform(0 nS, 2 nS) } all where i != j
}
experiment One of Leaky {
  C = 170 pF
  duration 90 ms
  seed 1
  I_e = 310 pA
  record V, w
}
experiment Both of Two {
  duration 80 ms
  seed 2
  record spikes
}
comparison Rates {
  models Leaky, Leaky { C = 90 pF }
  under One
  measure rate
  window 10 ms .. 80 ms
  sweep g_L over 5 nS .. 10 nS in 5 logarithmic steps
}
`;

const ADAPTING = `neuron LIF {
  param C = 120 pF, G = 8 nS, E_L = -72 mV, V_th = -52 mV, t_ref = 3 ms, f = 5 Hz
  param τ = 15 ms, a = 2 nS, b = 40 pA, c = 0.3, T = 5 ms
  input I_e : pA
  state V = E_L, w = 0 pA, x = 0.1
  let m_inf = 1/(1 + exp(-(V + 40 mV)/(6 mV)))
  let load = c*x
  let phase = sin(2*π*f*t)
  let flip = if V > E_L then 1 else 0
  V' = (I_e - G*(V - E_L) - w)/C
  w' = (a*(V - E_L) - w)/τ
  x' = (m_inf - x)/T
  spike when V > V_th
  reset { V <- E_L; w <- w + b }
  refractory t_ref { hold V }
  on x > 0.9 { x <- 0 }
}
synapse Syn {
  param τ_s = 6 ms, E_rev = 0 mV
  weight q : nS
  state g = 0 nS
  g' = -g/τ_s
  on pre { g <- g + q }
  post.I_e += g*(E_rev - post.V)
}
network Net {
  population E = 80 LIF { V ~ uniform(-70 mV, -55 mV) }
  population I = 20 LIF
  population X = 50 poisson(12 Hz)
  connect E -> E, I by Syn as exc { q = 1 nS, delay = 1.5 ms } random(p: 0.1)
  connect I -> E by Syn as inh { q = 4 nS, E_rev = -80 mV } indegree(n: 10)
  connect X -> E by Syn as drive { q ~ normal(1 nS, 0.2 nS, min: 0 nS) } all
}
experiment Lone of LIF {
  duration 200 ms
  step 0.05 ms
  seed 4
  I_e = pulse(320 pA, from: 20 ms, to: 150 ms)
  record V, w every 0.5 ms
}
experiment Wave of LIF {
  duration 200 ms
  I_e = 100 pA + sine(90 pA, frequency: 7 Hz)
  record x
}
experiment Many of Net {
  duration 90 ms
  seed 2
  E.I_e = 200 pA
  record spikes
  record E[0..3].V every 1 ms
}
comparison Sizes {
  models LIF, LIF { G = 9 nS } as "leaky"
  under Lone
  measure rate
  sweep b over 20 pA .. 60 pA in 3 steps
}
`;

const BLOCKS = `neuron Cell {
  param C = 200 pF
  param g_L = 10 nS
  param E_L = -65 mV
  param V_th = -50 mV
  input I_stim : pA
  state V : mV = E_L
  state m : 1 = 0.1
  let I_L : pA = g_L*(V - E_L)
  V' = (I_stim - I_L)/C
  m' = (1/(1 + exp(-(V + 40 mV)/(5 mV))) - m)/(4 ms)
  spike when V > V_th
  reset { V <- E_L }
  refractory 2 ms { hold V }
}
synapse Fast {
  weight w : nS
  state g = 0 nS
  g' = -g/(3 ms)
  on pre { g <- g + w }
  post.I_stim += g*(0 mV - post.V)
}
experiment Go of Cell {
  duration 150 ms
  step 0.1 ms
  I_stim = 250 pA
  record V, m
}
`;

const LEARNING = `neuron LIF {
  param C = 100 pF
  param G = 10 nS
  param E_L = -70 mV
  param V_th = -50 mV
  param t_ref = 2 ms
  input I_e : pA
  state V = E_L
  V' = (I_e - G*(V - E_L))/C
  spike when V > V_th
  reset { V <- E_L }
  refractory t_ref { hold V }
}
neuron Adaptive extends LIF {
  param b = 0.02 /ms, δ = 3 mV
  state θ = 0 mV
  θ' = -b*θ
  spike when V > V_th + θ
  reset { V <- E_L; θ <- θ + δ }
}
synapse STDP {
  param τ = 5 ms, E_rev = 0 mV, τ_x = 20 ms, A = 0.01 nS, w_max = 2 nS
  weight w : nS
  state g = 0 nS, x = 0, y = 0
  g' = -g/τ
  x' = -x/τ_x
  y' = -y/τ_x
  on pre { g <- g + w; x <- x + 1 }
  on post { w <- clamp(w + A*x - A*y, 0 nS, w_max); y <- y + 1 }
  post.I_e += g*(E_rev - post.V)
}
network Net {
  population E = 8 LIF { V ~ uniform(E_L, V_th) }
  population I = 2 Adaptive
  connect E -> E, I by STDP as exc { w = 1 nS, delay = 1 ms } random(p: 0.5)
}
experiment Step of LIF {
  duration 100 ms
  step 0.1 ms
  I_e = pulse(300 pA, from: 10 ms, to: 80 ms)
  record V
}
experiment Run of Net {
  duration 100 ms
  seed 1
  E.I_e = 250 pA
  record spikes
}
comparison Levels {
  models LIF, Adaptive
  under Step
  measure rate, latency
}
`;

export const GROUNDS: readonly Ground[] = [
  {
    name: "a leaky neuron",
    text: LEAKY,
    mistakes: [
      ["C = 180 pF", "C = 180 pf"],
      ["C = 180 pF", "C = 180 nF"],
      ["C = 180 pF", "C = 180x10^-12 F", "C = 180e-12 F"],
      ["C = 180 pF", "C = 1.8e-10", "C = 1.8e-10 F"],
      ["V_r = -62 mV", "V_r = 62 mV"],
      ["I - g_L*(V - E_L)", "I + g_L*(V - E_L)", "I + g_L*(E_L - V)"],
      ["V' = drive/C", "V' = (V - E_L)/(20 ms) + I/C", "V' = (E_L - V)/(20 ms) + I/C"],
      [
        "V' = drive/C",
        "V' = 0 if V > 20 mV",
        { says: "`if V > 20 mV` is no glif: a condition chooses with `if c then a else b`" },
      ],
      [
        "pulse(260 pA, from: 20 ms, to: 220 ms)",
        "IClamp(amp: 260 pA, del: 20 ms, dur: 200 ms)",
        "pulse(260 pA, from: 20 ms, to: 20 ms + 200 ms)",
      ],
      [
        "pulse(260 pA, from: 20 ms, to: 220 ms)",
        "pulse(delay: 20 ms, duration: 200 ms, amplitude: 260 pA)",
        "pulse(260 pA, from: 20 ms, to: 20 ms + 200 ms)",
      ],
      [
        "pulse(260 pA, from: 20 ms, to: 220 ms)",
        "IClamp(amp=260*pA, delay=20*ms, dur=200*ms)",
        "pulse(260 pA, from: 20 ms, to: 20 ms + 200 ms)",
      ],
      [
        "pulse(260 pA, from: 20 ms, to: 220 ms)",
        "pulse(amp: 260 pA, start: 20 ms, stop: 220 ms)",
        "pulse(value: 260 pA, from: 20 ms, to: 220 ms)",
      ],
      ["pulse(260 pA, from: 20 ms, to: 220 ms)", "lambda t: 260 pA", "260 pA"],
      [
        "pulse(260 pA, from: 20 ms, to: 220 ms)",
        "poisson(100 Hz)*5 pA",
        {
          says: "spikes at random come from a population of a network: `population X = 100 poisson(8 Hz)`, `connect X -> E by ExpCurrent { w = 10 pA } all`",
        },
      ],
      ["record V every 0.5 ms", "record V from 10 ms to 50 ms", "record V"],
      ["record V every 0.5 ms", "record V after 100 ms", "record V"],
      ["  input I : pA\n", "", { says: "declare it: what comes from outside is `input I`" }],
      ["param C = 180 pF,", "param C = 180,"],
      ["param C = 180 pF,", "param C = 180*pF,"],
      ["param C = 180 pF,", "param C = 180 (pF),"],
      ["param C = 180 pF,", "param C = 180 [pF],"],
      ["param C = 180 pF,", "param C = 0.18 nFarad,", "param C = 0.18 nF,"],
      ["g_L = 9 nS", "g_L = 9 nsiemens"],
      ["E_L = -68 mV", "E_L = -68 millivolt"],
      ["E_L = -68 mV", "E_L = -68"],
      ["E_L = -68 mV", "E_L : mV = -68", "E_L : mV = -68 mV"],
      ["E_L = -68 mV", "E_L mV = -68 mV", "E_L : mV = -68 mV"],
      [
        "param V_th = -51 mV, V_r = -62 mV",
        "param V_th = -51 mV; V_r = -62 mV",
        "param V_th = -51 mV; param V_r = -62 mV",
      ],
      [
        "param V_th = -51 mV, V_r = -62 mV",
        "V_th = -51 mV\n  param V_r = -62 mV",
        "param V_th = -51 mV\n  param V_r = -62 mV",
      ],
      ["param V_th = -51 mV, V_r = -62 mV", "params V_th = -51 mV, V_r = -62 mV"],
      ["param V_th = -51 mV, V_r = -62 mV", "real V_th = -51 mV, V_r = -62 mV"],
      ["param V_th = -51 mV, V_r = -62 mV", "float V_th = -51 mV, V_r = -62 mV"],
      [
        "param V_th = -51 mV, V_r = -62 mV",
        "let V_th = -51 mV\n  set V_r = -62 mV",
        { says: "what is set is written with its name: `I_e = 300 pA`" },
      ],
      ["param t_ref = 2.5 ms", "param t_ref = 2,5 ms"],
      ["param t_ref = 2.5 ms", "param t_ref = 2.5 msec"],
      ["param t_ref = 2.5 ms", "param t_ref = 2.5 Ms"],
      ["param t_ref = 2.5 ms", "param t_ref := 2.5 ms"],
      ["param t_ref = 2.5 ms", "param t_ref: 2.5 ms"],
      ["param t_ref = 2.5 ms", "param t_ref = 2.5e-3*second", "param t_ref = 2.5e-3 s"],
      ["param t_ref = 2.5 ms", "param t_ref = 2.5 ms, # dead time", "param t_ref = 2.5 ms, // dead time"],
      ["param t_ref = 2.5 ms", "param t_ref = 2.5 ms % dead time", "param t_ref = 2.5 ms // dead time"],
      ["param t_ref = 2.5 ms", "param t-ref = 2.5 ms"],
      ["input I : pA", "input I pA"],
      ["input I : pA", "input I : amp", "input I : A"],
      ["input I : pA", "input I : current"],
      ["state V = E_L", "state V = E_L mV"],
      ["state V = E_L", "state V(0) = E_L"],
      ["state V = E_L", "V = E_L"],
      ["state V = E_L", "state V", "state V = -70 mV"],
      ["state V = E_L", "state V : volt = E_L", "state V : V = E_L"],
      ["let drive = I - g_L*(V - E_L)", "drive = I - g_L*(V - E_L)"],
      ["let drive = I - g_L*(V - E_L)", "let drive := I - g_L*(V - E_L)"],
      ["let drive = I - g_L*(V - E_L)", "let drive = I - g_L(V - E_L)"],
      ["let drive = I - g_L*(V - E_L)", "let drive = I - g_L*(V - E_L"],
      ["let drive = I - g_L*(V - E_L)", "let drive = I - g_L*(V - E_L))"],
      ["let drive = I - g_L*(V - E_L)", "let drive = I - g_L (V - E_L)"],
      ["let drive = I - g_L*(V - E_L)", "let drive = I - g_L.*(V - E_L)"],
      ["let drive = I - g_L*(V - E_L)", "let drive = I − g_L·(V − E_L)"],
      ["let drive = I - g_L*(V - E_L)", "let drive = I - g_l*(V - E_L)"],
      ["let drive = I - g_L*(V - E_L)", "let drive : amp = I - g_L*(V - E_L)", "let drive : A = I - g_L*(V - E_L)"],
      ["let drive = I - g_L*(V - E_L)", "let drive = I(t) - g_L*(V - E_L)"],
      ["let drive = I - g_L*(V - E_L)", "let drive = I - (V - E_L)"],
      ["let drive = I - g_L*(V - E_L)", "let drive = I - g_L*V - E_L", "let drive = I - g_L*V - g_L*E_L"],
      ["V' = drive/C", "dV/dt = drive/C"],
      ["V' = drive/C", "dV/dt = drive/C : volt"],
      ["V' = drive/C", "dV/dt = drive/C : volt (unless refractory)"],
      ["V' = drive/C", "C*V' = drive"],
      ["V' = drive/C", "C dV/dt = drive"],
      [
        "V' = drive/C",
        "DERIVATIVE states { V' = drive/C }",
        { says: "write each equation as a statement of its own: `V' = …`" },
      ],
      ["V' = drive/C", "V' = drive"],
      ["V' = drive/C", "V = V + dt*drive/C"],
      ["V' = drive/C", "V += dt*drive/C"],
      ["V' = drive/C", "diff(V, t) = drive/C"],
      ["V' = drive/C", "der(V) = drive/C"],
      ["V' = drive/C", "V' == drive/C"],
      ["V' = drive/C", "V' <- drive/C"],
      ["V' = drive/C", "V’ = drive/C"],
      ["V' = drive/C", "Vdot = drive/C"],
      ["V' = drive/C", "V̇ = drive/C"],
      ["V' = drive/C", "d/dt V = drive/C"],
      [
        "V' = drive/C",
        "init V = E_L\n  V' = drive/C",
        { says: "write each state with its initial value as a statement of its own: `state V = E_L`" },
      ],
      ["spike when V > V_th", "spike when V = V_th", "spike when V >= V_th"],
      ["spike when V > V_th", "spike if V > V_th"],
      ["spike when V > V_th", "spike V > V_th"],
      ["spike when V > V_th", "threshold V_th"],
      ["spike when V > V_th", "threshold: V > V_th"],
      ["spike when V > V_th", "spike when V > -51", "spike when V > -51 mV"],
      [
        "spike when V > V_th",
        "spike when V > V_th and not_refractory",
        { says: "what stands still is held: `refractory t_ref { hold V }`" },
      ],
      ["spike when V > V_th", "spike when V > V_th && t > 1", "spike when V > V_th && t > 1 ms"],
      ["spike when V > V_th", "if V > V_th: emit_spike()"],
      ["spike when V > V_th", "spike at V > V_th"],
      ["spike when V > V_th", "when V > V_th spike"],
      ["reset { V <- V_r }", "reset { V = V_r }"],
      ["reset { V <- V_r }", "reset V = V_r"],
      ["reset { V <- V_r }", "reset V <- V_r"],
      ["reset { V <- V_r }", "reset: V = V_r"],
      ["reset { V <- V_r }", "reset { V := V_r }"],
      ["reset { V <- V_r }", "reset { V -> V_r }"],
      ["reset { V <- V_r }", "reset(V, V_r)", { says: "expected `{` after `reset`" }],
      ["reset { V <- V_r }", "reset { V <- -62 }", "reset { V <- -62 mV }"],
      ["reset { V <- V_r }", "reset { V' <- V_r }"],
      ["reset { V <- V_r }", "on spike { V <- V_r }"],
      [
        "reset { V <- V_r }",
        "reset { I <- 0 pA }",
        {
          says: "an input has no value that a spike could change: declare `state I_1` with its equation, give it to the input by `I += I_1`, and change that state here",
        },
      ],
      ["reset { V <- V_r }", "reset { V <- V_r, t_ref <- 2 ms }", { says: "declare it as `state t_ref`" }],
      ["refractory t_ref { hold V }", "refractory = t_ref { hold V }"],
      ["refractory t_ref { hold V }", "refractory 2.5 { hold V }", "refractory 2.5 ms { hold V }"],
      ["refractory t_ref { hold V }", "refractory t_ref { clamp V }"],
      ["refractory t_ref { hold V }", "refractory t_ref hold V"],
      ["refractory t_ref { hold V }", "refractoriness t_ref { hold V }"],
      ["refractory t_ref { hold V }", "refractory t_ref { V = V_r }"],
      ["duration 250 ms", "run 250 ms"],
      ["duration 250 ms", "duration = 250 ms"],
      ["duration 250 ms", "duration 250"],
      ["duration 250 ms", "tstop = 250"],
      ["duration 250 ms", "tstop = 250 ms"],
      ["duration 250 ms", "run(250*ms)"],
      ["duration 250 ms", "duration: 250 ms"],
      ["duration 250 ms", "t = 250 ms", { says: "write for example `duration 1 s`" }],
      ["duration 250 ms", "T = 250 ms", { says: "write for example `duration 1 s`" }],
      ["duration 250 ms", "for 250 ms"],
      ["step 0.1 ms", "dt 0.1 ms"],
      ["step 0.1 ms", "dt = 0.1 ms"],
      ["step 0.1 ms", "step = 0.1"],
      ["step 0.1 ms", "defaultclock.dt = 0.1 ms"],
      ["step 0.1 ms", "resolution 0.1 ms"],
      ["step 0.1 ms", "step 10 kHz", "step 1/(10 kHz)"],
      ["seed 3", "seed = 3"],
      ["seed 3", "rng_seed 3"],
      ["method auto", 'method "rk4"', "method rk4"],
      ["method auto", "method = rk4", "method rk4"],
      ["method auto", "method cnexp", "method exponential_euler"],
      ["method auto", "integrator rk4", "method rk4"],
      ["method auto", "solver ode45", "method rk45"],
      ["method auto", "method rk45(tol: 1e-6)", "method rk45(tolerance: 1e-6)"],
      ["I = pulse(260 pA, from: 20 ms, to: 220 ms)", "I = pulse(260 pA, start: 20 ms, stop: 220 ms)"],
      [
        "I = pulse(260 pA, from: 20 ms, to: 220 ms)",
        "I = pulse(amplitude: 260 pA, from: 20 ms, to: 220 ms)",
        "I = pulse(value: 260 pA, from: 20 ms, to: 220 ms)",
      ],
      [
        "I = pulse(260 pA, from: 20 ms, to: 220 ms)",
        "I = pulse(260 pA, delay: 20 ms, duration: 200 ms)",
        "I = pulse(260 pA, from: 20 ms, to: 20 ms + 200 ms)",
      ],
      ["I = pulse(260 pA, from: 20 ms, to: 220 ms)", "I = pulse(260, from: 20 ms, to: 220 ms)"],
      ["I = pulse(260 pA, from: 20 ms, to: 220 ms)", "I = pulse(260 pA, from=20 ms, to=220 ms)"],
      ["I = pulse(260 pA, from: 20 ms, to: 220 ms)", "I = 260 pA if t > 20 ms", "I = if t > 20 ms then 260 pA else 0"],
      [
        "I = pulse(260 pA, from: 20 ms, to: 220 ms)",
        "I = 260 pA if 20 ms < t < 220 ms",
        "I = if 20 ms < t and t < 220 ms then 260 pA else 0",
      ],
      [
        "I = pulse(260 pA, from: 20 ms, to: 220 ms)",
        "I = 260 pA*(t > 20 ms)",
        "I = 260 pA*(if t > 20 ms then 1 else 0)",
      ],
      [
        "I = pulse(260 pA, from: 20 ms, to: 220 ms)",
        "I = 260 pA * (t > 20 ms) * (t < 220 ms)",
        "I = 260 pA * (if t > 20 ms then 1 else 0) * (if t < 220 ms then 1 else 0)",
      ],
      ["I = pulse(260 pA, from: 20 ms, to: 220 ms)", "stimulus I = 260 pA", "I = 260 pA"],
      ["I = pulse(260 pA, from: 20 ms, to: 220 ms)", "I(t) = 260 pA", "I = 260 pA"],
      ["I = pulse(260 pA, from: 20 ms, to: 220 ms)", "I = 260 mA", "I = 260 pA"],
      ["I = pulse(260 pA, from: 20 ms, to: 220 ms)", "I += 260 pA", "I = 260 pA"],
      [
        "I = pulse(260 pA, from: 20 ms, to: 220 ms)",
        "I = pulse(260 pA, from: 300 ms, to: 400 ms)",
        { says: "let it begin earlier, or the experiment last longer" },
      ],
      [
        "I = pulse(260 pA, from: 20 ms, to: 220 ms)",
        "I = pulse(260 pA, from: 220 ms, to: 20 ms)",
        { says: "this stimulus ends at 20 ms, before it begins at 220 ms" },
      ],
      ["I = pulse(260 pA, from: 20 ms, to: 220 ms)", "I = sin(2*π*10 Hz*t)*100", "I = sin(2*π*10 Hz*t)*100 pA"],
      [
        "I = pulse(260 pA, from: 20 ms, to: 220 ms)",
        "I_e = 260 pA",
        { says: "it has `C`, `g_L`, `E_L`, `V_th`, `V_r`, `t_ref`, `I`, `V`" },
      ],
      ["I = pulse(260 pA, from: 20 ms, to: 220 ms)", "Leaky.I = 260", "Leaky.I = 260 pA"],
      ["record spikes", "record spike"],
      [
        "record spikes",
        "record firing_rate",
        {
          says: "spikes are recorded, `record spikes`; a run tells the mean rate of each population, and `rate` is a measure of comparisons and sweeps",
        },
      ],
      ["record spikes", "record all", "record V"],
      ["record spikes", "record(spikes)"],
      ["record spikes", "plot V", "record V"],
      ["record V every 0.5 ms", "record V every 0.5"],
      ["record V every 0.5 ms", "record v every 0.5 ms"],
      ["record V every 0.5 ms", "record V at 0.5 ms"],
      ["record V every 0.5 ms", "record V, dt = 0.5 ms"],
      ["record V every 0.5 ms", "record [V] every 0.5 ms"],
      ["record V every 0.5 ms", 'record "V" every 0.5 ms'],
      ["record V every 0.5 ms", "monitor = StateMonitor(Leaky, 'V', record=True)", "record V"],
      ["experiment Step of Leaky {", "experiment Step(Leaky) {"],
      ["experiment Step of Leaky {", "experiment Step : Leaky {"],
      [
        "experiment Step of Leaky {",
        "experiment of Leaky {",
        { says: "an experiment has a name: `experiment NAME of LIF { … }`" },
      ],
      ["experiment Step of Leaky {", "simulation Step of Leaky {"],
      ["experiment Step of Leaky {", "experiment Step for Leaky {"],
      ["experiment Step of Leaky {", "experiment Step of leaky {"],
      ["neuron Leaky {", "class Leaky {"],
      ["neuron Leaky {", "neuron Leaky() {"],
    ],
  },
  {
    name: "Hodgkin and Huxley",
    text: SQUID,
    mistakes: [
      ["C = 1 µF/cm^2", "C = 1 µF"],
      [
        "1 /ms/exprel(-(v + 40 mV)/(10 mV))",
        "0.1 /ms*(v + 40 mV)/(1 - exp(-(v + 40 mV)/(10 mV)))",
        "0.1 /ms/mV*(v + 40 mV)/(1 - exp(-(v + 40 mV)/(10 mV)))",
      ],
      ["φ*(α_m(V)*(1 - m) - β_m(V)*m)", "(m_inf(V) - m)/(1 ms)", { says: "declare it, as `function m_inf(x) = …`" }],
      ["param C = 1 µF/cm^2", "param C = 1 µF/cm²"],
      ["param C = 1 µF/cm^2", "param C = 1 uF/cm2", "param C = 1 uF/cm^2"],
      ["param C = 1 µF/cm^2", "param C = 1 µF cm^-2"],
      ["param C = 1 µF/cm^2", "param C = 1 µF/cm**2"],
      ["g_Na = 120 mS/cm^2,", "g_Na = 120 mmho/cm^2,"],
      ["g_Na = 120 mS/cm^2,", "g_Na = .12 (mho/cm2),", "g_Na = .12 S/cm^2,"],
      ["E_Na = 50 mV,", "E_Na = 50V,"],
      ["E_Na = 50 mV,", "E_Na = 50,"],
      ["param T = 6.3 degC", "param T = 6.3 °C"],
      ["param T = 6.3 degC", "param T = 6.3 celsius"],
      ["param T = 6.3 degC", "param celsius = 6.3 degC", { says: "declare it, as `param T = …` or `let T = …`" }],
      ["(10 K))", "(10 degC))"],
      ["exp(-(v + 65 mV)/(18 mV))", "exp(-(v + 65)/18)", "exp(-(v + 65 mV)/18 mV)"],
      ["exp(-(v + 65 mV)/(18 mV))", "exp(-(v + 65 mV)/18)", "exp(-(v + 65 mV)/18 mV)"],
      ["exp(-(v + 65 mV)/(18 mV))", "math.exp(-(v + 65 mV)/(18 mV))"],
      ["exp(-(v + 65 mV)/(18 mV))", "EXP(-(v + 65 mV)/(18 mV))"],
      ["exp(-(v + 65 mV)/(18 mV))", "e^(-(v + 65 mV)/(18 mV))"],
      ["exp(-(v + 65 mV)/(18 mV))", "exp(-(v + 65 mV)/(18 mV)"],
      ["exp(-(v + 65 mV)/(18 mV))", "exp[-(v + 65 mV)/(18 mV)]"],
      ["function β_m(v : mV) : /ms =", "function β_m(v : mV) -> /ms ="],
      ["function β_m(v : mV) : /ms =", "function beta_m(v : mV) : /ms =", { says: "did you mean `beta_m` or `α_m`?" }],
      [
        "function β_m(v : mV) : /ms = 4 /ms*exp(-(v + 65 mV)/(18 mV))",
        "function β_m(v) { return 4 /ms*exp(-(v + 65 mV)/(18 mV)) }",
        "function β_m(v) = 4 /ms*exp(-(v + 65 mV)/(18 mV))",
      ],
      ["state m = 0.053, h = 0.6, n = 0.318", "state m, h, n", "state m = 0, h = 0, n = 0"],
      [
        "state m = 0.053, h = 0.6, n = 0.318",
        "STATE { m h n }",
        { says: "write each state with its initial value as a statement of its own: `state V = E_L`" },
      ],
      ["state m = 0.053, h = 0.6, n = 0.318", "state m = 0.053 h = 0.6 n = 0.318"],
      ["m' = φ*(α_m(V)*(1 - m) - β_m(V)*m)", "m' = φ*(α_m*(1 - m) - β_m*m)", { says: "call it: `α_m(…)`" }],
      ["m' = φ*(α_m(V)*(1 - m) - β_m(V)*m)", "m' = φ*(α_m(V)*(1 - m) - β_m(V)m)"],
      [
        "m' = φ*(α_m(V)*(1 - m) - β_m(V)*m)",
        "m' = (m_inf - m)/τ_m",
        { says: "declare it, as `param m_inf = …` or `let m_inf = …`" },
      ],
      ["g_Na*m^3*h*(V - E_Na)", "g_Na*m**3*h*(V - E_Na)"],
      ["g_Na*m^3*h*(V - E_Na)", "g_Na*m³*h*(V - E_Na)"],
      ["g_Na*m^3*h*(V - E_Na)", "g_Na*pow(m, 3)*h*(V - E_Na)"],
      ["g_Na*m^3*h*(V - E_Na)", "g_Na*m^3h*(V - E_Na)"],
      ["g_Na*m^3*h*(V - E_Na)", "g_Na*m*m*m*h*(V - ENa)", "g_Na*m*m*m*h*(V - E_Na)"],
      ["g_Na*m^3*h*(V - E_Na)", "gNa*m^3*h*(V - E_Na)"],
      ["- g_L*(V - E_L))/C", "- g_L*(V - E_L)/C"],
      ["- g_L*(V - E_L))/C", "- g_L*(V - E_L))"],
      ["- g_L*(V - E_L))/C", "- g_L(V - E_L))/C"],
      ["(I - I_Na", "(I_ext - I_Na", { says: "declare it: what comes from outside is `input I_ext`" }],
      ["spike when V > 0 mV", "spike when V > 0 mV { V = E_L }", "spike when V > 0 mV\n  reset { V <- E_L }"],
      ["spike when V > 0 mV", "spike when V crosses 0 mV"],
      ["step 0.01 ms", "step 0.01"],
      ["I = steps(0 ms: 0 µA/cm^2, 5 ms: 12 µA/cm^2)", "I = steps(0: 0, 5: 12)", "I = steps(0: 0, 5 ms: 12 µA/cm^2)"],
      [
        "I = steps(0 ms: 0 µA/cm^2, 5 ms: 12 µA/cm^2)",
        "I = steps([0, 5] ms, [0, 12] µA/cm^2)",
        { says: "write `steps(0 ms: 0 pA, 100 ms: 300 pA)`" },
      ],
      [
        "I = steps(0 ms: 0 µA/cm^2, 5 ms: 12 µA/cm^2)",
        "I = 12 µA",
        { says: "divide by the area of the membrane: `12 µA/A` with `param A = 20000 µm^2`" },
      ],
      [
        "I = steps(0 ms: 0 µA/cm^2, 5 ms: 12 µA/cm^2)",
        "I = 0.1 nA",
        { says: "divide by the area of the membrane: `0.1 nA/A` with `param A = 20000 µm^2`" },
      ],
      [
        "I = steps(0 ms: 0 µA/cm^2, 5 ms: 12 µA/cm^2)",
        "I = 12 µA/cm^2*heaviside(t - 5 ms)",
        "I = 12 µA/cm^2*step(t - 5 ms)",
      ],
      ["I = steps(0 ms: 0 µA/cm^2, 5 ms: 12 µA/cm^2)", "I = 12 µA/cm^2*heav(t - 5)", "I = 12 µA/cm^2*step(t - 5 ms)"],
      ["record V, m, I_Na", "record V m I_Na"],
      ["record V, m, I_Na", "record V, m, INa"],
      ["record V, m, I_Na", "record ('V', 'm')", "record V, m"],
    ],
  },
  {
    name: "adaptation and noise",
    text: ADAPTIVE,
    mistakes: [
      ["exp((V - V_T)/Δ_T)", "exp(V - V_T)"],
      ["exp((V - V_T)/Δ_T)", "exp(V - V_T/Δ_T)"],
      ["exp((V - V_T)/Δ_T)", "exp((V - V_T)/DeltaT)"],
      ["- w + I + g_L*x)/C", "- w + I + x)/C"],
      ["- w + I + g_L*x)/C", "- w) + I + g_L*x)/C"],
      ["(a*(V - E_L) - w)/τ_w", "a*(V - E_L) - w/τ_w"],
      ["(a*(V - E_L) - w)/τ_w", "(a*(V - E_L) - w)/tau_w"],
      ["(a*(V - E_L) - w)/τ_w", "((V - E_L) - w)/τ_w"],
      ["(a*(V - E_L) - w)/τ_w", "(a*(V - E_L) - w)"],
      ["(a*(V - E_L) - w)/τ_w", "(a*(V - E_L) - w)*τ_w"],
      [
        "a = 3 nS,",
        "a = 3 pA,",
        { says: "unless something is missing here, `a` has the wrong unit: it would have to be a conductance (nS)" },
      ],
      ["a = 3 nS,", "a = 3,"],
      ["b = 60 pA,", "b = 60,"],
      ["w = 0 pA", "w = 0 nA*", { says: "expected an expression after `*`" }],
      ["σ*sqrt(2/τ_n)*ξ", "σ*sqrt(2/τ_n)*xi(t)", "σ*sqrt(2/τ_n)*xi"],
      [
        "σ*sqrt(2/τ_n)*ξ",
        "σ*ξ",
        { says: "white noise `ξ` is per square root of time: what it is multiplied by has to be in mV/sqrt(ms)" },
      ],
      [
        "σ*sqrt(2/τ_n)*ξ",
        "σ*sqrt(2*τ_n)*ξ",
        { says: "white noise `ξ` is per square root of time: what it is multiplied by has to be in mV/sqrt(ms)" },
      ],
      ["σ*sqrt(2/τ_n)*ξ", "σ*sqrt(2/τ_n)*xi_1"],
      [
        "σ*sqrt(2/τ_n)*ξ",
        "σ*sqrt(2/τ_n)*randn()",
        {
          says: "white noise is `ξ`: `σ*sqrt(2/τ)*ξ`; a value for each neuron is drawn where it is set, `V ~ normal(-60 mV, 5 mV)`",
        },
      ],
      ["σ*sqrt(2/τ_n)*ξ", "σ*sqrt(2/τ_n)*noise"],
      ["σ*sqrt(2/τ_n)*ξ", "σ*sqrt(2/τ_n)*ξ(t)"],
      [
        "σ*sqrt(2/τ_n)*ξ",
        "normal(0 mV, σ)",
        {
          says: "for noise: `ξ`, as in `300 pA + 20 pA*sqrt(ms)*ξ`; a value for each neuron is drawn in the settings of a population: `V ~ normal(-60 mV, 5 mV)`",
        },
      ],
      ["σ*sqrt(2/τ_n)*ξ", "σ*sqrt(2/τ_n)*dW"],
      ["reset { V <- -58 mV; w <- w + b }", "reset { V <- -58 mV; w += b }"],
      ["reset { V <- -58 mV; w <- w + b }", "reset = 'V = -58*mV; w += b'"],
      [
        "reset { V <- -58 mV; w <- w + b }",
        "reset { V <- V_reset; w <- w + b }",
        { says: "declare it, as `param V_reset = …` or `let V_reset = …`" },
      ],
      [
        "reset { V <- -58 mV; w <- w + b }",
        "reset { V <- -58 mV; w <- w + 0.06 }",
        "reset { V <- -58 mV; w <- w + 0.06 pA }",
      ],
      ["I = 350 pA", "I = 0.35", "I = 0.35 pA"],
      ["I = 350 pA", "I = 350 pa"],
      [
        "I = 350 pA",
        "I ~ normal(350 pA, 20 pA)",
        { says: "for noise: `ξ`; for values that differ between neurons: a parameter in the model" },
      ],
      [
        "I = 350 pA",
        "I = normal(350 pA, 20 pA)",
        { says: "for noise: `ξ`; for values that differ between neurons: a parameter in the model" },
      ],
      ["I = 350 pA", "I = 350 V", { says: "write for example `100 pA`" }],
    ],
  },
  {
    name: "a network",
    text: BALANCED,
    mistakes: [
      ["on pre { g <- g + w }", "on pre g += w"],
      ["on pre { g <- g + w }", "on pre: g += w"],
      ["g*(E_rev - post.V)", "g*(post.V - E_rev)"],
      ["w = 20 nS", "w = -20 nS"],
      ["connect X -> E by", "connect X -> J by", { says: "it has `E`, `I`, `X`" }],
      ["as inh", "as exc", { says: "give one of them another name: `as exc_2`" }],
      ["population E = 320 Cell {", "population E = 320*Cell {"],
      ["as inh { w = 20 nS,", "as inh { weight = 20 nS,"],
      ["population E = 320 Cell {", "population E = Cell(320) {"],
      ["population E = 320 Cell {", "population E = Cell[320] {"],
      ["population E = 320 Cell {", "population E of 320 Cell {"],
      ["population E = 320 Cell {", "population E[320] = Cell {"],
      ["population E = 320 Cell {", "population E : 320 Cell {"],
      ["population E = 320 Cell {", "population E = 320 Cells {"],
      ["population I = 80 Cell", "population I = NeuronGroup(80, Cell)"],
      ["population I = 80 Cell", "I = Create(Cell, 80)"],
      ["population I = 80 Cell", "population I = 80", { says: "write `population E = 800 LIF`" }],
      ["population I = 80 Cell", "I = 80 Cell"],
      ["V ~ uniform(-60 mV, -50 mV)", "V = uniform(-60 mV, -50 mV)"],
      ["V ~ uniform(-60 mV, -50 mV)", "V = -60 mV + 10 mV*rand()"],
      ["V ~ uniform(-60 mV, -50 mV)", "V ~ U(-60 mV, -50 mV)"],
      ["V ~ uniform(-60 mV, -50 mV)", "V ~ gauss(-55 mV, 3 mV)", "V ~ normal(-55 mV, 3 mV)"],
      ["V ~ uniform(-60 mV, -50 mV)", "V ~ uniform(-60, -50)"],
      [
        "population X = 100 poisson(rate: 8 Hz)",
        "population X = 100 PoissonGroup(8 Hz)",
        "population X = 100 poisson(8 Hz)",
      ],
      ["population X = 100 poisson(rate: 8 Hz)", "population X = 100 poisson(rate: 8)"],
      ["population X = 100 poisson(rate: 8 Hz)", "population X = 100 poisson(rates: 8 Hz)"],
      [
        "population X = 100 poisson(rate: 8 Hz)",
        "population X = poisson(100, 8 Hz)",
        "population X = 100 poisson(8 Hz)",
      ],
      ["connect E -> E, I by Exc as exc", "connect(E, I) by Exc as exc", "connect E -> I by Exc as exc"],
      ["connect E -> E, I by Exc as exc", "connect E to E, I by Exc as exc"],
      ["connect E -> E, I by Exc as exc", "connect E => E, I by Exc as exc"],
      ["connect E -> E, I by Exc as exc", "connect E -> E, I with Exc as exc"],
      ["connect E -> E, I by Exc as exc", "connect E -> E, I using Exc as exc"],
      ["connect E -> E, I by Exc as exc", "connect E -> E, I: Exc as exc"],
      ["connect E -> E, I by Exc as exc", "connect E -> (E, I) by Exc as exc"],
      ["connect E -> E, I by Exc as exc", "connect E -> E & I by Exc as exc", "connect E -> E, I by Exc as exc"],
      ["{ w = 2 nS, delay = 1.5 ms }", "{ w = 2, delay = 1.5 ms }"],
      ["{ w = 2 nS, delay = 1.5 ms }", "{ w: 2 nS, delay: 1.5 ms }"],
      ["{ w = 2 nS, delay = 1.5 ms }", "{ weight = 2 nS, delay = 1.5 ms }"],
      ["{ w = 2 nS, delay = 1.5 ms }", "(w = 2 nS, delay = 1.5 ms)"],
      ["{ w = 2 nS, delay = 1.5 ms }", "{ w = 2 nS, d = 1.5 ms }", { says: "it has `τ`, `E_rev`, `w`, `g`, `delay`" }],
      ["{ w = 2 nS, delay = 1.5 ms }", "{ w = 2 nS, delay = 1.5 }"],
      ["{ w = 2 nS, delay = 1.5 ms }", "{ w = 2 nS; delays = 1.5 ms }", "{ w = 2 nS; delay = 1.5 ms }"],
      ["{ w = 2 nS, delay = 1.5 ms }", "{ w = 2 mV, delay = 1.5 ms }", { says: "write for example `10 nS`" }],
      [
        "{ w = 2 nS, delay = 1.5 ms }",
        "w = 2 nS",
        { says: "values are set in the braces of a population or a connection, or in an experiment" },
      ],
      [
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } random(p: 0.02)",
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } random(p = 0.02)",
      ],
      [
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } random(p: 0.02)",
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } p: 0.02",
      ],
      [
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } random(p: 0.02)",
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } random(probability: 0.02)",
      ],
      [
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } random(p: 0.02)",
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } pairwise_bernoulli(0.02)",
      ],
      [
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } random(p: 0.02)",
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } fixed_probability(p: 0.02)",
      ],
      [
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } random(p: 0.02)",
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } all_to_all",
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } all",
      ],
      [
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } random(p: 0.02)",
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } if rand() < 0.02",
      ],
      [
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } random(p: 0.02)",
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } where rand() < 0.02",
      ],
      [
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } random(p: 0.02)",
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms }",
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } all",
      ],
      [
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } random(p: 0.02)",
        "connect I -> E, I by Inh as inh { w = 20 nS, delay = 1 ms } random(p: 2)",
        { says: "2 % are `0.02`; for a number of connections: `indegree(n: …)`, `outdegree(n: …)` or `total(n: …)`" },
      ],
      ["indegree(n: 10)", "fixed_indegree(10)"],
      ["indegree(n: 10)", "indegree(n = 10)"],
      ["indegree(n: 10)", "random(indegree: 10)"],
      ["indegree(n: 10)", "random(n: 10)", { says: "write `random(p: 0.1)`" }],
      ["on pre { g <- g + w }", "on_pre { g <- g + w }"],
      ["on pre { g <- g + w }", "on_pre = 'g += w'"],
      ["on pre { g <- g + w }", "on pre { g += w }"],
      ["on pre { g <- g + w }", "on pre: g <- g + w"],
      ["on pre { g <- g + w }", "on pre { g_post += w }"],
      ["on pre { g <- g + w }", "on presynaptic { g <- g + w }"],
      ["on pre { g <- g + w }", "on spike { g <- g + w }"],
      [
        "on pre { g <- g + w }",
        "NET_RECEIVE(w) { g = g + w }",
        {
          says: "in a synapse, what an arriving spike does is `on pre { g <- g + w }`; in a neuron, an input adds up by itself: write `input I_e : pA`",
        },
      ],
      ["post.I += g*(E_rev - post.V)", "I += g*(E_rev - V)"],
      ["post.I += g*(E_rev - post.V)", "I_post += g*(E_rev - V_post)"],
      ["post.I += g*(E_rev - post.V)", "post.I = g*(E_rev - post.V)"],
      ["post.I += g*(E_rev - post.V)", "post.I += g*(E_rev - V)"],
      ["post.I += g*(E_rev - post.V)", "post.I_syn += g*(E_rev - post.V)"],
      ["post.I += g*(E_rev - post.V)", "post.I += g*E_rev - post.V", "post.I += g*E_rev - g*post.V"],
      ["weight w : nS", "weight w"],
      ["weight w : nS", "weight w = 1", "weight w = 1 nS"],
      ["state g = 0 nS", "state g : siemens = 0", "state g : S = 0"],
      ["synapse Inh extends Exc {", "synapse Inh(Exc) {"],
      ["synapse Inh extends Exc {", "synapse Inh : Exc {"],
      ["synapse Inh extends Exc {", "synapse Inh of Exc {"],
      ["I.I = 150 pA", "I.I = 150"],
      ["I.I = 150 pA", "I[:].I = 150 pA"],
      ["I.I = 150 pA", "I[0:10].I = 150 pA", "I[0..9].I = 150 pA"],
      ["I.I = 150 pA", "set I.I 150 pA", { says: "what is set is written with its name: `I_e = 300 pA`" }],
      ["record E.spikes", "record spikes(E)"],
      [
        "record E.spikes",
        "record E.rate",
        {
          says: "spikes are recorded, `record spikes`; a run tells the mean rate of each population, and `rate` is a measure of comparisons and sweeps",
        },
      ],
      ["record E[0..4].V every 0.5 ms", "record E[0:5].V every 0.5 ms"],
      ["record E[0..4].V every 0.5 ms", "record E[0-4].V every 0.5 ms"],
      ["record E[0..4].V every 0.5 ms", "record E.V[0..4] every 0.5 ms"],
      ["record E[0..4].V every 0.5 ms", "record V every 0.5 ms", { says: "write `E.V` or `I.V`" }],
      ["record E[0..4].V every 0.5 ms", "record E[320].V", { says: "they are numbered from 0 to 319" }],
    ],
  },
  {
    name: "Izhikevich",
    text: PURE,
    mistakes: [
      ["u' = a*(b*v - u)", "u' = (b*v - u)/50 /ms", "u' = (b*v - u)/(50 ms)"],
      ["0.04*v^2 + 5*v + 140 - u + I", "0.04v^2 + 5v + 140 - u + I"],
      ["0.04*v^2 + 5*v + 140 - u + I", "0.04*v² + 5*v + 140 - u + I"],
      ["0.04*v^2 + 5*v + 140 - u + I", "0.04*v**2 + 5*v + 140 - u + I"],
      ["0.04*v^2 + 5*v + 140 - u + I", "0.04*v*v + 5 v + 140 - u + I", "0.04*v*v + 5*v + 140 - u + I"],
      ["v' = (0.04*v^2 + 5*v + 140 - u + I)/(1 ms)", "v' = (0.04*v^2 + 5*v + 140 - u + I)/ms"],
      ["a = 0.02 /ms,", "a = 0.02,"],
      ["a = 0.02 /ms,", "a = 0.02 per ms,"],
      ["input I : 1", "input I : none"],
      ["state v = c, u = b*c", "state v = -65 mV, u = b*c", "state v = -65, u = b*c"],
      ["u' = a*(b*v - u)", "u' = a(b*v - u)"],
      ["u' = a*(b*v - u)", "u' = a*(b v - u)"],
      ["spike when v >= 30", "spike when v >= 30 mV"],
      ["spike when v >= 30", "spike when v => 30"],
      ["spike when v >= 30", "if v >= 30 then spike"],
      [
        "reset { v <- c; u <- u + d }",
        "reset { v <- c\n u <- u + d",
        { says: "expected `}`: `reset` opened at 9:3 is not closed" },
      ],
      ["reset { v <- c; u <- u + d }", "reset { v, u <- c, u + d }", { says: "write one statement for each" }],
      ["duration 300 ms", "simulate(300)"],
      ["I = 10", "I = 10 pA"],
      [
        "I = 10",
        "I = [10]",
        {
          says: "neurons of a population are told apart by their number `i`, as in `if i == 0 then … else …`; values in time are `steps(0 ms: …, 10 ms: …)`",
        },
      ],
    ],
  },
  {
    name: "a channel",
    text: CHANNEL,
    mistakes: [
      ["I += -g_max*n^4*(V - E_K)", "I += g_max*n^4*(V - E_K)", "I += g_max*n^4*(E_K - V)"],
      ["use Kdr", "insert Kdr"],
      ["use Kdr", "include Kdr"],
      ["mechanism Kdr {", "NEURON { SUFFIX Kdr }\nmechanism Kdr {"],
      ["mechanism Kdr {", "channel Kdr {"],
      ["I += -g_max*n^4*(V - E_K)", "I = -g_max*n^4*(V - E_K)"],
      ["I += -g_max*n^4*(V - E_K)", "ik = g_max*n^4*(V - E_K)", "let ik = g_max*n^4*(V - E_K)"],
      ["I += -g_max*n^4*(V - E_K)", "I -= g_max*n^4*(V - E_K)"],
      ["let n_inf = 1/(1 + exp(-(V - V_half)/k))", "n_inf = 1/(1 + exp(-(V - V_half)/k))"],
      [
        "let n_inf = 1/(1 + exp(-(V - V_half)/k))",
        "let n_inf = 1/(1 + exp(-(V - V_half)))",
        "let n_inf = 1/(1 + exp((-(V - V_half))/k))",
      ],
      [
        "let n_inf = 1/(1 + exp(-(V - V_half)/k))",
        "LOCAL n_inf\n  let n_inf = 1/(1 + exp(-(V - V_half)/k))",
        { says: "write each named expression as a statement of its own: `let Θ = Θ_inf + Θ_s`" },
      ],
      ["n' = (n_inf - n)/τ_n", "n' = (n_inf - n)"],
      ["n' = (n_inf - n)/τ_n", "n' = (n_inf - n)/tau_n"],
      [
        "n' = (n_inf - n)/τ_n",
        "SOLVE states METHOD cnexp",
        { says: "write each equation as a statement of its own: `V' = …`" },
      ],
      ["I = ramp(0 pA, 200 pA, from: 10 ms, to: 90 ms)", "I = 200 pA*t/80", "I = 200 pA*t/80 ms"],
      [
        "I = ramp(0 pA, 200 pA, from: 10 ms, to: 90 ms)",
        "I = TimedArray([0, 100, 200]*pA, dt=10*ms)",
        { says: 'values in time are `steps(0 ms: 0 pA, 10 ms: 100 pA)`, or `file("stimulus.csv")`' },
      ],
      [
        "I = ramp(0 pA, 200 pA, from: 10 ms, to: 90 ms)",
        "IClamp(0.5) { del = 10 dur = 80 amp = 0.2 }",
        { says: "a current is given by `pulse(300 pA, from: 10 ms, to: 80 ms)` or `steps(…)`" },
      ],
      [
        "I = ramp(0 pA, 200 pA, from: 10 ms, to: 90 ms)",
        "I = file(stim.csv)",
        { says: '`file(stim.csv)` is no glif: the path of a file stands in quotes: `file("stimulus.csv")`' },
      ],
      ["state n = 0.1", "state n = 0.1 (1)"],
      ["state n = 0.1", "state n : 1", "state n : 1 = 0"],
    ],
  },
  {
    name: "a newcomer's neuron and network",
    text: NEWCOMER,
    mistakes: [
      [
        "  record spikes\n  record E[0].V",
        "  I.I_e[0] = 500 pA\n  record spikes\n  record E[0].V",
        "  I[0].I_e = 500 pA\n  record spikes\n  record E[0].V",
      ],
      [
        "{ V ~ uniform(E_L, V_th) }",
        "{ V ~ lognormal(1 mV, sigma: 0.5 mV) }",
        {
          says: "`sd` is that of the variable and not of its logarithm: with σ of the logarithm it is mean*sqrt(exp(σ^2) - 1)",
        },
      ],
      [
        "V' = (I_e - G*(V - E_L))/C",
        "V' = (I_e(t - 5 ms) - G*(V - E_L))/C",
        { says: "a state that follows it has a past; a stimulus that comes later is given with later times" },
      ],
      [
        "  record spikes\n  record E[0].V",
        "  E.I_e = linspace(300 pA, 100 pA, 8)\n  record spikes\n  record E[0].V",
        "  E.I_e = 300 pA - 200 pA*i/7\n  record spikes\n  record E[0].V",
      ],
      [
        "record E[0].V",
        "record E[0..3].g",
        { says: "`g` is a state of a synapse, recorded by its connection: write `E.exc.g` or `E.drive.g`" },
      ],
      [
        "record E[0].V",
        "E.V = E_L + 20 mV*i/N",
        {
          says: "the number of neurons has no name in settings: write the number that stands in `population`, as in `i/100`",
        },
      ],
      [
        "reset { V <- E_L }",
        "reset { V <- E_L; I_e <- I_e + 5 pA }",
        {
          says: "an input has no value that a spike could change: declare `state I_e_1` with its equation, give it to the input by `I_e += I_e_1`, and change that state here",
        },
      ],
      ["reset { V <- E_L }", "reset { if V > 0 mV { V <- E_L } }", "reset { V <- if V > 0 mV then E_L else V }"],
      ["param tau = 5 ms, E_rev = 0 mV", "tau = 5*ms\n  param E_rev = 0 mV", "param tau = 5 ms\n  param E_rev = 0 mV"],
      ["V' = (I_e - G*(V - E_L))/C", "V' = (I_e - G*(V - E_L))/C (unless refractory)"],
      ["post.I_e += g*(E_rev - post.V)", "I_e_post = g*(E_rev - V_post)"],
      [
        "population E = 8 LIF { V ~ uniform(E_L, V_th) }\n  population I = 2 LIF",
        "population E = 8 LIF, I = 2 LIF",
        "population E = 8 LIF\n  population I = 2 LIF",
      ],
      ["population X = 10 poisson(20 Hz)", "population X = 10 Poisson { rate = 20*Hz }"],
      ["population I = 2 LIF", "population I : LIF = 2"],
      ["delay = 1 ms }", "delay ~ uniform(1, 2) ms }", "delay ~ uniform(1 ms, 2 ms) }"],
      ["delay = 1 ms }", "delay ~ uniform(1 ms .. 2.5 ms) }", "delay ~ uniform(1 ms, 2.5 ms) }"],
      [
        "connect X -> E by ExpC as drive { w = 2 nS } indegree(n: 3)",
        "connect X -> E by ExpC as drive { w = 2 nS } if i < j",
        "connect X -> E by ExpC as drive { w = 2 nS } all where i < j",
      ],
      [
        "connect X -> E by ExpC as drive",
        "connect X[:4] -> E by ExpC as drive",
        "connect X[0..3] -> E by ExpC as drive",
      ],
      ["step 0.1 ms", "step 1/16 ms", "step 0.0625 ms"],
      ["  record V\n", "  I = 100 pA\n  record V\n", { says: "did you mean `I_e`?" }],
      [
        "experiment S of LIF",
        "run(100*ms)\nexperiment S of LIF",
        { says: "write `duration 100 ms`, between the braces of an `experiment NAME of MODEL { … }`" },
      ],
      ["neuron LIF {\n", "from brian2 import *\nneuron LIF {\n"],
      [
        "neuron LIF {\n  param C = 100 pF, G",
        "neuron LIF(C = 100 pF) {\n  param G",
        "neuron LIF { param C = 100 pF;\n  param G",
      ],
      ["state V = E_L", "state V = E_L : volt", "state V : V = E_L"],
      ["refractory t_ref { hold V }", "refractory during t_ref { hold V }"],
      ["on pre { g <- g + w }", "onReceive(spikes) { g += w }"],
      ["on pre { g <- g + w }", "on pre { if g < 1 nS: g = g + w }", "on pre { g <- if g < 1 nS then g + w else g }"],
      ["record E[0].V", "record E.V[3]", "record E[3].V"],
      ["spike when V > V_th", "spike when V > V_th && not refractory"],
      [
        "spike when V > V_th\n  reset { V <- E_L }",
        "global -1 V_th-V {V=E_L}",
        "spike when V_th < V\n  reset { V <- E_L }",
      ],
      ["I_e = pulse(300 pA, from: 10 ms, to: 40 ms)", "I_e = 300 pA for t > 10 ms", "I_e = pulse(300 pA, from: 10 ms)"],
      ["I_e = pulse(300 pA, from: 10 ms, to: 40 ms)", "I_e = 300 pA*cos(2*pi*8*t)", "I_e = 300 pA*cos(2*pi*8 Hz*t)"],
      ["I_e = pulse(300 pA, from: 10 ms, to: 40 ms)", "I_e = 300 pA*exp(-0.1*t)", "I_e = 300 pA*exp(-0.1 /ms*t)"],
      ["seed 1", "E.C ~ uniform(90, 110) pF", "E.C ~ uniform(90 pF, 110 pF)"],
      [" random(p: 0.5)", " random(p: 0.5) allow multiple = true", " random(p: 0.5) allow multiple"],
      ["V ~ uniform(E_L, V_th)", "V ~ normal(0 mV, 3 mV) + E_L", "V ~ normal(0 mV + E_L, 3 mV)"],
      [
        "population I = 2 LIF",
        "population I = 2 LIF(V_th: -48 mV, t_ref: 1 ms)",
        "population I = 2 LIF { V_th = -48 mV, t_ref = 1 ms }",
      ],
      ["param C = 100 pF,", "param C = 100 pfarad,"],
      ["G = 10 nS,", "G = 10*nsiemens,"],
      ["state V = E_L", "state V = E_L : mV", "state V : mV = E_L"],
      ["state V = E_L", "state V mV = E_L", "state V : mV = E_L"],
      [
        "V' = (I_e - G*(V - E_L))/C",
        "inline I_leak pA = G*(V - E_L)\n  V' = (I_e - I_leak)/C",
        "let I_leak : pA = G*(V - E_L)\n  V' = (I_e - I_leak)/C",
      ],
      [
        "spike when V > V_th\n  reset { V <- E_L }",
        "onCondition(V >= V_th):\n    V = E_L\n    emit_spike()",
        "spike when V >= V_th\n  reset { V <- E_L }",
      ],
      ["on pre { g <- g + w }", "onReceive(spikes):\n    g += w"],
      ["reset { V <- E_L }", "reset { V <- E_L; emit_spike() }"],
      ["param C = 100 pF, G = 10 nS,", "param C = 100, G = 10,"],
      [
        "step 0.1 ms",
        "@ total=50, dt=.1, meth=rk4",
        { says: "options of a run are statements of an experiment: `duration 50 ms`, `step 0.1 ms`, `method rk4`" },
      ],
      ["spike when V > V_th\n  reset { V <- E_L }", "global 1 V-V_th {V=E_L}"],
      ["record E[0].V\n}\n", "record E[0].V\n}\ndone\n"],
      ["state V = E_L", "TABLE inf FROM -100 TO 100 WITH 200\n  state V = E_L"],
      [
        "input I_e : pA",
        "NONSPECIFIC_CURRENT I_e",
        { says: "what a channel gives to its neuron is a contribution to an input: `I_e += -g*(V - E)`" },
      ],
      [
        "input I_e : pA",
        "ASSIGNED { I_e (nA) }",
        {
          says: "what is computed is named by `let x = …`, what comes from outside is `input I_e : pA`, and neither is listed",
        },
      ],
      ["V ~ uniform(E_L, V_th)", "V = 'E_L + 10*mV'", "V = E_L + 10 mV"],
      ["V ~ uniform(E_L, V_th)", "V ~ E_L + uniform(0 mV, 20 mV)", "V ~ uniform(E_L + 0 mV, E_L + 20 mV)"],
      ["V ~ uniform(E_L, V_th)", "V = uniform(E_L, V_th) + 1 mV", "V ~ uniform(E_L + 1 mV, V_th + 1 mV)"],
      ["record V\n", "record V, every 1 ms\n", "record V every 1 ms\n"],
      ["I_e = pulse(300 pA, from: 10 ms, to: 40 ms)", "I_e = step(300 pA, 10 ms)", "I_e = pulse(300 pA, from: 10 ms)"],
      ["I_e = pulse(300 pA, from: 10 ms, to: 40 ms)", "I_e = 300 pA for 10 ms < t < 40 ms"],
      [
        "I_e = pulse(300 pA, from: 10 ms, to: 40 ms)",
        "I_e = noise(300 pA, 50 pA)",
        { says: "`noise(300 pA, 50 pA)` is no glif: noise is written with `ξ`: `300 pA + 50 pA*sqrt(ms)*ξ`" },
      ],
      [
        "I_e = pulse(300 pA, from: 10 ms, to: 40 ms)",
        "I_e = 200 pA + normal(0 pA, 20 pA)",
        {
          says: "for noise: `ξ`, as in `300 pA + 20 pA*sqrt(ms)*ξ`; a value for each neuron is drawn in the settings of a population: `V ~ normal(-60 mV, 5 mV)`",
        },
      ],
      [
        "I_e = pulse(300 pA, from: 10 ms, to: 40 ms)",
        "V_th = pulse(-40 mV, from: 10 ms, to: 40 ms)",
        { says: "declare what it is given to as an input: `input I_e : pA`" },
      ],
      [
        "I_e = pulse(300 pA, from: 10 ms, to: 40 ms)",
        "I_e = sine(300 pA, frequency: 8)",
        "I_e = sine(300 pA, frequency: 8 Hz)",
      ],
      ["population I = 2 LIF", "population I = 2 LIF(V_th = -48 mV)", "population I = 2 LIF { V_th = -48 mV }"],
      ["by ExpC as drive { w = 2 nS } indegree(n: 3)", "by ExpC(w = 2 nS) as drive indegree(n: 3)"],
      [
        "{ w = 2 nS } indegree(n: 3)",
        "{ w = 2 nS } indegree(n: 3) delay 1 ms",
        "{ w = 2 nS, delay = 1 ms } indegree(n: 3)",
      ],
      [
        "{ w = 1 nS, delay = 1 ms } random(p: 0.5)",
        "{ w = 1 nS, delay = 1 ms + 0.1*abs(i - j) } random(p: 0.5)",
        "{ w = 1 nS, delay = 1 ms + 0.1 ms*abs(i - j) } random(p: 0.5)",
      ],
      [
        "{ w = 1 nS, delay = 1 ms } random(p: 0.5)",
        "{ w = 1 nS, delay = 1 ms } where abs(pre.i - post.i) < 2",
        "{ w = 1 nS, delay = 1 ms } where abs(i - j) < 2",
      ],
      ["{ w = 1 nS, delay = 1 ms } random(p: 0.5)", "{ w = 1 nS, delay = 1 ms, p = 0.5 }"],
      [" random(p: 0.5)", " random(p: 0.5) allow self = true", " random(p: 0.5) allow self"],
      [
        "on pre { g <- g + w }",
        "on pre { post.I_e <- post.I_e + w }",
        { says: "contribute to it with `post.I_e += …`" },
      ],
      [
        "on pre { g <- g + w }",
        "on pre { post.ge <- post.ge + w }",
        { says: "declare `ge` in `LIF`, or connect it by another synapse" },
      ],
      [
        "on pre { g <- g + w }",
        "on pre { if g < 1 nS then g <- g + w }",
        "on pre { g <- if g < 1 nS then g + w else g }",
      ],
      [
        "on pre { g <- g + w }",
        "on pre { g <- g + w } after 1 ms",
        {
          says: "`on pre { g <- g + w } after 1 ms` is no glif: the delay belongs to the connection: `connect E -> I by SYNAPSE { delay = 1 ms } all`",
        },
      ],
      ["post.I_e += g*(E_rev - post.V)", "post.I_e = g*(E_rev - post.V)"],
      [
        "g' = -g/tau",
        "g' = -g/tau + w*delta(t - t_pre)",
        { says: "what an arriving spike does stands in the synapse: `on pre { g <- g + w }`" },
      ],
      ["g' = -g/tau", "g' = -g/5", "g' = -g/5 ms"],
      [
        "post.I_e += g*(E_rev - post.V)",
        "post.I_e += g/(1 + exp(-0.062*post.V)/3.57)*(E_rev - post.V)",
        "post.I_e += g/(1 + exp(-0.062 /mV*post.V)/3.57)*(E_rev - post.V)",
      ],
      [
        "weight w : nS",
        "param w ~ normal(1 nS, 0.1 nS)",
        {
          says: "give it one value here; what differs is drawn in the braces of a population or a connection: `{ w ~ normal(1 nS, 0.1 nS) }`",
        },
      ],
      [
        "param C = 100 pF,",
        "param C ~ normal(100 pF, 10 pF),",
        {
          says: "give it one value here; what differs is drawn in the braces of a population or a connection: `{ C ~ normal(100 pF, 10 pF) }`",
        },
      ],
      ["param C = 100 pF,", "param C = 100 pF (constant),"],
      ["param C = 100 pF,", "param C = 1 uF/cm2*1e-4 cm2,", "param C = 1 uF/cm^2*1e-4 cm^2,"],
      ["spike when V > V_th\n  reset { V <- E_L }", "spike when V > V_th reset { V <- E_L }"],
      ["spike when V > V_th", "spike when V > V_th and not refractory"],
      ["V' = (I_e - G*(V - E_L))/C", "V' = (I_e - G*(V - E_L))/C if not refractory"],
      [
        "V' = (I_e - G*(V - E_L))/C",
        "V' = (I_e - G*(V - E_L))/C\n  V' += 2 mV*sqrt(2*G/C)*ξ",
        { says: "a state has one equation: add the term to it there, or contribute to an input with `+=`" },
      ],
      ["V' = (I_e - G*(V - E_L))/C", "V' = (E_L - V)/10 + I_e*G/G/C", "V' = (E_L - V)/10 ms + I_e*G/G/C"],
      ["refractory t_ref { hold V }", "refractory for t_ref { hold V }"],
      [
        "refractory t_ref { hold V }",
        "refractory V > V_th",
        {
          says: "`refractory V > V_th` is no glif: a refractory period is a time: `refractory t_ref { hold V }`; a `spike when` without a `reset` spikes once, where its condition becomes true",
        },
      ],
      ["reset { V <- E_L }", "reset { V <- E_L; t_last <- t }", { says: "declare it, as `state t_last = …`" }],
      ["record E[0].V", "record E.V[0]"],
      ["record E[0].V", "record E[:5].V", "record E[0..4].V"],
      [
        "record E[0].V",
        "record dV/dt",
        {
          says: "`record dV/dt` is no glif: what is recorded has a name: `let x = V - E_L` in the model, then `record x`",
        },
      ],
      [
        "record E[0].V",
        "record V'",
        {
          says: "`record V'` is no glif: what is recorded has a name: `let x = V - E_L` in the model, then `record x`",
        },
      ],
      [
        "record E[0].V",
        "record V - V_th",
        {
          says: "`record V - V_th` is no glif: what is recorded has a name: `let x = V - E_L` in the model, then `record x`",
        },
      ],
      [
        "record E[0].V",
        "record exc.w",
        {
          says: "what arrives by it can be recorded: let the synapse give it to an input of the neuron, `on pre { s <- s + w }` with `post.x += s`",
        },
      ],
      [
        "seed 1",
        "repeat 10",
        {
          says: "a run is one trial: others have another seed, `glif run FILE --seed 2`, and a comparison takes several, `seeds 10`",
        },
      ],
      [
        "seed 1",
        "method E: euler",
        {
          says: "`method E: euler` is no glif: a run has one method for all, `method rk4`; `auto` takes the fitting one for each part",
        },
      ],
      ["seed 1", "E.C ~ normal(100, 10) pF", "E.C ~ normal(100 pF, 10 pF)"],
      [
        "neuron LIF {",
        'import * from "glif/synapses"\nneuron LIF {',
        {
          says: '`import * from "glif/synapses"` is no glif: each model is imported by its name: `import LIF from "lif.glif"`',
        },
      ],
      [
        "neuron LIF {",
        'import "glif/synapses"\nneuron LIF {',
        {
          says: '`import "glif/synapses"` is no glif: each model is imported by its name: `import LIF from "lif.glif"`',
        },
      ],
      ["record E[0].V", "record V of E", "record E.V"],
      ["param C = 100 pF", "param Cm = 100 pF", { says: "did you mean `Cm`?" }],
      ["  state V = E_L\n", "", { says: "declare it, as `state V = …`" }],
      ["record E[0].V", "record spikes of E", "record E.spikes"],
      ["record E[0].V", "record E[0, 1, 2].V", "record E[0..2].V"],
      ["record E[0].V", "record E[0, 5].V", "record E[0].V, E[5].V"],
      ["  record V\n", "  record V(0.5)\n", "  record V\n"],
      ["  record V\n", "  record V\n  init V = -65 mV\n", "  record V\n  V = -65 mV\n"],
      ["  record V\n", "  record V\n  v_init = -65 mV\n", "  record V\n  V = -65 mV\n"],
      ["pulse(300 pA, from: 10 ms, to: 40 ms)", "300 pA from 10 ms to 40 ms"],
      ["  seed 1\n", "  seed 1\n  LIF.C: 90 pF\n", "  seed 1\n  LIF.C = 90 pF\n"],
      ["  seed 1\n", "  seed random\n", ""],
      ["experiment S of LIF {", "experiment S {\n  model LIF"],
      ["spike when V > V_th\n  reset { V <- E_L }", "reset { V <- E_L } when V > V_th"],
      ["spike when V > V_th", "spike when V > V_th rising"],
      ["refractory t_ref { hold V }", "refractory t_ref { hold V = E_L }"],
      [
        "state V = E_L\n",
        "state V = E_L\n  m_inf(V) = 0.5*(1 + tanh(V/E_L))\n",
        "state V = E_L\n  let m_inf = 0.5*(1 + tanh(V/E_L))\n",
      ],
      ["connect X -> E by", "connect X[0:5] -> E by", "connect X[0..4] -> E by"],
      ["poisson(20 Hz)", "poisson(20 Hz, start: 10 ms)", "poisson(pulse(20 Hz, from: 10 ms))"],
      ["synapse ExpC {", "synapse ExpC extends Synapse {"],
      [
        "param tau = 5 ms,",
        "param delay = 1 ms, tau = 5 ms,",
        { says: "it is set where populations are connected: `connect E -> I by SYNAPSE { delay = 1 ms } all`" },
      ],
      ["V' = (I_e - G*(V - E_L))/C", "V'(t) = (I_e - G*(V - E_L))/C"],
      ["V' = (I_e - G*(V - E_L))/C", "V[t+1] = V[t] + dt*(I_e - G*(V - E_L))/C"],
      ["V' = (I_e - G*(V - E_L))/C", "V = V + (I_e - G*(V - E_L))/C*dt"],
      ["V' = (I_e - G*(V - E_L))/C", "dVdt = (I_e - G*(V - E_L))/C"],
      ["V' = (I_e - G*(V - E_L))/C", "V' = (I_e - G*(V - E_L))/C mV/ms"],
      ["V' = (I_e - G*(V - E_L))/C", "eq V' = (I_e - G*(V - E_L))/C"],
      ["V' = (I_e - G*(V - E_L))/C", "V' = [I_e - G*(V - E_L)]/C"],
      ["V' = (I_e - G*(V - E_L))/C", "V' = {I_e - G*(V - E_L)}/C"],
      ["V' = (I_e - G*(V - E_L))/C", "V' = (I_e - self.G*(V - E_L))/C"],
      ["V' = (I_e - G*(V - E_L))/C", "V' = (I_e ...\n    - G*(V - E_L))/C"],
      ["V' = (I_e - G*(V - E_L))/C", "V' = (I_e - G*(V - E_L))/C (clock-driven)"],
      [
        "V' = (I_e - G*(V - E_L))/C",
        "V' = (I_e - G*(V - E_L))/C -- membrane",
        "V' = (I_e - G*(V - E_L))/C // membrane",
      ],
      [
        "V' = (I_e - G*(V - E_L))/C",
        "V' = (I_e - I_l)/C where I_l = G*(V - E_L)",
        "let I_l = G*(V - E_L)\n  V' = (I_e - I_l)/C",
      ],
      [
        "V' = (I_e - G*(V - E_L))/C",
        "V' = (I_e - G*(V - E_L) + G*exp(V - V_th)*Δ)/C\n  param Δ = 2 mV",
        "V' = (I_e - G*(V - E_L) + G*exp((V - V_th)/Δ)*Δ)/C\n  param Δ = 2 mV",
      ],
      ["C = 100 pF", "C = 100 pico farad"],
      ["C = 100 pF", "1C = 100 pF, C = 100 pF", "C1 = 100 pF, C = 100 pF"],
      ["V_th = -50 mV,", "V_{th} = -50 mV,"],
      ["V_th = -50 mV", "V_th = -50 mV (threshold)", "V_th = -50 mV /* threshold */"],
      ["G = 10 nS", "G = 0.1 GOhm", "G = 1/(0.1 GOhm)"],
      ["20 Hz", "20 spikes/s", "20 /s"],
      ["  state V = E_L\n", "  initial V = E_L\n"],
      ["  state V = E_L\n", "  V : mV = E_L\n", "  state V : mV = E_L\n"],
      ["  input I_e : pA\n", "  input current I_e\n", "  input I_e\n"],
      ["  input I_e : pA\n", "  input I_e (pA)\n"],
      ["param C = 100 pF,", "input = 3, C = 100 pF,", { says: "choose another name, such as `input_`" }],
      ["spike when V > V_th", "spike when V above V_th"],
      ["spike when V > V_th", "spike V_th"],
      ["spike when V > V_th", "spikes when V > V_th"],
      ["spike when V > V_th", "if V > V_th then spike"],
      ["spike when V > V_th", "on V > V_th spike"],
      ["spike when V > V_th", "fire when V > V_th"],
      ["spike when V > V_th", "spike when V crosses above V_th"],
      ["reset { V <- E_L }", "reset V to E_L"],
      ["reset { V <- E_L }", "reset to E_L"],
      ["reset { V <- E_L }", "reset(V = E_L)"],
      ["reset { V <- E_L }", "after spike { V <- E_L }"],
      ["reset { V <- E_L }", "V <- E_L on spike"],
      ["reset { V <- E_L }", "reset E_L"],
      ["refractory t_ref { hold V }", "hold V for t_ref"],
      ["refractory t_ref { hold V }", "refractory: t_ref", "refractory t_ref"],
      ["refractory t_ref { hold V }", "refractory { t_ref }", "refractory t_ref"],
      ["on pre { g <- g + w }", "pre { g += w }"],
      ["on pre { g <- g + w }", "when pre { g <- g + w }"],
      ["on pre { g <- g + w }", "g += w on pre"],
      ["on pre { g <- g + w }", "on pre spike { g <- g + w }"],
      ["weight w : nS", "weight w nS"],
      ["g' = -g/tau", "g = g*exp(-t/tau)"],
      ["g' = -g/tau", "dg/dt = -g/tau (event-driven)"],
      [
        "g' = -g/tau",
        "g' = -g/tau + w*pre.spike",
        {
          says: "`g' = -g/tau + w*pre.spike` is no glif: what an arriving spike does stands in braces: `on pre { g <- g + w }`",
        },
      ],
      ["post.I_e += g*(E_rev - post.V)", "target.I_e += g*(E_rev - target.V)"],
      ["post.I_e += g*(E_rev - post.V)", "I_e_post = g*(E_rev - V_post) : amp (summed)"],
      ["post.I_e += g*(E_rev - post.V)", "post.I_syn += g*(E_rev - post.V)"],
      [" random(p: 0.5)", " random p 0.5"],
      [" random(p: 0.5)", " with probability 0.5"],
      [" random(p: 0.5)", " random(p: 0.5) no self"],
      [" random(p: 0.5)", " random(p: 0.5) if i != j", " random(p: 0.5) where i != j"],
      [
        "connect E -> E, I by ExpC as exc { w = 1 nS, delay = 1 ms } random(p: 0.5)",
        "synapse E -> E, I by ExpC as exc { w = 1 nS, delay = 1 ms } random(p: 0.5)",
      ],
      [
        "connect E -> E, I by ExpC as exc { w = 1 nS, delay = 1 ms } random(p: 0.5)",
        "connect E -> E, I by ExpC as exc random(p: 0.5) { w = 1 nS, delay = 1 ms }",
      ],
      [
        "w = 1 nS, delay = 1 ms",
        "w ~ normal(mean=1 nS, std=0.1 nS), delay = 1 ms",
        "w ~ normal(mean:1 nS, sd:0.1 nS), delay = 1 ms",
      ],
      ["population E = 8 LIF { V ~ uniform(E_L, V_th) }", "population E = 8 x LIF { V ~ uniform(E_L, V_th) }"],
      ["population E = 8 LIF { V ~ uniform(E_L, V_th) }", "population E = 8 LIF with V ~ uniform(E_L, V_th)"],
      ["population I = 2 LIF", "2 LIF as I"],
      ["population I = 2 LIF", "populations I = 2 LIF"],
      ["population I = 2 LIF", "population I = LIF", "population I = 1 LIF"],
      ["population X = 10 poisson(20 Hz)", "population X = 10 poisson 20 Hz"],
      ["population X = 10 poisson(20 Hz)", "population X = poisson(10, 20 Hz)"],
      ["population X = 10 poisson(20 Hz)", "population X = PoissonGroup(10, rates=20*Hz)"],
      ["population X = 10 poisson(20 Hz)", "population X = 10 poisson_generator(rate=20 Hz)"],
      ["duration 50 ms\n  step 0.1 ms", "for 50 ms\n  step 0.1 ms"],
      ["duration 50 ms\n  step 0.1 ms", "simulate for 50 ms\n  step 0.1 ms"],
      ["duration 50 ms\n  step 0.1 ms", "t_stop 50 ms\n  step 0.1 ms"],
      ["duration 50 ms\n  step 0.1 ms", "tspan = [0 50] ms\n  step 0.1 ms"],
      ["duration 50 ms\n  step 0.1 ms", "duration 50 ms\n  step size 0.1 ms"],
      ["I_e = pulse(300 pA, from: 10 ms, to: 40 ms)", "I_e = 300 pA between 10 ms and 40 ms"],
      ["I_e = pulse(300 pA, from: 10 ms, to: 40 ms)", "I_e = 300 pA when 10 ms < t < 40 ms"],
      ["I_e = pulse(300 pA, from: 10 ms, to: 40 ms)", "I_e = step(300 pA, 10 ms, 40 ms)"],
      ["I_e = pulse(300 pA, from: 10 ms, to: 40 ms)", "I_e = pulse(10 ms, 40 ms, 300 pA)"],
      [
        "I_e = pulse(300 pA, from: 10 ms, to: 40 ms)",
        "I_e = [(0 ms, 0 pA), (10 ms, 300 pA)]",
        "I_e = steps(0 ms: 0 pA, 10 ms: 300 pA)",
      ],
      [
        "I_e = pulse(300 pA, from: 10 ms, to: 40 ms)",
        "I_e = {0 ms: 0 pA, 10 ms: 300 pA}",
        "I_e = steps(0 ms: 0 pA, 10 ms: 300 pA)",
      ],
      [
        "I_e = pulse(300 pA, from: 10 ms, to: 40 ms)",
        "I_e = steps([0, 10] ms, [0, 300] pA)",
        "I_e = steps(0 ms: 0 pA, 10 ms: 300 pA)",
      ],
      ["I_e = pulse(300 pA, from: 10 ms, to: 40 ms)", "I_e: 300 pA", "I_e = 300 pA"],
      ["I_e = pulse(300 pA, from: 10 ms, to: 40 ms)", "input I_e = 300 pA", "I_e = 300 pA"],
      ["I_e = pulse(300 pA, from: 10 ms, to: 40 ms)", 'I_e = "300 pA"', "I_e = 300 pA"],
      ["I_e = pulse(300 pA, from: 10 ms, to: 40 ms)", "I_e = 300 pA at 10 ms", "I_e = pulse(300 pA, from: 10 ms)"],
      ["  record V\n", "  record V every step\n"],
      ["  record V\n", "  record V each 0.5 ms\n", "  record V every 0.5 ms\n"],
      ["  record V\n", "  record V @ 1 ms\n", "  record V every 1 ms\n"],
      ["  record V\n", "  save V\n"],
      ["  record V\n", "  output V\n"],
      ["  record V\n", '  record V to "out.csv"\n'],
      ["  record V\n", "  record V\n  state V = -65 mV\n", "  record V\n  V = -65 mV\n"],
      ["  record V\n", "  record V\n  set C = 90 pF\n", "  record V\n  C = 90 pF\n"],
      ["record E[0].V", "record all E.V", "record E.V"],
      ["record E[0].V", "record E[0] V"],
      ["record E[0].V", "record E(0).V"],
      [
        "record E[0].V",
        "record E.w",
        { says: "`w` belongs to `exc`, `drive`: what single connections have is not recorded" },
      ],
      ["V' = (I_e - G*(V - E_L))/C", "\\dot V = (I_e - G*(V - E_L))/C"],
      ["V' = (I_e - G*(V - E_L))/C", "\\dot{V} = (I_e - G*(V - E_L))/C"],
      [
        "V' = (I_e - G*(V - E_L))/C",
        "\\frac{dV}{dt} = \\frac{I_{e} - G \\cdot (V - E_{\\mathrm{L}})}{C}",
        "V' = (I_e - G*(V - E_L))/(C)",
      ],
      ["V' = (I_e - G*(V - E_L))/C", "C \\frac{dV}{dt} = I_e - G*(V - E_L)"],
      ["V' = (I_e - G*(V - E_L))/C", "∂V/∂t = (I_e - G*(V - E_L))/C"],
      ["V' = (I_e - G*(V - E_L))/C", "C V' = I_e - G*(V - E_L)"],
      ["V' = (I_e - G*(V - E_L))/C", "dV = (I_e - G*(V - E_L))/C * dt"],
      ["V' = (I_e - G*(V - E_L))/C", "V' = (I_e - G*(V - E_L))/C % membrane", "V' = (I_e - G*(V - E_L))/C // membrane"],
      ["input I_e : pA", "input I_e in pA"],
      [
        "  state V = E_L\n",
        "  state:\n    V mV = -70 mV\n  end\n",
        {
          says: "`state:` is no glif: glif has no sections: begin each statement with its word, `state x = …`",
        },
      ],
      [
        "reset { V <- E_L }",
        "reset { V <- E_L; I_e += 5 pA }",
        {
          says: "`I_e += 5 pA` is no glif: an input has no value that a spike could change: declare a state with its equation, give it to the input, `I_e += I_x`, and change the state here",
        },
      ],
      ["neuron LIF {", "class LIF:"],
      ["neuron LIF {", "class LIF(Neuron):"],
      [
        "on pre { g <- g + w }",
        "on pre { g <- g + w; V_post += 1 mV }",
        "on pre { g <- g + w; post.V <- post.V + 1 mV }",
      ],
      ["connect X -> E by", "connect X[4:] -> E by", "connect X[4..9] -> E by"],
      ["connect X -> E by", "connect X[4..] -> E by", "connect X[4..9] -> E by"],
      ["connect X -> E by", "X --> E by"],
      ["connect X -> E by", "connect X => E by"],
      [
        "connect X -> E by ExpC as drive { w = 2 nS } indegree(n: 3)",
        "connect(X, E, ExpC, w = 2 nS) indegree(n: 3)",
        "connect X -> E by ExpC { w = 2 nS } indegree(n: 3)",
      ],
      ["population E = 8 LIF {", "population E(8) = LIF {"],
      ["  duration 50 ms\n  step", "  t = 0..50 ms\n  step"],
      ["  duration 50 ms\n  step", "  time = 50 ms\n  step"],
      [
        "  duration 50 ms\n  step",
        "  t = np.linspace(0, 50, 501)\n  step",
        { says: "`t = np.linspace(0, 50, 501)` is no glif: write `duration 1 s`" },
      ],
      ["  record V\n", "  record V as mV\n"],
      ["pulse(300 pA, from: 10 ms, to: 40 ms)", "square(300 pA, 10 ms, 40 ms)"],
      ["pulse(300 pA, from: 10 ms, to: 40 ms)", "pulse(300 pA, 10 ms..40 ms)"],
      ["pulse(300 pA, from: 10 ms, to: 40 ms)", "300 pA on [10 ms, 40 ms]"],
      ["  seed 1\n", "  np.random.seed(1)\n"],
    ],
  },
  {
    name: "a population that is driven",
    text: DRIVEN,
    mistakes: [
      ["record P.V", "record P.V\n  P.I[0] = 50 pA", "record P.V\n  P[0].I = 50 pA"],
      ["record P.V", "record P.V\n  P.I[1:3] = 50 pA", "record P.V\n  P[1..2].I = 50 pA"],
      ["record P.V", "record P.V\n  P[2:5].C = 80 pF", "record P.V\n  P[2..4].C = 80 pF"],
      [
        "record P.V",
        "record P.V\n  P.I_0 = 20 pA",
        { says: "`I_0` is the network's own, and set without a dot: `I_0`" },
      ],
    ],
  },
  {
    name: "a comparison",
    text: COMPARED,
    mistakes: [
      ["under Step, Ramp", "experiment Step", "under Step"],
      ["models Leaky, Rising", "models { Leaky, Rising }"],
      ["models Leaky, Rising", "a: Leaky\n  b: Rising", 'models Leaky as "a", Rising as "b"'],
      ["models Leaky, Rising", "Leaky vs Rising"],
      ["models Leaky, Rising", "compare Leaky vs Rising"],
      ["models Leaky, Rising", "models = [Leaky, Rising]"],
      ["models Leaky, Rising", "models Leaky and Rising"],
      ["models Leaky, Rising", 'variants: "Leaky", "Rising"'],
      ["under Step, Ramp", "experiments Step, Ramp"],
      ["under Step, Ramp", "protocols [Step, Ramp]"],
      ["measure rate, latency", "metrics rate, latency"],
      ["measure rate, latency", "measure firing_rate, latency"],
      ["measure rate, latency", "measure rate, first_spike_latency"],
      ["measure rate, latency", "measure rate and latency"],
      ["models Leaky, Rising", "models Leaky, Rising with b = 0.03 /ms", "models Leaky, Rising { b = 0.03 /ms }"],
      [
        "models Leaky, Rising",
        'models Leaky, Rising with b = 0.03 /ms as "fast"',
        'models Leaky, Rising { b = 0.03 /ms } as "fast"',
      ],
      ["measure rate, latency", "measure rate of Leaky, latency", "measure rate(of: Leaky), latency"],
      [
        "measure rate, latency",
        "measure rate, isi",
        {
          says: "of the intervals between spikes there are `cv_isi`, `lv` and `adaptation`; their mean is one by `rate`",
        },
      ],
      ["seeds 2", "trials 2"],
      ["seeds 2", "seeds = 2"],
      ["models Leaky, Rising", "models Leaky(C = 90 pF), Rising", "models Leaky { C = 90 pF }, Rising"],
      ["models Leaky, Rising", "models Leaky[C = 90 pF], Rising", "models Leaky { C = 90 pF }, Rising"],
      ["models Leaky, Rising", "models Leaky, Rising { b: 0.03 /ms }", "models Leaky, Rising { b = 0.03 /ms }"],
      [
        "models Leaky, Rising",
        "models Leaky, fast = Rising { b = 0.03 /ms }",
        'models Leaky, Rising { b = 0.03 /ms } as "fast"',
      ],
      [
        "models Leaky, Rising",
        "models Leaky, Rising { b = 0.03 /ms } as fast",
        'models Leaky, Rising { b = 0.03 /ms } as "fast"',
      ],
      ["under Step, Ramp", "with Step, Ramp"],
      ["under Step, Ramp", "for Step, Ramp"],
      ["measure rate, latency", "measure firing rate, latency"],
      ["measure rate, latency", "measure mean rate, latency"],
      [
        "measure rate, latency",
        "measure rate, spikes",
        { says: "of spikes there are `rate`, `latency`, `cv_isi` and distances such as `van_rossum`" },
      ],
      ["seeds 2", "seeds 1..2"],
      ["seeds 2", "seeds [1, 2]"],
      ["seeds 2", "runs 2"],
      ["comparison Both {", "compare Both {"],
      ["neuron Rising extends Leaky {", "neuron Rising inherits Leaky {"],
      [
        "seeds 2",
        "seeds 2\n  sweep C from 50 pF to 150 pF step 25 pF",
        "seeds 2\n  sweep C over 50 pF .. 150 pF in 5 steps",
      ],
      [
        "seeds 2",
        "seeds 2\n  sweep C over linspace(50 pF, 150 pF, 5)",
        "seeds 2\n  sweep C over 50 pF .. 150 pF in 5 steps",
      ],
      [
        "seeds 2",
        "seeds 2\n  sweep C over np.linspace(50, 150, 5)*pF",
        "seeds 2\n  sweep C over 50 pF .. 150 pF in 5 steps",
      ],
      ["seeds 2", "seeds 2\n  sweep C over 50:25:150 pF", "seeds 2\n  sweep C over 50 pF .. 150 pF in 5 steps"],
      [
        "seeds 2",
        "seeds 2\n  sweep C over 50 pF .. 150 pF in steps of 25 pF",
        "seeds 2\n  sweep C over 50 pF .. 150 pF in 5 steps",
      ],
      ["seeds 2", "seeds 2\n  sweep C over 50 pF .. 150 pF in 5", "seeds 2\n  sweep C over 50 pF .. 150 pF in 5 steps"],
      [
        "seeds 2",
        "seeds 2\n  sweep C in arange(50 pF, 151 pF, 25 pF)",
        "seeds 2\n  sweep C over 50 pF .. 150 pF in 5 steps",
      ],
      ["seeds 2", "seeds 2\n  sweep C = [50, 100] pF", "seeds 2\n  sweep C over [50, 100] pF"],
      [
        "under Step, Ramp\n  measure rate, latency\n  seeds 2",
        "under Step, Ramp with seeds 2\n  measure rate, latency",
        "under Step, Ramp; seeds 2\n  measure rate, latency",
      ],
    ],
  },
  {
    name: "rates and oscillations",
    text: RATES,
    mistakes: [
      ["I = 2 mV/ms*sin(2*π*8 Hz*t)", "I = 2 mV/ms*sin(2*π*8*t)"],
      ["I = 2 mV/ms*sin(2*π*8 Hz*t)", "I = 2 mV/ms*sin(2*π*8*t/1000)", "I = 2 mV/ms*sin(2*π*8*t/1000 ms)"],
      [
        "I = 2 mV/ms*sin(2*π*8 Hz*t)",
        "param ν = 8\n  I = 2 mV/ms*sin(2*π*ν*t)",
        "param ν = 8 Hz\n  I = 2 mV/ms*sin(2*π*ν*t)",
      ],
      ["I = 2 mV/ms*sin(2*π*8 Hz*t)", "I = 2 mV/ms*cos(0.05*t)", "I = 2 mV/ms*cos(0.05 /ms*t)"],
      [
        "I = 2 mV/ms*sin(2*π*8 Hz*t)",
        "I = 2 mV/ms*sin(2*π*t)",
        { says: "multiply by the frequency in hertz: `sin(2*π*8 Hz*t)`" },
      ],
      ["f = 10 Hz", "f = 10"],
      ["exp(-0.062 /mV * V)", "exp(-0.062*V)"],
      ["u' = 0.02 /ms*(0.2*(V - E_L) - u)", "u' = 0.02*(0.2*(V - E_L) - u)"],
      ["g' = -g/(5 ms)", "g' = -g/5", "g' = -g/5 ms"],
      ["g' = -g/(5 ms)", "g' = -g/2", "g' = -g/2 ms"],
      [
        "g' = -g/(5 ms)",
        "g' = -g",
        { says: "divide by the time constant with which it changes, such as `τ` with `param τ = 10 ms`" },
      ],
      ["- z)/(5 ms)", "- z)/5", "- z)/5 ms"],
      ["exp(-0.1 /mV*(V - V_half))", "exp(-0.1*(V - V_half))"],
      [
        "exp(-0.1 /mV*(V - V_half))",
        "exp(-(V - V_half))",
        { says: "divide by a voltage (mV), the scale on which it changes" },
      ],
      ["3^((37 degC - 6.3 degC)/(10 K))", "3^((37 degC - 6.3 degC)/10)", "3^((37 degC - 6.3 degC)/10 K)"],
      [
        "σ*sqrt(2/τ)*ξ",
        "σ*sqrt(τ)*ξ",
        { says: "white noise `ξ` is per square root of time: what it is multiplied by has to be in mV/sqrt(ms)" },
      ],
      [
        "σ*sqrt(2/τ)*ξ",
        "σ*ξ*sqrt(dt)",
        { says: "white noise `ξ` is per square root of time: what it is multiplied by has to be in mV/sqrt(ms)" },
      ],
    ],
  },
  {
    name: "indices, lists and networks",
    text: LISTED,
    mistakes: [
      ["index k = 1..2", "index k = 1:2"],
      ["index k = 1..2", "index k = 1 to 2"],
      ["index k = 1..2", "index k in 1..2"],
      ["index k = 1..2", "index k = 1..<3"],
      ["index k = 1..2", "index k = 2"],
      ["index k = 1..2", "index k = [1, 2]"],
      ["index k = 1..2", "index k = range(1, 3)"],
      ["[2, 4] pA", "{2, 4} pA"],
      ["[2, 4] pA", "(2, 4) pA"],
      ["[2, 4] pA", "[2; 4]*pA", "[2, 4] pA"],
      ["[2, 4] pA", "[2 4] pA"],
      ["[2, 4] pA", "linspace(2, 4, 2) pA"],
      ["[2, 4] pA", "linspace(2 pA, 4 pA, 2)"],
      ["[2, 4] pA", "np.arange(2, 6, 2)*pA"],
      ["[2, 4] pA", "zeros(2) pA", "0 pA"],
      ["[2, 4] pA", "ones(2)*3 pA", "3 pA"],
      ["sum(a[k])", "sum(a[k], k)"],
      ["sum(a[k])", "sum(k, a[k])"],
      ["sum(a[k])", "Σ a[k]"],
      ["sum(a[k])", "∑ a[k]"],
      ["sum(a[k])", "sum(a[k] for k in 1..2)"],
      ["param T = 36 degC", "param T = 36 C"],
      ["3*(E_L - V)", "3(E_L - V)"],
      ["V != E_L", "V <> E_L"],
      ["V != E_L", "V ~= E_L"],
      ["if V != E_L then 1 else 0", "if (V != E_L) {1} else {0}", "if (V != E_L) then 1 else 0"],
      ["if V != E_L then 1 else 0", "case V != E_L: 1, else: 0"],
      ["if V != E_L then 1 else 0", "cond(V != E_L, 1, 0)", "(if V != E_L then 1 else 0)"],
      ["if V != E_L then 1 else 0", "V != E_L", "(if V != E_L then 1 else 0)"],
      ["max(V, E_L)", "max([V, E_L])"],
      ["max(V, E_L)", "|V|", "abs(V)"],
      ["max(V, E_L)", "√(V*V)", "sqrt(V*V)"],
      ["  let m = max(V, E_L)\n", "  let m = max(V, E_L).\n"],
      ["V_th = -51 mV", "V_th = -51 mV [-60, -40]"],
      ["V_th = -51 mV", "V_th = -51 mV (range -60 to -40)"],
      ["param C = 180 pF, g_L = 9 nS, E_L = -68 mV", "param C, g_L, E_L = 180 pF, 9 nS, -68 mV"],
      ["w' = -w/(100 ms)", "w' : pA/ms = -w/(100 ms)"],
      ["V' = (I_e - g_L*(V - E_L) - w)/C", "C dV/dt = I_e - g_L*(V - E_L) - w"],
      ["spike when V > V_th", "spike: V > V_th"],
      ["spike when V > V_th", "spike when V > V_th after 2 ms"],
      ["  spike when V > V_th\n", "  on spike { V <- E_L }\n", "  \n  spike when V > V_th;"],
      ["reset { V <- E_L }", "reset { V <- E_L }\n  on spike { w <- w + 1 pA }", "reset { V <- E_L ; w <- w + 1 pA }"],
      [
        "reset { V <- E_L }",
        "reset { V <- E_L }\n at 5 ms { w <- 1 pA }",
        "reset { V <- E_L }\n on t >= 5 ms - dt/2 { w <- 1 pA }",
      ],
      [
        "reset { V <- E_L }",
        "reset { V <- E_L }\n  each 5 ms { w = 1 pA }",
        "reset { V <- E_L }\n  every 5 ms { w <- 1 pA }",
      ],
      [
        "weight u : nS",
        "weight u : nS\n  delay = 2 ms",
        {
          says: "`delay = 2 ms` is no glif: the delay belongs to the connection: `connect E -> I by SYNAPSE { delay = 1 ms } all`",
        },
      ],
      ["population P = 10 Leaky {", "population P = 10 of Leaky {"],
      ["population P = 10 Leaky { I_e = 300 pA }", "population P = 10 Leaky, I_e = 300 pA"],
      [
        "{ I_e = 300 pA }",
        "{ I_e = [300, 310] pA }",
        { says: "`I_e` needs 10 values, one for each neuron of `P`; this list has 2" },
      ],
      [
        "{ I_e = 300 pA }",
        "{ I_e = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]*pA }",
        "{ I_e = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] pA }",
      ],
      ["uniform(-68 mV, -60 mV)", "uniform(E_L, V_th) mV", "uniform(E_L, V_th)"],
      ["connect P -> Q by Exp { u = 1 nS } all", "connect P -> Q by 1 nS all"],
      ["connect P -> Q by Exp { u = 1 nS } all", "connect P -> Q by Exp { u = 1 nS } all to all"],
      ["connect P, Q -> Q", "connect P + Q -> Q"],
      ["connect P, Q -> Q", "connect * -> Q"],
      ["connect P, Q -> Q", "connect P and Q -> Q"],
      ["u ~ uniform(0 nS, 2 nS)", "u = 2 nS*rand()"],
      ["u ~ uniform(0 nS, 2 nS)", "u = 2 nS + 0.1 nS*randn()", "u ~ normal(2 nS, 0.1 nS)"],
      ["where i != j", "where i <> j"],
      ["all where i != j", "all allow autapses", "all allow self"],
      [
        "connect P -> Q by Exp { u = 1 nS } all",
        "connect P[-1] -> Q by Exp { u = 1 nS } all",
        "connect P[9] -> Q by Exp { u = 1 nS } all",
      ],
      [
        "connect P -> Q by Exp { u = 1 nS } all",
        "connect P[0..10] -> Q by Exp { u = 1 nS } all",
        "connect P[0..9] -> Q by Exp { u = 1 nS } all",
      ],
      ["  seed 1\n", "  seed 1, 2, 3\n"],
      ["record V, w", "record *"],
      [
        "experiment One of Leaky {\n  C = 170 pF\n",
        "experiment One of Leaky { C = 170 pF } {\n",
        "experiment One of Leaky { C = 170 pF;\n",
      ],
      ["experiment One of Leaky {", 'experiment "One" of Leaky {'],
      ["experiment One of Leaky {", "experiment One {\n  neuron Leaky;", "experiment One of Leaky {\n"],
      ["  C = 170 pF\n", "  Leaky { C = 170 pF }\n"],
      [
        "  seed 2\n",
        "  seed 2\n  P.I_e = 200 pA for i < 5\n",
        "  seed 2\n  P.I_e = if i < 5 then 200 pA else 300 pA\n",
      ],
      [
        "I_e = 310 pA",
        "V = -60 mV for t > 10 ms",
        {
          says: "`V = -60 mV for t > 10 ms` is no glif: an experiment sets a state at t = 0 alone, `V = -60 mV`; what changes in time is given to an input: `I_e = pulse(300 pA, from: 10 ms, to: 40 ms)`",
        },
      ],
      ["measure rate\n  window 10 ms .. 80 ms", "measure rate between 10 ms and 80 ms"],
      ["measure rate\n  window 10 ms .. 80 ms", "measure rate from 10 ms to 80 ms"],
      ["measure rate\n  window 10 ms .. 80 ms", "measure rate(10 ms, 80 ms)"],
      ["sweep g_L over 5 nS .. 10 nS in 5 logarithmic steps", "sweep log g_L over 5 nS .. 10 nS in 5 steps"],
      ["sweep g_L over 5 nS .. 10 nS in 5 logarithmic steps", "sweep g_L over logspace(5 nS, 10 nS, 5)"],
      [
        "sweep g_L over 5 nS .. 10 nS in 5 logarithmic steps",
        "sweep g_L over [5 .. 10] nS in 5 steps",
        "sweep g_L over 5 nS .. 10 nS in 5 steps",
      ],
      ["  under One\n", "", { says: "write `under One, Both`" }],
    ],
  },
  {
    name: "events, chance and fits",
    text: `neuron Leaky {
  param C = 100 pF, G = 10 nS, E_L = -70 mV, V_th = -50 mV, t_ref = 2 ms, p = 0.5
  input I_e : pA
  state V = E_L, w = 0 pA, n = 0, x = 0.5
  let y = 2*V/E_L + n + x
  V' = (I_e - G*(V - E_L) - w)/C
  w' = -w/(100 ms)
  spike when V > V_th
  reset { V <- E_L }
  refractory t_ref { hold V }
  on V > -60 mV { n <- 0; x ~ uniform(0, 1) }
  on V > -55 mV { let u ~ binomial(1, p); w <- w + u*(5 pA) }
}
synapse Exp {
  weight q : nS
  state g = 0 nS
  g' = -g/(5 ms)
  on pre { let u ~ uniform(0, 1); g <- if u < 0.5 then g + q else g }
  post.I_e += g*(0 mV - post.V)
}
network Net {
  population P = 10 Leaky { I_e = 300 pA }
  population Q = 4 Leaky
  connect P -> Q by Exp { q = 1 nS, delay = 1.5 ms } random(p: 0.1)
}
experiment Both of Net {
  duration 50 ms
  seed 1
  record P.V, Q.spikes
}
experiment One of Leaky {
  duration 100 ms
  V = -65 mV
  I_e = pulse(0.3 nA, from: 10 ms, to: 60 ms)
  record V, y
}
comparison Two {
  models Leaky as "strong", Leaky { C = 90 pF }
  under One
  measure rate
  sweep G over [8 nS, 10 nS]
}
`,
    mistakes: [
      [
        "spike when V > V_th\n  reset { V <- E_L }\n  refractory t_ref { hold V }",
        "threshold='V > V_th', reset='V = E_L', refractory=t_ref",
        "spike when V > V_th\n  reset { V <- E_L }\n  refractory t_ref",
      ],
      [
        "spike when V > V_th\n  reset { V <- E_L }",
        "threshold=V_th, reset=E_L, method='euler'",
        "spike when V > V_th\n  reset { V <- E_L }",
      ],
      ["spike when", "event spike when"],
      ["spike when", "spike on"],
      ["spike when V > V_th\n  reset { V <- E_L }", "when V > V_th { V <- E_L }"],
      ["reset { V <- E_L }", "reset: { V <- E_L }"],
      ["reset { V <- E_L }", "reset ( V <- E_L )"],
      ["reset { V <- E_L }", "on_spike { V <- E_L }"],
      ["reset { V <- E_L }", "on reset { V <- E_L }"],
      ["reset { V <- E_L }", "reset V E_L"],
      ["reset { V <- E_L }", "reset { set V = E_L }"],
      ["reset { V <- E_L }", "reset { V <<- E_L }"],
      ["reset { V <- E_L }", "reset V <- E_L; w <- w + 1 pA", "reset { V <- E_L; w <- w + 1 pA }"],
      ["refractory t_ref {", "refrac t_ref {"],
      ["{ hold V }", "{ V hold }"],
      ["{ hold V }", "{ V' = 0 }"],
      ["V' = (I_e", "V_dot = (I_e"],
      ["V' = (I_e", "dV = (I_e"],
      ["w' = -w", "w_t = -w"],
      ["E_L = -70 mV", "E_L = -0.07", "E_L = -0.07 V"],
      ["2*V/E_L + n", "2.0f*V/E_L + n", "2.0*V/E_L + n"],
      ["2*V/E_L + n", "2π*V/E_L + n", "2*π*V/E_L + n"],
      ["2*V/E_L + n", "2*V/E_L – -n", "2*V/E_L - -n"],
      ["input I_e : pA", "in I_e : pA"],
      ["input I_e : pA", "! a comment\n  input I_e : pA", "// a comment\n  input I_e : pA"],
      ["n <- 0; x ~ uniform(0, 1)", "n <- 0 x <- 1", "n <- 0; x <- 1"],
      ["n <- 0; x ~ uniform(0, 1)", "n++", "n <- n + 1"],
      ["n <- 0; x ~ uniform(0, 1)", "n <= 0", "n <- 0"],
      ["x ~ uniform(0, 1)", "x ~ uniform[0, 1]"],
      ["let u ~ binomial(1, p)", "let u ~ bernoulli(p)"],
      ["let u ~ binomial(1, p)", "u ~ binomial(1, p)"],
      ["let u ~ binomial(1, p); w <- w + u*(5 pA)", "w <- w + 5 pA*rand()", "let u ~ uniform(0, 1); w <- w + 5 pA*u"],
      [
        "let u ~ binomial(1, p); w <- w + u*(5 pA)",
        "if rand() < p then w <- w + 5 pA",
        "let u ~ uniform(0, 1); w <- if u < p then w + 5 pA else w",
      ],
      [
        "let u ~ uniform(0, 1); g <- if u < 0.5 then g + q else g",
        "g <- g + q*rand()",
        "let u ~ uniform(0, 1); g <- g + q*u",
      ],
      ["on pre { let u ~ uniform(0, 1); g <- if u < 0.5 then g + q else g }", "on pre if rand() < 0.5 { g <- g + q }"],
      ["on pre {", "on pre: {"],
      ["weight q : nS", "weight q = nS"],
      ["network Net {", "net Net {"],
      ["population Q", "populate Q"],
      ["experiment Both of Net", "experiment Both of P"],
      ["{ q = 1 nS, delay = 1.5 ms } random(p: 0.1)", "{ q = 1 nS } delay 1.5 ms random(p: 0.1)"],
      ["connect P -> Q", "connect P, Q"],
      ["connect P -> Q", "connect Q <- P"],
      ["record P.V, Q.spikes", "record P.V, spikes of Q"],
      ["record P.V, Q.spikes", "record spikes Q", "record Q.spikes"],
      ["  V = -65 mV\n", "  V(0) = -65 mV\n"],
      ["  V = -65 mV\n", "  initial { V = -65 mV }\n"],
      [
        "pulse(0.3 nA, from: 10 ms, to: 60 ms)",
        "IClamp(delay=10, dur=50, amp=0.3)",
        "pulse(0.3 nA, from: 10 ms, to: 10 ms + 50 ms)",
      ],
      ["pulse(0.3 nA, from: 10 ms, to: 60 ms)", "step(0.3 nA, from: 10 ms, to: 60 ms)"],
      ["I_e = pulse(", "I_e : pulse("],
      ['Leaky as "strong"', 'Leaky "strong"'],
      ["sweep G over", "for G in"],
    ],
  },
  {
    name: "an adapting cell, a network and its experiments",
    text: ADAPTING,
    mistakes: [
      ["spike when V > V_th", "spike at V_th"],
      ["spike when V > V_th", "spike at threshold V_th"],
      [
        "state V = E_L, w = 0 pA, x = 0.1",
        "state V = E_L, x = 0.1\n  float w = 0 pA",
        "state V = E_L, x = 0.1\n  state w = 0 pA",
      ],
      ["sweep b over 20 pA .. 60 pA in 3 steps", "for b in 20 pA .. 60 pA in 3 steps {\n }"],
      ["let load = c*x", "let load = c & x", { says: "`&` is no glif: conditions are joined by `and`" }],
      ["connect I -> E by Syn as inh { q = 4 nS", "connect (I, E) by Syn as inh { q = 4 nS"],
      ["input I_e : pA", "input I_e : pA ! injected", "input I_e : pA // injected"],
      ["input I_e : pA", "input I_e : pA   ; injected current", "input I_e : pA   // injected current"],
      [
        "  input I_e : pA",
        "  COMMENT\n  a leaky cell, see paper\n  ENDCOMMENT\n  input I_e : pA",
        "  /*\n  a leaky cell, see paper\n  */\n  input I_e : pA",
      ],
      [
        "E.I_e = 200 pA",
        "E.I_e[2:2] = 200 pA",
        { says: "`E.I_e[2:2] = 200 pA` is no glif: a neuron's number stands behind its population: `E[0].I_e`" },
      ],
      ["b = 40 pA", "b = 40p"],
      ["t_ref = 3 ms", "t_ref = 3ms (refractory)", "t_ref = 3ms /* refractory */"],
      ["if V > E_L then 1 else 0", "if V .gt. E_L then 1 else 0"],
      ["sine(90 pA, frequency: 7 Hz)", "sin(90 pA, 7 Hz)", "sine(90 pA, 7 Hz)"],
      [
        "sine(90 pA, frequency: 7 Hz)",
        "ramp(from: 0 pA, to: 90 pA)",
        {
          says: "`I_e = 100 pA + ramp(from: 0 pA, to: 90 …` is no glif: a ramp has two values and two times: `ramp(0 pA, 200 pA, from: 10 ms, to: 90 ms)`",
        },
      ],
      ["population E = 80 LIF {", "population E = 80 cells {"],
      ["population I = 20 LIF", "population I = 20 cells of LIF"],
      ["population I = 20 LIF", "population I = 20 neurons"],
      [
        "state V = E_L, w",
        "state V = E_L + rand()*(V_th - E_L), w",
        {
          says: "a value for each neuron is drawn where it is set, `V ~ uniform(-70 mV, -50 mV)`; spikes at random are `spike with rate ρ`",
        },
      ],
      ["V ~ uniform(-70 mV, -55 mV)", "V = E_L + rand()*(V_th - E_L)", "V ~ uniform(E_L, V_th)"],
      ["record E[0..3].V every 1 ms", "record E.V[0..3] every 1 ms"],
      ["record E[0..3].V every 1 ms", "record E V every 1 ms", "record E.V every 1 ms"],
      ["record E[0..3].V every 1 ms", "record E[0..3] V every 1 ms"],
      ["f = 5 Hz", "f = 0.005 ms⁻¹", "f = 0.005 /ms"],
      ["f = 5 Hz", "f = 0.005 ms^{-1}", "f = 0.005 ms^(-1)"],
      ["let load = c*x", "let load = x mod c", "let load = (x - c*floor(x/c))"],
      ["w' = (a*(V - E_L) - w)/τ", "d(w)/d(t) = (a*(V - E_L) - w)/τ"],
      ["w' = (a*(V - E_L) - w)/τ", "dw/dt : (a*(V - E_L) - w)/τ"],
      ["w' = (a*(V - E_L) - w)/τ", "w' : (a*(V - E_L) - w)/τ"],
      ["w' = (a*(V - E_L) - w)/τ", "dw/dt -> (a*(V - E_L) - w)/τ"],
      ["w' = (a*(V - E_L) - w)/τ", "dw/dt := (a*(V - E_L) - w)/τ"],
      ["w' = (a*(V - E_L) - w)/τ", "w' <- (a*(V - E_L) - w)/τ"],
      ["let flip = if V > E_L then 1 else 0", "let flip = H(V - E_L)", "let flip = step(V - E_L)"],
      ["let flip = if V > E_L then 1 else 0", "let flip = Θ(V - E_L)", "let flip = step(V - E_L)"],
      ["let flip = if V > E_L then 1 else 0", "let flip = float(V > E_L)", "let flip = (if V > E_L then 1 else 0)"],
      ["let flip = if V > E_L then 1 else 0", "let flip = (V > E_L)*1", "let flip = (if V > E_L then 1 else 0)*1"],
      ["let flip = if V > E_L then 1 else 0", "let flip = [V > E_L]", "let flip = (if V > E_L then 1 else 0)"],
      ["let load = c*x", "let load = vtrap(x, c)", "let load = (c/exprel(x/c))"],
      ["let load = c*x", "let load = efun(x)", "let load = (1/exprel(x))"],
      ["let load = c*x", "let load = float(c)*x"],
      ["let load = c*x", "let load = double(c)*x"],
      ["let load = c*x", "let load = c.*x"],
      ["let load = c*x", "let load = c × x"],
      ["let load = c*x", "let load = c × 3 × x", "let load = c * 3 * x"],
      ["let load = c*x", "let load := c*x"],
      ["let load = c*x", "let load == c*x"],
      ["let load = c*x", "define load = c*x"],
      ["let load = c*x", "load = c*x"],
      ["let load = c*x", "auto load = c*x;", "let load = c*x;"],
      ["let load = c*x", "inline load real = c*x", "let load = c*x"],
      ["let load = c*x", "!load = c*x"],
      ["let load = c*x", "load(x) = c*x"],
      [
        "let load = c*x",
        "@property load = c*x",
        { says: "options of a run are statements of an experiment: `duration 50 ms`, `step 0.1 ms`, `method rk4`" },
      ],
      ["let load = c*x", "let load = x**c", "let load = x^c"],
      ["let load = c*x", "let load = exp(x)^2*c²", "let load = exp(x)^2*c^2"],
      ["let load = c*x", "let load = c x"],
      ["let load = c*x", "let load = c*{x}", "let load = c*(x)"],
      [
        "let phase = sin(2*π*f*t)",
        "let phase = sin 2*π*f*t",
        { says: "`sin 2*π*f*t` is no glif: what a function takes stands in parentheses: `sin(x)`" },
      ],
      ["let phase = sin(2*π*f*t)", "let phase = sin(2*M_PI*f*t)"],
      ["let phase = sin(2*π*f*t)", "let phase = sin(2 π f t)"],
      ["let phase = sin(2*π*f*t)", "let phase = Sin[2 Pi f t]"],
      [
        "m_inf = 1/(1 + exp(-(V + 40 mV)/(6 mV)))",
        "m_inf = 1/(1 + exp(-(V + 40)/6))",
        "m_inf = 1/(1 + exp(-(V + 40 mV)/6 mV))",
      ],
      [
        "m_inf = 1/(1 + exp(-(V + 40 mV)/(6 mV)))",
        "m_inf = 1./(1. + exp(-(V/mV + 40)/6))",
        "m_inf = 1./(1. + exp(-(V/(1 mV) + 40)/6))",
      ],
      ["m_inf = 1/(1 + exp(-(V + 40 mV)/(6 mV)))", "m_inf = 1/(1 + exp(-(V + 40 mV)/(6 mV))"],
      ["reset { V <- E_L; w <- w + b }", "reset { V -> E_L; w -> w + b }"],
      ["reset { V <- E_L; w <- w + b }", "reset { V := E_L; w := w + b }"],
      ["reset { V <- E_L; w <- w + b }", "reset { V = E_L and w = w + b }"],
      ["reset { V <- E_L; w <- w + b }", "reset V to E_L and add b to w"],
      ["reset { V <- E_L; w <- w + b }", "reset V to E_L; w <- w + b"],
      ["reset { V <- E_L; w <- w + b }", "reset { V <- E_L; w += b; }", "reset { V <- E_L; w <- w + b; }"],
      ["reset { V <- E_L; w <- w + b }", "reset [ V <- E_L; w <- w + b ]"],
      ["reset { V <- E_L; w <- w + b }", "reset { V' <- E_L; w <- w + b }"],
      [
        "reset { V <- E_L; w <- w + b }",
        "reset { E_L -> V; w <- w + b }",
        { says: "`E_L ->` is no glif: an assignment is written with `<-`" },
      ],
      ["reset { V <- E_L; w <- w + b }", "reset { V <- E_L; w' += b }"],
      ["reset { V <- E_L; w <- w + b }", "then { V <- E_L; w <- w + b }"],
      ["reset { V <- E_L; w <- w + b }", "after spike { V <- E_L; w <- w + b }"],
      ["reset { V <- E_L; w <- w + b }", "on spike: V <- E_L; w <- w + b"],
      ["reset { V <- E_L; w <- w + b }", "reset { V <- E_L; w <- w + 40 }", "reset { V <- E_L; w <- w + 40 pA }"],
      ["reset { V <- E_L; w <- w + b }", "V_reset = E_L", "let V_reset = E_L"],
      ["spike when V > V_th", "spike when V == V_th", "spike when V >= V_th"],
      ["spike when V > V_th", "spike when V > V_th and not in refractory"],
      ["spike when V > V_th", "spike V > V_th"],
      ["spike when V > V_th", "spike when V >= -52", "spike when V >= -52 mV"],
      ["spike when V > V_th", "spike when threshold(V_th)"],
      ["spike when V > V_th", "fire when V > V_th"],
      ["spike when V > V_th", "fires if V > V_th"],
      ["spike when V > V_th", "emit spike when V > V_th"],
      ["spike when V > V_th", "on V > V_th spike"],
      ["refractory t_ref { hold V }", "refractory { t_ref }", "refractory t_ref"],
      ["refractory t_ref { hold V }", "refractory period t_ref", "refractory t_ref"],
      ["refractory t_ref { hold V }", "refractory t_ref clamp V"],
      ["refractory t_ref { hold V }", "refractory t_ref { clamp V = E_L }"],
      ["refractory t_ref { hold V }", "absolute_refractory t_ref", "refractory t_ref"],
      ["refractory t_ref { hold V }", "hold V for t_ref"],
      ["on x > 0.9 { x <- 0 }", "when x > 0.9 { x <- 0 }"],
      ["on x > 0.9 { x <- 0 }", "on (x > 0.9) do x = 0"],
      ["on x > 0.9 { x <- 0 }", "on event x > 0.9 { x <- 0 }"],
      ["on x > 0.9 { x <- 0 }", "on x = 0.9 { x <- 0 }", "on x >= 0.9 { x <- 0 }"],
      ["on x > 0.9 { x <- 0 }", "if x > 0.9: x = 0"],
      ["on x > 0.9 { x <- 0 }", "WHEN x > 0.9 SET x = 0"],
      ["I_e = pulse(320 pA, from: 20 ms, to: 150 ms)", "I_e = pulse(320 pA, 20 ms to 150 ms)"],
      ["I_e = pulse(320 pA, from: 20 ms, to: 150 ms)", "I_e = pulse(320, from: 20, to: 150)"],
      ["I_e = pulse(320 pA, from: 20 ms, to: 150 ms)", "I_e = pulse(320 pA, from=20 ms, to=150 ms)"],
      ["I_e = pulse(320 pA, from: 20 ms, to: 150 ms)", "I_e = pulse(320 pA, [20 ms, 150 ms])"],
      [
        "I_e = pulse(320 pA, from: 20 ms, to: 150 ms)",
        "I_e = 320 pA*(t > 20 ms)*(t < 150 ms)",
        "I_e = 320 pA*(if t > 20 ms then 1 else 0)*(if t < 150 ms then 1 else 0)",
      ],
      [
        "I_e = pulse(320 pA, from: 20 ms, to: 150 ms)",
        "I_e = 320 pA*heaviside(t - 20 ms)",
        "I_e = 320 pA*step(t - 20 ms)",
      ],
      ["I_e = pulse(320 pA, from: 20 ms, to: 150 ms)", "I_e(20 ms .. 150 ms) = 320 pA"],
      ["I_e = pulse(320 pA, from: 20 ms, to: 150 ms)", "I_e = 320 pA from 20 ms to 150 ms"],
      [
        "I_e = pulse(320 pA, from: 20 ms, to: 150 ms)",
        "I_e = pulse(amplitude: 320 pA, onset: 20 ms, duration: 130 ms)",
        "I_e = pulse(320 pA, from: 20 ms, to: 20 ms + 130 ms)",
      ],
      ["I_e = pulse(320 pA, from: 20 ms, to: 150 ms)", "I_e = 0.32", "I_e = 0.32 pA"],
      ["I_e = pulse(320 pA, from: 20 ms, to: 150 ms)", "LIF.I_e <- 320 pA", "LIF.I_e = 320 pA"],
      ["I_e = pulse(320 pA, from: 20 ms, to: 150 ms)", "inject 320 pA from 20 ms to 150 ms"],
      ["duration 200 ms\n  step 0.05 ms", "duration 200\n  step 0.05 ms"],
      ["duration 200 ms\n  step 0.05 ms", "duration 200 ms\n  dt = 0.05"],
      ["duration 200 ms\n  step 0.05 ms", "total 200 ms\n  step 0.05 ms"],
      ["duration 200 ms\n  step 0.05 ms", "duration from 0 ms to 200 ms\n  step 0.05 ms"],
      ["duration 200 ms\n  step 0.05 ms", "run 200 ms with step 0.05 ms"],
      ["duration 200 ms\n  step 0.05 ms", "tspan 0 ms .. 200 ms\n  step 0.05 ms"],
      ["record V, w every 0.5 ms", "record V w every 0.5 ms"],
      ["record V, w every 0.5 ms", "record V & w every 0.5 ms"],
      ["record V, w every 0.5 ms", "record (V, w) every 0.5 ms"],
      ["record V, w every 0.5 ms", "record [V, w] every 0.5 ms"],
      ["record V, w every 0.5 ms", "record V, w with interval 0.5 ms"],
      ["record V, w every 0.5 ms", "record V, w every 0.5"],
      ["record V, w every 0.5 ms", "record V, w every 10 steps", "record V, w every 10*dt"],
      ["record V, w every 0.5 ms", "record v, w every 0.5 ms"],
      ["record V, w every 0.5 ms", "record {V, w} every 0.5 ms"],
      ["record V, w every 0.5 ms", "record V(mV), w every 0.5 ms"],
      ["record V, w every 0.5 ms", "record V[0], w every 0.5 ms", { says: "write `V`" }],
      ["experiment Wave of LIF {", "experiment Wave = LIF {"],
      ["experiment Wave of LIF {", "experiment Wave, LIF {"],
      [
        "experiment Wave of LIF {",
        "experiment of LIF {",
        { says: "an experiment has a name: `experiment NAME of LIF { … }`" },
      ],
      ["experiment Wave of LIF {", "experiment Wave of neuron LIF {"],
      ["experiment Wave of LIF {", "run Wave of LIF {"],
      ["connect I -> E by Syn as inh", "connect I => E by Syn as inh"],
      ["connect I -> E by Syn as inh", "connect I to E by Syn as inh"],
      ["connect I -> E by Syn as inh", "connect I -> E using Syn as inh"],
      ["connect I -> E by Syn as inh", "connect I -> E with Syn as inh"],
      ["connect I -> E by Syn as inh", "I -> E by Syn as inh"],
      ["connect I -> E by Syn as inh", "synapse I -> E by Syn as inh"],
      ["connect I -> E by Syn as inh", "inh: connect I -> E by Syn"],
      ["connect I -> E by Syn as inh", "inh = connect I -> E by Syn"],
      ["connect I -> E by Syn as inh", "connect I --> E by Syn as inh"],
      ["indegree(n: 10)", "indegree 10", "indegree(10)"],
      ["indegree(n: 10)", "indegree = 10"],
      ["indegree(n: 10)", "indegree(10 neurons)", "indegree(10)"],
      ["indegree(n: 10)", "with probability 0.2", "random(p: 0.2)"],
      ["indegree(n: 10)", "10%", "random(p: 10 %)"],
      ["indegree(n: 10)", "random(p = 20 %)", "random(p: 20 %)"],
      [
        "indegree(n: 10)",
        "random(p: 20)",
        { says: "20 % are `0.2`; for a number of connections: `indegree(n: …)`, `outdegree(n: …)` or `total(n: …)`" },
      ],
      ["{ q = 1 nS, delay = 1.5 ms } random(p: 0.1)", "{ q = 1 nS } random(p: 0.1) with delay 1.5 ms"],
      ["{ q = 1 nS, delay = 1.5 ms } random(p: 0.1)", "{ weight = 1 nS, delay = 1.5 ms } random(p: 0.1)"],
      ["{ q = 1 nS, delay = 1.5 ms } random(p: 0.1)", "{ w = 1 nS, delay = 1.5 ms } random(p: 0.1)"],
      ["{ q = 1 nS, delay = 1.5 ms } random(p: 0.1)", "(q = 1 nS, delay = 1.5 ms) random(p: 0.1)"],
      ["{ q = 1 nS, delay = 1.5 ms } random(p: 0.1)", "random(p: 0.1), q = 1 nS, delay = 1.5 ms"],
      ["{ q = 1 nS, delay = 1.5 ms } random(p: 0.1)", "{ q: 1 nS, delay: 1.5 ms } random(p: 0.1)"],
      ["{ q = 1 nS, delay = 1.5 ms } random(p: 0.1)", "{ q = 1, delay = 1.5 } random(p: 0.1)"],
      ["poisson(12 Hz)", "PoissonGroup(12 Hz)"],
      ["poisson(12 Hz)", "poisson at 12 Hz"],
      ["poisson(12 Hz)", "poisson 12 Hz"],
      ["poisson(12 Hz)", "poisson(12)"],
      ["on pre { g <- g + q }", "on presynaptic spike { g <- g + q }"],
      ["on pre { g <- g + q }", "on_pre: g += q"],
      ["on pre { g <- g + q }", "pre { g <- g + q }"],
      ["on pre { g <- g + q }", "on arrival { g <- g + q }"],
      ["post.I_e += g*(E_rev - post.V)", "post.I_e = g*(E_rev - post.V)"],
      ["post.I_e += g*(E_rev - post.V)", "I_e += g*(E_rev - V)"],
      ["post.I_e += g*(E_rev - post.V)", "I_e_post += g*(E_rev - V_post)"],
      ["post.I_e += g*(E_rev - post.V)", "I_post += g*(E_rev - post.V)"],
      ["post.I_e += g*(E_rev - post.V)", "post.I_e += g*(post.V - E_rev)"],
      ["post.I_e += g*(E_rev - post.V)", "current = g*(E_rev - post.V)", "let current = g*(E_rev - post.V)"],
      ["C = 120 pF, G = 8 nS", "C = 120pF; G = 8nS", "C = 120pF; param G = 8nS"],
      ["C = 120 pF, G = 8 nS", "C = 120 [pF], G = 8 [nS]"],
      ["C = 120 pF, G = 8 nS", "C = 0.12 nano farad, G = 8 nS", "C = 0.12 nF, G = 8 nS"],
      ["C = 120 pF, G = 8 nS", "C 120 pF, G 8 nS"],
      ["C = 120 pF, G = 8 nS", "C := 120 pF, G := 8 nS"],
      ["C = 120 pF, G = 8 nS", "C = 120*pF, G = 8*nS"],
      ["C = 120 pF, G = 8 nS", "C = 120 pF G = 8 nS"],
      ["t_ref = 3 ms", "t_ref = 3 milliseconds"],
      ["t_ref = 3 ms", "t_ref = 0,003 s", "t_ref = 0.003 s"],
      ["E_L = -72 mV", "E_L = -72mv"],
      ["E_L = -72 mV", "E_L = -72e-3", "E_L = -72e-3 V"],
      ["state V = E_L, w = 0 pA, x = 0.1", "state V, w, x = E_L, 0 pA, 0.1"],
      ["state V = E_L, w = 0 pA, x = 0.1", "state V(0) = E_L, w(0) = 0 pA, x(0) = 0.1"],
      ["V' = (I_e - G*(V - E_L) - w)/C", "V' = 1/C*(I_e - G(V - E_L) - w)", "V' = 1/C*(I_e - G*(V - E_L) - w)"],
      ["V' = (I_e - G*(V - E_L) - w)/C", "C V' = I_e - G*(V - E_L) - w"],
      ["V' = (I_e - G*(V - E_L) - w)/C", "C*V' = I_e - G*(V - E_L) - w"],
      ["V' = (I_e - G*(V - E_L) - w)/C", "dV/dt = (I_e - G*(V - E_L) - w)/C"],
      ["V' = (I_e - G*(V - E_L) - w)/C", "dV = (I_e - G*(V - E_L) - w)/C*dt"],
      ["V' = (I_e - G*(V - E_L) - w)/C", "V_dot = (I_e - G*(V - E_L) - w)/C"],
      ["V' = (I_e - G*(V - E_L) - w)/C", "V̇ = (I_e - G*(V - E_L) - w)/C"],
      ["V' = (I_e - G*(V - E_L) - w)/C", "∂V/∂t = (I_e - G*(V - E_L) - w)/C"],
      ["V' = (I_e - G*(V - E_L) - w)/C", "V' = (I_e(t) - G*(V(t) - E_L) - w)/C"],
      ["V' = (I_e - G*(V - E_L) - w)/C", "V' = (I - G*(V - E_L) - w)/C"],
      [
        "V' = (I_e - G*(V - E_L) - w)/C",
        "V' = (I_e - G*(V - E_L) - w)/C + noise",
        { says: "`noise` is no glif: white noise is `ξ`: `σ*sqrt(2/τ)*ξ`" },
      ],
      [
        "V' = (I_e - G*(V - E_L) - w)/C",
        "V' = (I_e - G*(V - E_L) - w)/C  -- membrane",
        "V' = (I_e - G*(V - E_L) - w)/C  // membrane",
      ],
      ["V' = (I_e - G*(V - E_L) - w)/C", "V' = (I_e − G·(V − E_L) − w)/C"],
      ["w' = (a*(V - E_L) - w)/τ", "τ*w' = a*(V - E_L) - w"],
      ["w' = (a*(V - E_L) - w)/τ", "tau*dw/dt = a*(V - E_L) - w"],
      ["w' = (a*(V - E_L) - w)/τ", "w' = (a*(V - E_L) - w)/tau"],
      ["w' = (a*(V - E_L) - w)/τ", "w' = (a*(V - E_L) - w) / 15", "w' = (a*(V - E_L) - w) / 15 ms"],
      ["w' = (a*(V - E_L) - w)/τ", "w' = a*(V - E_L) - w/τ"],
      ["x' = (m_inf - x)/T", "x' = (minf - x)/T"],
      ["x' = (m_inf - x)/T", "x' = (m_inf(V) - x)/T"],
      [
        "x' = (m_inf - x)/T",
        "x' = alpha*(1 - x) - beta*x",
        { says: "declare it, as `param alpha = …` or `let alpha = …`" },
      ],
      ["let flip = if V > E_L then 1 else 0", "let flip = V > E_L", "let flip = (if V > E_L then 1 else 0)"],
      ["let flip = if V > E_L then 1 else 0", "let flip = if V > E_L: 1 else: 0"],
      ["let flip = if V > E_L then 1 else 0", "let flip = if V > E_L then 1", { says: "write `if a then b else c`" }],
      ["let flip = if V > E_L then 1 else 0", "let flip = (V > E_L) ? 1 : 0", "let flip = if (V > E_L) then 1 else 0"],
      ["let flip = if V > E_L then 1 else 0", "let flip = 1 if V > E_L else 0"],
      ["let flip = if V > E_L then 1 else 0", "let flip = if(V > E_L, 1, 0)"],
      [
        "let flip = if V > E_L then 1 else 0",
        "let flip = piecewise(1, V > E_L, 0)",
        { says: "`piecewise(1, V > E_L, 0)` is no glif: a condition chooses with `if c then a else b`" },
      ],
      ["let flip = if V > E_L then 1 else 0", "let flip = 1 when V > E_L otherwise 0"],
      [
        "let flip = if V > E_L then 1 else 0",
        "let flip = V > E_L && V < 0 mV",
        "let flip = (if V > E_L && V < 0 mV then 1 else 0)",
      ],
      ["spike when V > V_th", "spike if V > V_th"],
      ["spike when V > V_th", "threshold V_th"],
      ["spike when V > V_th", "threshold = V_th"],
      ["spike when V > V_th", "spike when v > V_th"],
      ["spike when V > V_th", "spike when V reaches V_th"],
      ["spike when V > V_th", "spike when V = V_th", "spike when V >= V_th"],
      ["spike when V > V_th", "spike when V > V_th then"],
      ["spike when V > V_th", "spike() when V > V_th"],
      ["reset { V <- E_L; w <- w + b }", "reset { V <- E_L; w++ }", "reset { V <- E_L; w <- w + 1 pA }"],
      ["reset { V <- E_L; w <- w + b }", "reset { V = E_L; w += b }"],
      ["reset { V <- E_L; w <- w + b }", "reset V = E_L, w = w + b"],
      ["reset { V <- E_L; w <- w + b }", "reset: V = E_L; w += b"],
      ["reset { V <- E_L; w <- w + b }", "reset V → E_L, w → w + b"],
      ["reset { V <- E_L; w <- w + b }", "reset (V = E_L, w = w + b)"],
      ["reset { V <- E_L; w <- w + b }", "reset to E_L", "reset { V <- E_L }"],
      ["refractory t_ref { hold V }", "refractory = t_ref", "refractory t_ref"],
      ["refractory t_ref { hold V }", "refractory t_ref { hold(V) }"],
      ["refractory t_ref { hold V }", "refractory 3 { hold V }", "refractory 3 ms { hold V }"],
      ["refractory t_ref { hold V }", "refractory t_ref: hold V"],
      ["seed 4", "seed = 4"],
      ["seed 4", "random seed 4"],
      ["step 0.05 ms", "step = 0.05"],
      ["step 0.05 ms", "step 0.05 ms\n  integrator: rk4", "step 0.05 ms\n  method rk4"],
      ["experiment Lone of LIF {", "experiment Lone for LIF {"],
      ["experiment Lone of LIF {", "experiment Lone(LIF):", { says: "write `experiment Lone of LIF { … }`" }],
      ["experiment Lone of LIF {", "Experiment Lone of LIF {"],
      ["population X = 50 poisson(12 Hz)", "population X = poisson(50, 12 Hz)"],
      ["population X = 50 poisson(12 Hz)", "population X = 50 * poisson(12 Hz)"],
      [
        "population X = 50 poisson(12 Hz)",
        "population X = 50 poisson(rate = 12 Hz)",
        "population X = 50 poisson(rate : 12 Hz)",
      ],
      ["population X = 50 poisson(12 Hz)", "population X = 50 Poisson(12 Hz)"],
      ["population X = 50 poisson(12 Hz)", "poisson X = 50 at 12 Hz"],
      ["population X = 50 poisson(12 Hz)", "source X = 50 poisson(12 Hz)"],
      ["population E = 80 LIF {", "population E[80] = LIF {"],
      ["population E = 80 LIF {", "population E: 80 LIF {"],
      ["population E = 80 LIF {", "population E = LIF * 80 {"],
      ["population E = 80 LIF {", "populations E = 80 LIF {"],
      [
        "random(p: 0.1)",
        "prob(0.1)",
        {
          says: 'the rules are `all`, `one_to_one`, `random(p: 0.1)`, `indegree(n: 10)`, `outdegree(n: 10)`, `total(n: 1000)`, `file("pairs.csv")`',
        },
      ],
      ["random(p: 0.1)", "p=0.1"],
      ["random(p: 0.1)", "fixed_probability(0.1)"],
      ["min: 0 nS) } all", "min: 0 nS) } all_to_all"],
      ["min: 0 nS) } all", "min: 0 nS) }"],
      ['models LIF, LIF { G = 9 nS } as "leaky"', 'models LIF, LIF(G = 9 nS) as "leaky"'],
      ["measure rate", "measures: rate"],
      ["measure rate", "measure firing rate"],
      ["under Lone", "experiment Lone"],
      ["sweep b over 20 pA .. 60 pA in 3 steps", "sweep b = 20:20:60 pA"],
      [
        "sweep b over 20 pA .. 60 pA in 3 steps",
        "sweep b over range(20, 60, 3) pA",
        "sweep b over 20 pA .. 59 pA in 14 steps",
      ],
      ["sweep b over 20 pA .. 60 pA in 3 steps", "sweep b from 20 pA to 60 pA in 3 steps"],
    ],
  },
  {
    name: "blocks of other tools",
    text: BLOCKS,
    mistakes: [
      [
        "param C = 200 pF\n  param g_L = 10 nS\n  param E_L = -65 mV\n  param V_th = -50 mV",
        "parameters:\n    C pF = 200 pF\n    g_L nS = 10 nS  # leak\n    E_L mV = -65 mV\n    V_th mV = -50 mV",
        "param C : pF = 200 pF\n  param g_L : nS = 10 nS\n  param E_L : mV = -65 mV\n  param V_th : mV = -50 mV",
      ],
      [
        "param C = 200 pF\n  param g_L = 10 nS\n  param E_L = -65 mV\n  param V_th = -50 mV",
        "parameters:\n    C pF = 200 pF\n    g_L nS = 10 nS\n    E_L mV = -65 mV\n    V_th mV = -50 mV\n  end",
        "param C : pF = 200 pF\n  param g_L : nS = 10 nS\n  param E_L : mV = -65 mV\n  param V_th : mV = -50 mV",
      ],
      [
        "param C = 200 pF\n  param g_L = 10 nS\n  param E_L = -65 mV\n  param V_th = -50 mV",
        "PARAMETER {\n    C = 200 (pF)\n    g_L = 10 (nS) <0,1e9>\n    E_L = -65 (mV)\n    V_th = -50 (mV)\n  }",
      ],
      [
        "param C = 200 pF\n  param g_L = 10 nS\n  param E_L = -65 mV\n  param V_th = -50 mV",
        "parameters { C = 200 pF; g_L = 10 nS; E_L = -65 mV; V_th = -50 mV }",
      ],
      [
        "param C = 200 pF\n  param g_L = 10 nS\n  param E_L = -65 mV\n  param V_th = -50 mV",
        "params = { C: 200 pF, g_L: 10 nS, E_L: -65 mV, V_th: -50 mV }",
        { says: "write each parameter as a statement of its own: `param C = 58.7 pF`" },
      ],
      [
        "param C = 200 pF\n  param g_L = 10 nS\n  param E_L = -65 mV\n  param V_th = -50 mV",
        "param {\n    C = 200 pF\n    g_L = 10 nS\n    E_L = -65 mV\n    V_th = -50 mV\n  }",
      ],
      [
        "param C = 200 pF\n  param g_L = 10 nS\n  param E_L = -65 mV\n  param V_th = -50 mV",
        "param:\n    C = 200 pF\n    g_L = 10 nS\n    E_L = -65 mV\n    V_th = -50 mV",
      ],
      ["state V : mV = E_L\n  state m : 1 = 0.1", "state:\n    V mV = E_L\n    m real = 0.1"],
      ["state V : mV = E_L\n  state m : 1 = 0.1", "state {\n    V : mV = E_L\n    m : 1 = 0.1\n  }"],
      [
        "state V : mV = E_L\n  state m : 1 = 0.1",
        "STATE { V m }\n  INITIAL {\n    V = E_L\n    m = 0.1\n  }",
        "state V = E_L\n state m = 0.1",
      ],
      ["state V : mV = E_L\n  state m : 1 = 0.1", "states { V = E_L, m = 0.1 }", "state V = E_L\n  state m = 0.1"],
      [
        "V' = (I_stim - I_L)/C\n  m' = (1/(1 + exp(-(V + 40 mV)/(5 mV))) - m)/(4 ms)",
        "equations:\n    V' = (I_stim - I_L)/C\n    m' = (1/(1 + exp(-(V + 40 mV)/(5 mV))) - m)/(4 ms)",
      ],
      [
        "V' = (I_stim - I_L)/C\n  m' = (1/(1 + exp(-(V + 40 mV)/(5 mV))) - m)/(4 ms)",
        "BREAKPOINT { SOLVE states METHOD cnexp }\n  DERIVATIVE states {\n    V' = (I_stim - I_L)/C\n    m' = (1/(1 + exp(-(V + 40 mV)/(5 mV))) - m)/(4 ms)\n  }",
      ],
      [
        "V' = (I_stim - I_L)/C\n  m' = (1/(1 + exp(-(V + 40 mV)/(5 mV))) - m)/(4 ms)",
        "dynamics {\n    dV/dt = (I_stim - I_L)/C\n    dm/dt = (1/(1 + exp(-(V + 40 mV)/(5 mV))) - m)/(4 ms)\n  }",
      ],
      [
        "V' = (I_stim - I_L)/C\n  m' = (1/(1 + exp(-(V + 40 mV)/(5 mV))) - m)/(4 ms)",
        "eqs = '''\n  dV/dt = (I_stim - I_L)/C : volt\n  dm/dt = (1/(1 + exp(-(V + 40*mV)/(5*mV))) - m)/(4*ms) : 1\n  '''",
      ],
      ["let I_L : pA = g_L*(V - E_L)", "equations:\n    inline I_L pA = g_L*(V - E_L)"],
      ["let I_L : pA = g_L*(V - E_L)", "ASSIGNED { i (nA) }\n  let I_L : pA = g_L*(V - E_L)"],
      [
        "let I_L : pA = g_L*(V - E_L)",
        "UNITS {\n    (mV) = (millivolt)\n    (nA) = (nanoamp)\n  }\n  let I_L : pA = g_L*(V - E_L)",
      ],
      ["input I_stim : pA", "input:\n    I_stim pA <- continuous\n    spikes <- spike"],
      ["input I_stim : pA", "input { I_stim : pA }"],
      ["reset { V <- E_L }", "reset { V <- E_L }\n  output:\n    spike"],
      ["reset { V <- E_L }", "reset { V <- E_L }\n  update:\n    integrate_odes()"],
      ["reset { V <- E_L }", "reset { V <- E_L }\n  done"],
      ["spike when V > V_th\n  reset { V <- E_L }", "onCondition(V > V_th):\n    V = E_L\n    emit_spike()"],
      [
        "spike when V > V_th\n  reset { V <- E_L }",
        "update:\n    integrate_odes()\n    if V >= V_th:\n      V = E_L\n      emit_spike()",
        { says: "write each equation as a statement of its own: `V' = …`" },
      ],
      ["spike when V > V_th\n  reset { V <- E_L }", "if V > V_th { V = E_L }"],
      ["spike when V > V_th\n  reset { V <- E_L }", "if V > V_th then V = E_L"],
      ["on pre { g <- g + w }", "NET_RECEIVE(w (nS)) {\n    g = g + w\n  }"],
      ["on pre { g <- g + w }", "onReceive(spikes):\n    g += w"],
      ["on pre { g <- g + w }", "on_spike: g <- g + w"],
      ["g' = -g/(3 ms)\n", "DERIVATIVE state { g' = -g/(3 ms) }\n"],
      [
        "m' = (1/(1 + exp(-(V + 40 mV)/(5 mV))) - m)/(4 ms)",
        "wiener noisy\n  m' = (1/(1 + exp(-(V + 40 mV)/(5 mV))) - m)/(4 ms)",
        { says: "white noise is `ξ`: `σ*sqrt(2/τ)*ξ`" },
      ],
      [
        "experiment Go of Cell {\n  duration 150 ms\n  step 0.1 ms",
        "experiment Go of Cell {\n  @ total=150, dt=0.1",
        { says: "options of a run are statements of an experiment: `duration 50 ms`, `step 0.1 ms`, `method rk4`" },
      ],
      ["duration 150 ms\n  step 0.1 ms", "h.tstop = 150\n  h.dt = 0.1"],
      ["duration 150 ms\n  step 0.1 ms", "sim.run(150 ms)", "duration 150 ms"],
      ["duration 150 ms\n  step 0.1 ms", "nest.Simulate(150.0)", "duration 150.0 ms"],
      ["duration 150 ms\n  step 0.1 ms", "run(150*ms)", "duration 150 ms"],
      ["duration 150 ms\n  step 0.1 ms", "tspan = [0 150]\n  step 0.1 ms"],
      ["I_stim = 250 pA", "I_stim = 250e-12", "I_stim = 250e-12 A"],
      ["I_stim = 250 pA", "I_stim = 0.25*nA", "I_stim = 0.25 nA"],
      ["I_stim = 250 pA", "I_stim = 250*picoamp"],
      ["I_stim = 250 pA", "I_stim = 250 picoampere"],
      ["I_stim = 250 pA", "I_stim : 250 pA"],
      ["I_stim = 250 pA", "I_stim == 250 pA"],
      ["I_stim = 250 pA", "stim.amp = 0.25", { says: "it has `C`, `g_L`, `E_L`, `V_th`, `I_stim`, `V`, `m`" }],
      [
        "I_stim = 250 pA",
        "I_stim = 250 pA + 50 pA*randn()",
        {
          says: "white noise is `ξ`: `σ*sqrt(2/τ)*ξ`; a value for each neuron is drawn where it is set, `V ~ normal(-60 mV, 5 mV)`",
        },
      ],
      [
        "I_stim = 250 pA",
        "I_stim = normal(250 pA, 50 pA)",
        { says: "for noise: `ξ`; for values that differ between neurons: a parameter in the model" },
      ],
      [
        "I_stim = 250 pA",
        "I_stim ~ normal(250 pA, 50 pA)",
        { says: "for noise: `ξ`; for values that differ between neurons: a parameter in the model" },
      ],
      ["I_stim = 250 pA", "I_stim += 250 pA"],
      ["I_stim = 250 pA", "let I_stim = 250 pA"],
      ["I_stim = 250 pA", "param I_stim = 250 pA"],
      ["I_stim = 250 pA", 'I_stim = "250 pA"'],
      ["I_stim = 250 pA", "I_stim = (t < 50 ms) ? 0 pA : 250 pA", "I_stim = if (t < 50 ms) then 0 pA else 250 pA"],
      ["I_stim = 250 pA", "I_stim = {0 ms: 0 pA, 50 ms: 250 pA}", "I_stim = steps(0 ms: 0 pA, 50 ms: 250 pA)"],
      ["record V, m", "record V,m,spike", "record V,m,spikes"],
      ["record V, m", "plot V, m"],
      ["record V, m", 'recordables = ["V", "m"]'],
      ["record V, m", "M = StateMonitor(Cell, ['V', 'm'], record=True)"],
      [
        "record V, m",
        "record V_m, m",
        { says: "it has `spikes`, `C`, `g_L`, `E_L`, `V_th`, `I_stim`, `V`, `m`, `I_L`" },
      ],
      [
        "record V, m",
        "record dV/dt, m",
        {
          says: "`record dV/dt, m` is no glif: what is recorded has a name: `let x = V - E_L` in the model, then `record x`",
        },
      ],
    ],
  },
  {
    name: "neurons that learn",
    text: LEARNING,
    mistakes: [
      [
        "  θ' = -b*θ\n",
        "  θ' = -b*θ\n  V' += -θ/(5 ms)\n",
        {
          says: "a state has one equation, and one written here takes the place of the inherited one: write the whole of it, `V' = …`, or contribute to an input with `+=`",
        },
      ],
      ["  θ' = -b*θ\n", "  θ' += -b*θ\n"],
      ["  θ' = -b*θ\n", "  θ' = b*θ\n"],
      ["  g' = -g/τ\n", "  g' = g/τ\n"],
      ["reset { V <- E_L; θ <- θ + δ }", "reset { θ <- θ + δ }", "reset { θ <- θ + δ; V <- E_L }"],
      ["on pre { g <- g + w; x <- x + 1 }", "pre { g <- g + w; x <- x + 1 }"],
      ["V > V_th\n  reset { V <- E_L }", "V > V_th { V <- E_L }"],
      [
        "(I_e - G*(V - E_L))/C",
        "(I_e - G*(V - E_L))/C + 2 mV*ξ",
        {
          says: "white noise `ξ` is per square root of time: what it is multiplied by has to be in mV/sqrt(ms), such as `2 mV/sqrt(ms)`",
        },
      ],
      [
        "pulse(300 pA, from: 10 ms, to: 80 ms)",
        "sin(2*π*10 Hz*t)",
        { says: "write for example `100 pA*sin(2*π*10 Hz*t)`" },
      ],
      [
        "spike when V > V_th\n",
        "spike with rate exp((V - V_th)/(2 mV))\n",
        { says: "write for example `0.1 /ms*exp((V - V_th)/(2 mV))`" },
      ],
      ["g*(E_rev - post.V)", "g", { says: "write for example `g*(E_rev - post.V)`" }],
      ["spike when V > V_th\n", "spike when V < V_th\n"],
      [
        "V > V_th\n  reset { V <- E_L }\n  refractory",
        "V > V_th and\n  reset { V <- E_L }\n  refractory",
        { says: "expected a condition after `and`" },
      ],
      ["reset { V <- E_L }", "reset { E_L <- V }"],
      [
        "reset { V <- E_L }",
        "reset { V <- E_L; wait 2 ms }",
        {
          says: "`wait 2 ms` is no glif: how long nothing moves after a spike is said outside of the reset: `refractory 2 ms { hold V }`",
        },
      ],
      ["refractory t_ref { hold V }", "refractory { t_ref hold V }"],
      ["refractory t_ref { hold V }", "t_ref = 2 ms { hold V }", "refractory 2 ms { hold V }"],
      ["param E_L = -70 mV", "param E_L real = -70 mV"],
      ["100 pF", "100 p F"],
      ["0 nS, w_max)", "w_max, 0 nS)", "0 nS, w_max)"],
      ["clamp(w + A*x - A*y, 0 nS, w_max)", "min(w + A*x; w_max)", { says: "expected an operator, `,` or `)`" }],
      [
        "pulse(300 pA, from: 10 ms, to: 80 ms)",
        "pulse(300 pA, 10 ms, width: 70 ms)",
        "pulse(300 pA, from: 10 ms, to: 10 ms + 70 ms)",
      ],
      ["pulse(300 pA, from: 10 ms, to: 80 ms)", "sin(10 Hz*t)*300 pA", "sin(2*π*10 Hz*t)*300 pA"],
      ["pulse(300 pA, from: 10 ms, to: 80 ms)", "sine(300 pA, 10 rad/s)", { says: "write `10 rad/s/(2*π)`" }],
      [
        "pulse(300 pA, from: 10 ms, to: 80 ms)",
        "300 pA + 20 pA*ξ*sqrt(dt)",
        { says: "leave `sqrt(dt)` out and give the strength its unit, such as `20 pA*sqrt(ms)*ξ`" },
      ],
      [
        "(I_e - G*(V - E_L))/C",
        "(I_e - G*(V - E_L))/C + 1 mV/sqrt(ms)*ξ*ξ",
        { says: "`ξ` stands once in a term: its square is no noise" },
      ],
      [
        "I_e = pulse(300 pA, from: 10 ms, to: 80 ms)",
        "V = -60 mV at 10 ms",
        {
          says: "`V = -60 mV at 10 ms` is no glif: an experiment sets a state at t = 0 alone, `V = -60 mV`; what changes in time is given to an input: `I_e = pulse(300 pA, from: 10 ms, to: 40 ms)`",
        },
      ],
      ["I_e = pulse(", "I_e : pA = pulse("],
      ["record V\n", "record V mV\n"],
      ["E.I_e = 250 pA", "E->I_e = 250 pA"],
      ["E.I_e = 250 pA", "E.I_e, I.I_e = 250 pA, 200 pA", "E.I_e = 250 pA\n  I.I_e = 200 pA"],
      [
        "seed 1",
        "threads 4",
        {
          says: "`threads 4` is no glif: how many threads compute is said to the command: `glif run FILE --threads 4`",
        },
      ],
      ["population E = 8 LIF {", "E = population(8, LIF) {"],
      ["LIF { V ~ uniform(E_L, V_th) }", "LIF (V ~ uniform(E_L, V_th))"],
      ["by STDP as exc", "as exc by STDP"],
      ["connect E -> E, I by STDP as exc", "connect(E, E, STDP) as exc", "connect E -> E by STDP as exc"],
      ["under Step", "on Step"],
      ["neuron LIF {", "neuron LIF:"],
      ["Adaptive extends LIF", "Adaptive", { says: "`LIF` has it: `neuron Adaptive extends LIF { … }`" }],
      [
        "experiment Step of LIF {",
        "experiment Step of LIF, LIF {",
        {
          says: "`experiment Step of LIF, LIF` is no glif: an experiment is done with one model; what is done with several is a comparison: `comparison C { models A, B; under Step }`",
        },
      ],
      ["comparison Levels {", "comparison Levels of LIF, Adaptive {"],
      [
        "neuron LIF {",
        '#include "glif/synapses"\nneuron LIF {',
        {
          says: '`#include "glif/synapses"` is no glif: a model is imported by its name from a file in quotes: `import LIF from "lif.glif"`',
        },
      ],
      [
        "measure rate, latency",
        "frobnicate rate",
        { says: "a statement begins with a word such as `models`, `under`, `measure`, `seeds`, `sweep`" },
      ],
      ["w <- clamp", "exc.w <- clamp"],
      ["w <- clamp", "pre.w <- clamp"],
      ["{ g <- g + w; x", "{ post.g <- post.g + w; x"],
    ],
  },
];
