// Law: the emitted kernels of a network and the plain interpreter of its plan give the same spikes, states and values of connections, bit for bit.
import { expect, test } from "vitest";
import { interpret } from "../oracle/interpreter.ts";
import { planSource, provide, run } from "../conformance/harness.ts";
import type { SimulationPlan } from "../../src/4-plan/plan.ts";

/** Neurons for all cases: one driven through currents, one that synapses kick; both held while refractory. */
const NEURONS = `
neuron Cell {
  param C = 100 pF, G = 10 nS, E_L = -70 mV, V_th = -50 mV, t_ref = 2 ms, x = 0
  input I_e : pA
  state V = E_L
  V' = (I_e - G*(V - E_L))/C
  spike when V > V_th
  reset { V <- E_L }
  refractory t_ref { hold V }
}
neuron Kicked {
  param τ = 20 ms, V_th = 20 mV
  input I : mV/ms
  state V = 0 mV, n = 0
  V' = I - V/τ
  spike when V >= V_th
  reset { V <- 5 mV; n <- n + 1 }
  refractory 3 ms { hold V }
}
synapse Exp {
  param τ = 5 ms, E_rev = 0 mV
  weight w : nS = 3 nS
  state g = 0 nS
  g' = -g/τ
  on pre { g <- g + w }
  post.I_e += g*(E_rev - post.V)
}
synapse Jump { weight w : mV = 1 mV; on pre { post.V <- post.V + w } }
synapse Stdp {
  param τ_plus = 20 ms, τ_minus = 15 ms, A_plus = 0.1, A_minus = 0.12, w_max = 2 mV
  weight w : mV = 1 mV
  state x = 0, y = 0
  x' = -x/τ_plus
  y' = -y/τ_minus
  on pre { post.V <- post.V + w; w <- clamp(w - A_minus*y*w_max, 0 mV, w_max); x <- x + 1 }
  on post { w <- clamp(w + A_plus*x*w_max, 0 mV, w_max); y <- y + 1 }
}`;

provide(
  "law_pairs.csv",
  "source,target,w (nS),delay (ms)\n3,1,4,0.5\n0,2,6,1.2\n3,1,2,0.5\n1,1,5,0\n0,1,8000e-3,0.3\n5,4,7,1.2\n4,0,3,0.5\n",
);
provide("law_spikes.csv", "t_ms,neuron\n4,1\n0,0\n12.5,2\n12.5,2\n7.26,0\n30,1\n30,0\n");

/** A network and its experiment, and what about kernels it is there for. */
const CASES: Readonly<Record<string, string>> = {
  "draws of arriving and of postsynaptic spikes, through several connections of a pair, several spikes a step, rows and single connections": `
    synapse Release {
      param τ = 5 ms, N = 4, p = 0.5
      weight w : nS = 3 nS
      state g = 0 nS, last = 0
      g' = -g/τ
      on pre { let n ~ binomial(N, p), q = n/N; let z ~ normal(1, 0.2, min: 0); g <- g + w*q*z; last <- n }
      on post { let u ~ uniform(0, 1); w <- max(0 nS, w + (u - 0.5)*(0.1 nS)) ; last <- last + u }
      post.I_e += g*(0 mV - post.V)
    }
    synapse Kick { weight w : mV = 1 mV; on pre { let u ~ uniform(0, 1); post.V <- if u < 0.4 then post.V + w else post.V } }
    network M {
      population X = 12 poisson(2000 Hz)
      population E = 12 Cell { V ~ uniform(E_L, V_th) }
      connect X -> E by Release as drive { w = 0.4 nS, delay ~ uniform(0.2 ms, 1 ms) } total(n: 60) allow multiple
      connect E -> E by Release as rec { delay = 0.8 ms } random(p: 0.4) allow self
      connect X -> E by Kick as kick { delay = 0.5 ms } one_to_one
      connect E -> E by Kick as inner { delay ~ uniform(0.2 ms, 1 ms) } all
    }
    experiment X of M { duration 60 ms; seed 5; E.I_e = 100 pA }`,
  "summed conductances of two connections, weights drawn and common, delays one and drawn": `
    network M {
      population E = 12 Cell { V ~ uniform(E_L, V_th) }
      population I = 4 Cell { t_ref = 1 ms }
      connect E -> E, I by Exp as exc { w ~ lognormal(mean: 1 nS, sd: 0.5 nS), delay = 1.5 ms } random(p: 0.3)
      connect I -> E, I by Exp as inh { E_rev = -80 mV, τ = 10 ms, w = 4 nS, delay ~ uniform(0.8 ms, 2 ms) } random(p: 0.5)
    }
    experiment X of M { duration 30 ms; seed 3; E.I_e, I.I_e = 300 pA }`,
  "every rule": `
    network M {
      population A = 12 Cell { V ~ uniform(E_L, V_th); x = i/12 }
      population B = 12 Cell { x = i/12 }
      connect A -> B by Exp as all_ { w = 0.1 nS } all
      connect A -> B by Exp as one { w = 2 nS } one_to_one
      connect A -> B by Exp as random_ random(p: 0.2)
      connect A -> B by Exp as near random(p: exp(-abs(pre.x - post.x)/0.2))
      connect A -> A by Exp as ring { w = 1 nS } all where abs(i - j) <= 2 or abs(i - j) >= 10
      connect A -> B by Exp as where_ { w = 1 nS } where abs(i + 2*j - 12) < 5 and not (post.x < 0.2)
      connect B -> A by Exp as in_ indegree(n: 3)
      connect B -> A by Exp as out_ outdegree(n: 4)
      connect B -> B by Exp as total_ total(n: 30)
      connect B -> B by Exp as in_multiple { w = 0.5 nS } indegree(n: 14) allow self, multiple
      connect B -> A by Exp as out_multiple { w = 0.5 nS } outdegree(n: 14) allow multiple
      connect A -> B by Exp as total_multiple { w = 0.5 nS } total(n: 200) allow multiple
      connect A -> B by Exp as file_ file("law_pairs.csv") allow self, multiple
    }
    experiment X of M { duration 30 ms; seed 8; A.I_e = 220 pA }`,
  "slices, self-connections, several projections between the same populations": `
    network M {
      population A = 10 Cell { V ~ uniform(E_L, V_th) }
      connect A[0..4] -> A[3..9] by Exp as first { delay = 0.4 ms } all allow self
      connect A[5..9] -> A[0..4] by Exp as second { w ~ uniform(1 nS, 5 nS), delay = 0.4 ms } random(p: 0.5)
      connect A[7] -> A by Exp as third { E_rev = -75 mV, τ = 2 ms } all allow self
      connect A -> A[2..2] by Exp as fourth { w = 0.2 nS*(i + 1), delay = 0.1 ms*(i + j) } all
    }
    experiment X of M { duration 60 ms; seed 1; A.I_e = 230 pA }`,
  "weights and delays by expressions of both neurons": `
    network M {
      population A = 9 Cell { V ~ uniform(E_L, V_th); x ~ uniform(0, 1) }
      connect A -> A by Exp { w = 4 nS*exp(-(pre.x - post.x)^2/0.1) + 0.1 nS*i, delay = 3 ms*abs(pre.x - post.x) } all
    }
    experiment X of M { duration 60 ms; seed 5; A.I_e = 230 pA }`,
  "voltage jumps, some of which arrive while the target is held": `
    network M {
      population P = 12 poisson(400 Hz)
      population K = 6 Kicked { V ~ uniform(0 mV, 20 mV) }
      connect P -> K by Jump { w = 3 mV } random(p: 0.7)
      connect K -> K by Jump as back { w ~ normal(0 mV, 4 mV), delay ~ exponential(2 ms) } all
      connect K -> K by Jump as fast { w = 1.5 mV } one_to_one allow self
    }
    experiment X of M { duration 60 ms; seed 2; K.I = 0.5 mV/ms }`,
  "Poisson sources: by a stimulus, one rate each, many spikes a step; given times and a file": `
    network M {
      param rate = 300 Hz
      population P = 7 poisson(rate*(1 + i)/2)
      population Q = 2 poisson(max(0 Hz, pulse(2 kHz, from: 10 ms, to: 30 ms) + sine(100 Hz, frequency: 50 Hz)))
      population R = 1 poisson(200 kHz)
      population S = spikes([10 ms, 0 ms, 20 ms, 20 ms, 33.33 ms])
      population F = spikes(file("law_spikes.csv"))
      population K = 5 Kicked
      connect P -> K by Jump as p { w = 1 mV, delay = 0.3 ms } all
      connect Q -> K by Jump as q { w ~ normal(1 mV, 0.5 mV, min: 0 mV) } all
      connect R -> K by Jump as r { w = 0.02 mV } all
      connect S -> K by Jump as s { w = 9 mV, delay = 0.1 ms*j } all
      connect F -> K by Jump as f { w = 4 mV*(i + 1) } all
    }
    experiment X of M { duration 35 ms; seed 6; record P.spikes, Q.spikes, R.spikes, S.spikes, F.spikes, K.spikes }`,
  "short-term plasticity at the source": `
    synapse Stp {
      param U = 0.3, τ_rec = 100 ms, τ_fac = 50 ms, τ = 3 ms
      weight A : pA
      state u = 0, x = 1, I = 0 pA
      u' = -u/τ_fac
      x' = (1 - x)/τ_rec
      I' = -I/τ
      on pre { u <- u + U*(1 - u); x <- x - (u + U*(1 - u))*x; I <- I + A*(u + U*(1 - u))*x }
      post.I_e += I
    }
    network M {
      population A = 5 Cell { V ~ uniform(E_L, V_th) }
      population B = 5 Cell
      connect A -> A, B by Stp as stp { A ~ normal(200 pA, 50 pA), delay = 0.7 ms } random(p: 0.5)
    }
    experiment X of M { duration 40 ms; seed 4; A.I_e = 300 pA }`,
  "short-term plasticity at each connection: drawn delays, drawn parameters": `
    synapse Stp {
      param U = 0.3, τ_rec = 100 ms
      weight w : mV
      state x = 1
      x' = (1 - x)/τ_rec
      on pre { post.V <- post.V + w*U*x; x <- x - U*x }
    }
    network M {
      population P = 6 poisson(200 Hz)
      population K = 6 Kicked
      connect P -> K by Stp as delayed { w = 6 mV, delay ~ uniform(0 ms, 3 ms) } all
      connect P -> K by Stp as drawn { w = 6 mV, U ~ uniform(0.1, 0.6), τ_rec ~ normal(100 ms, 20 ms, min: 10 ms) } all
    }
    experiment X of M { duration 40 ms; seed 4 }`,
  "spike-timing dependent plasticity: traces at both ends, changing weights": `
    network M {
      population P = 10 poisson(100 Hz)
      population K = 6 Kicked { V ~ uniform(0 mV, 20 mV) }
      connect P -> K by Stdp { w ~ uniform(0 mV, 2 mV), delay = 0.5 ms } all
      connect K -> K by Stdp as recurrent { w ~ uniform(0 mV, 2 mV), delay = 1 ms } all
    }
    experiment X of M { duration 40 ms; seed 9; K.I = 1.2 mV/ms }`,
  "the same with traces at the connections, weights in single precision": `
    synapse Single extends Stdp { single weight w : mV = 1 mV }
    network M {
      population P = 10 poisson(100 Hz)
      population K = 6 Kicked { V ~ uniform(0 mV, 20 mV) }
      connect P -> K by Single { w ~ uniform(0 mV, 2 mV), delay ~ uniform(0 ms, 2 ms) } all
      connect K -> K by Single as recurrent { w ~ uniform(0 mV, 2 mV), τ_plus ~ uniform(10 ms, 30 ms) } all
    }
    experiment X of M { duration 40 ms; seed 9; K.I = 1.2 mV/ms }`,
  "nearest neighbours and triplets": `
    synapse Nearest extends Stdp {
      on pre { post.V <- post.V + w; w <- w*(1 - A_minus*y); x <- 1 }
      on post { w <- w*(1 + A_plus*x); y <- 1 }
    }
    synapse Triplet {
      param τ_1 = 17 ms, τ_2 = 34 ms, τ_x = 100 ms, τ_y = 114 ms
      weight w : mV = 1 mV
      state r1 = 0, r2 = 0, o1 = 0, o2 = 0
      r1' = -r1/τ_1
      r2' = -r2/τ_x
      o1' = -o1/τ_2
      o2' = -o2/τ_y
      on pre { post.V <- post.V + w; w <- w - 0.05 mV*o1*(1 + r2); r1 <- r1 + 1; r2 <- r2 + 1 }
      on post { w <- w + 0.05 mV*r1*(1 + o2); o1 <- o1 + 1; o2 <- o2 + 1 }
    }
    network M {
      population P = 5 poisson(150 Hz)
      population K = 4 Kicked { V ~ uniform(0 mV, 20 mV) }
      connect P -> K by Nearest all
      connect P -> K by Triplet { delay = 1.1 ms } all
    }
    experiment X of M { duration 50 ms; seed 9; K.I = 1.2 mV/ms }`,
  "a synapse that kicks its source, and events that read the neurons": `
    synapse Retrograde {
      param a = 0.1
      weight w : mV = 2 mV
      state c = 0 mV
      on pre { post.V <- post.V + w + a*(pre.V - post.V); c <- c + 0.1*post.V }
      on post { pre.V <- pre.V - 1 mV - 0.01*c; w <- 0.9*w + 0.01*pre.V }
    }
    network M {
      population A = 5 Kicked { V ~ uniform(0 mV, 20 mV) }
      population B = 5 Kicked
      connect A -> B by Retrograde { delay = 0.2 ms } all
      connect B -> B by Retrograde as own { w = 0.5 mV } all
    }
    experiment X of M { duration 30 ms; seed 3; A.I, B.I = 1.3 mV/ms }`,
  "gap junctions: a common factor, one each, one that moves; a graded synapse": `
    synapse Gap { weight w : nS = 0.5 nS; post.I_e += w*(pre.V - post.V) }
    synapse Both { weight w : nS = 0.5 nS; post.I_e += w*(pre.V - post.V); pre.I_e += w*(post.V - pre.V) }
    synapse Moving {
      param g = 1 nS
      state s = 0
      s' = (1 - s)/(20 ms)
      on pre { s <- s/2 }
      post.I_e += g*s*(pre.V - post.V)
    }
    synapse Graded { param V_half = -60 mV; post.I_e += 20 pA/(1 + exp(-(pre.V - V_half)/(3 mV))) }
    network M {
      population A = 6 Cell { V ~ uniform(E_L, V_th) }
      population B = 4 Cell { G = 9 nS + 0.5 nS*i }
      connect A -> A by Gap all
      connect A -> B by Gap as varied { w ~ uniform(0 nS, 1 nS) } random(p: 0.7)
      connect A -> B by Both { w ~ uniform(0 nS, 1 nS) } random(p: 0.7)
      connect B -> A by Moving all
      connect B -> A by Graded all where i < j
    }
    experiment X of M { duration 30 ms; seed 3; A.I_e, B.I_e = 250 pA }`,
  "couplings that read the other end as it was: one delay, drawn, of each pair, from a file; both ends, inputs": `
    synapse Gap { weight w : nS = 0.5 nS; post.I_e += w*(pre.V - post.V) }
    synapse Both { weight w : nS = 0.5 nS; post.I_e += w*(pre.V - post.V); pre.I_e += w*(post.V - pre.V) }
    synapse Seen { post.I_e += 0.1*pre.I_e + 0.2 pA/nS*pre.G }
    network M {
      population A = 6 Cell { V ~ uniform(E_L, V_th); I_e = pulse(280 pA, from: 2 ms, to: 12 ms) + 5 pA*i }
      population B = 5 Cell { G = 9 nS + 0.5 nS*i }
      population C = 3 Cell { I_e = ramp(0 pA, 300 pA, from: 1 ms, to: 10 ms)*(1 + 0.1*i) }
      population D = 2 Cell { I_e = ramp(0 pA, 300 pA, from: 1 ms, to: 10 ms) }
      connect A -> A by Gap { delay = 1.5 ms } all
      connect A -> B by Gap as varied { w ~ uniform(0 nS, 1 nS), delay ~ uniform(0 ms, 2 ms) } random(p: 0.7)
      connect A[1..4] -> B by Both { w ~ uniform(0 nS, 1 nS), delay = 0.1 ms*(i + 2*j) } all
      connect A -> B by Gap as listed file("law_pairs.csv") allow multiple
      connect C -> B by Seen { delay = 3 ms } all
      connect D -> B by Seen as alike { delay ~ uniform(0 ms, 2 ms) } all
    }
    experiment X of M { duration 14 ms; seed 3; B.I_e = 220 pA }`,
  "states of connections that see the source as it was, inside the step too; with spikes, and lets": `
    synapse Kinetic {
      param τ = 3 ms
      weight w : pA = 60 pA
      state s = 0
      s' = (pre.open*(1 - s) - s)/τ
      post.I_e += w*s
    }
    synapse Mixed {
      param τ = 5 ms
      weight w : nS = 1 nS
      state g = 0 nS
      g' = -g/τ
      on pre { g <- g + w + 0.01 nS/mV*(pre.V + 70 mV) }
      post.I_e += g*(0 mV - post.V) + 0.01 nS*(pre.V - post.V)
    }
    neuron Open extends Cell { param k = 3 mV; let open = 1/(1 + exp(-(V + 60 mV)/k)) }
    network M {
      population A = 3 Open { V ~ uniform(E_L, V_th); k = 3 mV + 0.1 mV*i }
      population B = 3 Cell { V ~ uniform(E_L, V_th) }
      connect A -> A by Kinetic { w = 20 pA, delay = 0.7 ms } all allow self
      connect A -> B by Kinetic as drawn { delay ~ exponential(1 ms) } all
      connect A -> A by Kinetic as apart { τ = 1 ms + 0.5 ms*i, delay = 0.3 ms*j } all
      connect B -> A by Mixed { delay = 1 ms } all
      connect B -> B by Mixed as drawn_mixed { delay ~ uniform(0 ms, 1 ms) } all
    }
    experiment X of M { duration 8 ms; seed 3; A.I_e, B.I_e = 300 pA }`,
  "contributions to both ends within one population, one of them constant": `
    synapse Two { weight w : pA = 5 pA; post.I_e += w*(post.V/(-70 mV))^2; pre.I_e += 10 pA }
    network M {
      population A = 6 Cell { V ~ uniform(E_L, V_th) }
      population B = 3 Cell
      connect A[1..4], B -> A, B by Two { w ~ uniform(0 pA, 5 pA) } random(p: 0.7) allow self
    }
    experiment X of M { duration 40 ms; seed 3; A.I_e, B.I_e = 220 pA }`,
  "phases that are coupled, with Runge-Kutta": `
    neuron Phase {
      param ω = 0.3 /ms
      input drive : /ms
      state φ = 0
      φ' = ω + drive
      spike when φ > 6.283185307179586
      reset { φ <- φ - 6.283185307179586 }
    }
    synapse Pull { weight K : /ms = 0.02 /ms; post.drive += K*sin(pre.φ - post.φ) }
    network M {
      population O = 6 Phase { φ ~ uniform(0, 6); ω = 0.3 /ms + 0.01 /ms*i }
      connect O -> O by Pull { K = 0.02 /ms/(1 + abs(i - j)) } all
    }
    experiment X of M { duration 30 ms; seed 7; method rk4 }`,
  "connections with clocks of their own: calcium that drives the weight": `
    synapse Calcium {
      param τ_c = 20 ms, τ_w = 100 ms, θ = 1, c_pre = 0.6, c_post = 0.8
      weight w_0 : mV = 2 mV
      state c = 0, ρ = 0.5
      c' = -c/τ_c
      ρ' = (-ρ*(1 - ρ)*(0.5 - ρ) + 2*(if c > θ then 1 - ρ else -0.2*ρ))/τ_w
      on pre { post.V <- post.V + w_0*ρ; c <- c + c_pre }
      on post { c <- c + c_post }
    }
    synapse Driven {
      weight w : mV = 1 mV
      state s = 0 mV, u = 0.5
      s' = -(s - 0.3*post.V + 0.1*pre.V)/(8 ms)
      u' = (1 - u)*s/(1 mV)/(50 ms)
      on pre { post.V <- post.V + 0.5*u*w }
    }
    network M {
      population P = 3 poisson(200 Hz)
      population A = 3 Kicked { V ~ uniform(0 mV, 20 mV) }
      connect P -> A by Calcium { c_pre ~ uniform(0.3, 0.9) } all
      connect A -> A by Calcium as recurrent { w_0 = 1 mV, delay = 1 ms } all
      connect A -> A by Driven { delay ~ uniform(0.1 ms, 1 ms) } all
    }
    experiment X of M { duration 25 ms; seed 3; A.I = 1.3 mV/ms }`,
  "a parameter of the exponential drawn: one conductance a connection": `
    network M {
      population A = 5 Cell { V ~ uniform(E_L, V_th) }
      connect A -> A by Exp { τ ~ uniform(2 ms, 8 ms), w = 1 nS, delay = 0.5 ms } all
      connect A -> A by Exp as reversed { E_rev ~ normal(-70 mV, 10 mV), w = 1 nS } random(p: 0.5)
    }
    experiment X of M { duration 30 ms; seed 3; A.I_e = 250 pA }`,
  "NMDA, alpha and biexponential: factors of the target's voltage, linked states, indexed states": `
    synapse Nmda {
      param τ_r = 2 ms, τ_d = 60 ms, Mg = 1
      weight w : nS = 1 nS
      state a = 0 nS, b = 0 nS
      a' = -a/τ_r
      b' = -b/τ_d
      on pre { a <- a + w; b <- b + w }
      post.I_e += (b - a)/(1 + Mg/3.57*exp(-0.062 /mV*post.V))*(0 mV - post.V)
    }
    synapse Alpha {
      param τ = 2 ms
      weight w : pA = 30 pA
      state h = 0 pA/ms, I = 0 pA
      h' = -h/τ
      I' = h - I/τ
      on pre { h <- h + 2.718281828459045*w/τ }
      post.I_e += I
    }
    synapse Two {
      index k = 1..2
      param τ[k] = [1, 10] ms
      weight w[k] = [20, 5] pA
      state I[k] = 0 pA
      I[k]' = -I[k]/τ[k]
      on pre { I[k] <- I[k] + w[k] }
      post.I_e += sum(I)
    }
    network M {
      population A = 5 Cell { V ~ uniform(E_L, V_th) }
      connect A -> A by Nmda { delay = 0.5 ms } random(p: 0.5)
      connect A -> A by Alpha { w ~ uniform(0 pA, 50 pA) } random(p: 0.5)
      connect A -> A by Two random(p: 0.5)
    }
    experiment X of M { duration 30 ms; seed 3; A.I_e = 240 pA }`,
  "a saturating synapse, nonlinear at its source": `
    synapse Wang {
      param τ_s = 50 ms, τ_x = 2 ms, α = 0.5 /ms
      weight w : nS = 1 nS
      state x = 0, s = 0
      x' = -x/τ_x
      s' = -s/τ_s + α*x*(1 - s)
      on pre { x <- x + 1 }
      post.I_e += w*s*(0 mV - post.V)
    }
    network M {
      population A = 5 Cell { V ~ uniform(E_L, V_th) }
      connect A -> A by Wang { w ~ uniform(0 nS, 1 nS), delay = 0.5 ms } random(p: 0.6)
      connect A -> A by Wang as delayed { w = 0.2 nS, delay ~ uniform(0 ms, 1 ms) } random(p: 0.6)
    }
    experiment X of M { duration 30 ms; seed 3; A.I_e = 240 pA }`,
  "neurons that go on while refractory, drop an input, have noise, events and an escape rate": `
    neuron Busy {
      param τ = 10 ms
      input I : mV/ms, J : mV/ms
      state V = 0 mV, a = 0 mV, late = 0
      V' = (a - V)/τ + I + J + 0.5 mV/sqrt(ms)*ξ
      a' = -a/(30 ms)
      on V > 8 mV { late <- late + 1 }
      spike with rate 0.5 /ms*exp((V - 10 mV)/(2 mV))
      reset { V <- 0 mV; a <- a - 2 mV }
      refractory 1 ms { hold a; drop J }
    }
    synapse ToI { param τ = 3 ms; weight w : mV/ms = 0.3 mV/ms; state s = 0 mV/ms; s' = -s/τ; on pre { s <- s + w }; post.I += s }
    synapse ToJ extends ToI { post.J += s; post.I += 0*s }
    synapse Both { weight w : mV = 1 mV; on pre { post.V <- post.V + w; post.a <- post.a + w } }
    network M {
      population A = 10 Busy { V ~ normal(0 mV, 3 mV) }
      connect A -> A by ToI { delay = 0.3 ms } random(p: 0.4)
      connect A -> A by ToJ { τ = 5 ms } random(p: 0.4)
      connect A -> A by Both { w ~ normal(0 mV, 2 mV) } random(p: 0.4)
    }
    experiment X of M { duration 30 ms; seed 3; A.I = 0.8 mV/ms }`,
  "a neuromodulated rule: dopamine at the target, eligibility at the connection": `
    neuron Rewarded extends Kicked { state D : 1 = 0; D' = -D/(30 ms) }
    synapse Reward { weight w = 0.2; on pre { post.D <- post.D + w } }
    synapse Eligible {
      param τ_e = 50 ms, τ_p = 20 ms
      weight w_0 : mV = 2 mV
      state x = 0, y = 0, e = 0, s = 1
      x' = -x/τ_p
      y' = -y/τ_p
      e' = -e/τ_e
      s' = post.D*e/(10 ms)
      on pre { x <- x + 1; e <- e - 0.1*y; post.V <- post.V + s*w_0 }
      on post { y <- y + 1; e <- e + 0.1*x }
    }
    network M {
      population P = 6 poisson(100 Hz)
      population R = spikes([10 ms, 30 ms, 31 ms])
      population A = 4 Rewarded { V ~ uniform(0 mV, 20 mV) }
      connect R -> A by Reward all
      connect P -> A by Eligible { delay = 0.4 ms } all
    }
    experiment X of M { duration 30 ms; seed 3; A.I = 1.2 mV/ms }`,
};

for (const [claim, text] of Object.entries(CASES)) {
  test(claim, () => expectAgreement(planSource("law.glif", NEURONS + text, "X")));
}

for (const method of ["euler", "heun", "rk4", "rk45", "rosenbrock", "exponential_euler"]) {
  test(`method ${method} by name, with summed conductances and a state of the source`, () => {
    const text = (
      CASES["summed conductances of two connections, weights drawn and common, delays one and drawn"] ?? ""
    ).replace("seed 3", `seed 3; method ${method}`);
    expectAgreement(planSource("law.glif", NEURONS + text, "X"));
  });
}

function expectAgreement(plan: SimulationPlan): void {
  const seed = plan.seed ?? 0;
  const simulation = run(plan, { seed });
  const oracle = interpret(plan, plan.steps ?? 0, seed);
  const { spikes } = simulation;
  const found = Array.from({ length: spikes.length }, (_, k) => ({
    time: spikes.time(k),
    population: simulation.populations[spikes.population(k)]?.name,
    neuron: spikes.neuron(k),
  }));
  expect(found).toEqual(oracle.spikes);
  // A law about spikes needs some.
  expect(found.length).toBeGreaterThan(5);
  for (const population of simulation.populations) {
    for (const { name, values } of population.states) {
      expect(Array.from(values), `${population.name}.${name}`).toEqual(
        Array.from(values, (_, i) => oracle.state(population.name, i, name)),
      );
    }
  }
  for (const projection of simulation.projections) {
    expect(projection.connections.count, projection.name).toBeGreaterThan(0);
    for (const { name, values } of projection.values)
      expect(Array.from(values), `${projection.name} ${name}`).toEqual(oracle.values(projection.name, name));
  }
}
