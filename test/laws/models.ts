// Models for the laws about kernels: each is there for something that kernels do.

/** A model, and what about kernels it is there for. */
export const CASES: Readonly<Record<string, string>> = {
  "exact propagator, indices, held state, contribution": `
    neuron N {
      index j = 1..2
      param C = 58.7 pF, G = 9.43 nS, E_L = -78.9 mV, Θ_inf = -51.7 mV, t_ref = 3 ms, k[j] = [0.003, 0.1] /ms, δI[j] = [-9.18, -198.94] pA
      input I_e : pA
      state V = E_L, I[j] = 0 pA, Θ_s = 0 mV
      V' = (I_e - G*(V - E_L))/C
      I[j]' = -k[j]*I[j]
      Θ_s' = -Θ_s/(50 ms)
      I_e += sum(I)
      let Θ = Θ_inf + Θ_s
      spike when V > Θ
      reset { I[j] <- I[j] + δI[j]; V <- E_L + 0.2*(V - E_L); Θ_s <- Θ_s + 2 mV }
      refractory t_ref { hold V }
    }
    experiment X of N { duration 300 ms; I_e = pulse(400 pA, from: 20 ms, to: 250 ms) + ramp(0 pA, 100 pA, from: 50 ms, to: 120 ms) + sine(30 pA, frequency: 20 Hz) }`,
  "states as they were: linear, held and dropped, in a contribution, a let, a condition and a reset, two delays of one state": `
    neuron N {
      param τ = 12 ms, a = 0.02 /ms, w = 0.4, T = 3.3 ms, θ = 10 mV
      input I : mV/ms, J : mV/ms
      state V = 1 mV, u = 0 mV, most = 0 mV
      V' = -V/τ + I + J
      u' = a*(V(t - T) - u)
      I += -w*(u(t - 2*T) + V(t - 1 ms))/τ
      let echo = V(t - T)
      spike when V + 0.1*echo > θ
      reset { V <- 0.1*V(t - 1 ms); most <- max(most, echo) }
      on u(t - T) > 3 mV { u <- u - 1 mV }
      refractory 1.5 ms { hold V; drop J }
    }
    experiment X of N { duration 200 ms; I = 1.2 mV/ms; J = steps(0 ms: 0 mV/ms, 30 ms: 0.9 mV/ms, 100 ms: 0.3 mV/ms) }`,
  "states as they were in equations that bend, with the time, noise and an upstroke": `
    neuron N {
      param β = 0.2 /ms, γ = 0.1 /ms, n = 10, τ = 17 ms, k = 0.04 /ms
      state x = 1.2, y = 0.1, z = 0, v = 0
      x' = β*x(t - τ)/(1 + x(t - τ)^n) - γ*x*(1 + 0.2*sin(t/(9 ms)))
      y' = (x(t - 5 ms)*(1 + z(t - 3 ms)) - y*y(t - τ))/(8 ms)
      z' = -z/(4 ms) + 0.1/sqrt(ms)*ξ
      v' = k*(v^2 + 0.5*v(t - 6 ms)/(1 + v(t - 6 ms)^2) + y)
      spike when v > 30
      reset { v <- -2 }
      refractory 1 ms
    }
    experiment X of N { duration 150 ms }`,
  "threshold driven by the voltage, all held, dropped input": `
    neuron N {
      param τ = 20 ms, a = 0.005 /ms, b = 0.09 /ms, θ_0 = 15 mV
      input I : mV/ms, J : mV/ms
      state V = 0 mV, θ = 0 mV
      V' = -V/τ + I + J
      θ' = a*V - b*θ
      spike when V >= θ_0 + θ
      reset { V <- 0 mV }
      refractory 2 ms { hold V; drop J }
    }
    experiment X of N { duration 200 ms; I = 1 mV/ms; J = steps(0 ms: 0 mV/ms, 30 ms: 0.4 mV/ms, 100 ms: 0.1 mV/ms) }`,
  "exponential Euler and exact groups side by side, per-neuron parameters": `
    neuron N {
      param τ = 20 ms, E_e = 0 mV, E_L = -60 mV, τ_e = 5 ms
      state V = E_L, g : 1 = 2
      V' = (g*(E_e - V) + (E_L - V))/τ
      g' = -g/τ_e + 0.1 /ms
      spike when V > -50 mV
      reset { V <- E_L }
      refractory 5 ms { hold V }
    }
    network M { population P = 17 N { τ ~ normal(20 ms, 2 ms, min: 5 ms); τ_e = 5 ms + 0.2 ms*i; V ~ uniform(E_L, -50 mV); g ~ gamma(mean: 2, sd: 0.5) } }
    experiment X of M { duration 60 ms; seed 5 }`,
  "Runge-Kutta on a non-linear neuron with a spike at the crossing": `
    neuron N {
      param V_T = -50 mV, Δ_T = 2 mV, τ_w = 150 ms, a = 4 nS, b = 80 pA, C = 200 pF, g = 10 nS, E_L = -70 mV
      input I : pA
      state V = E_L, w = 0 pA
      V' = (g*Δ_T*exp((V - V_T)/Δ_T) - g*(V - E_L) - w + I)/C
      w' = (a*(V - E_L) - w)/τ_w
      spike when V > -30 mV
      reset { V <- -58 mV; w <- w + b }
    }
    experiment X of N { duration 150 ms; step 0.02 ms; I = 500 pA }`,
  "adaptive Dormand-Prince with a held state": `
    neuron N {
      state v = 0, w = 0.1
      v' = (v - v^3/3 - w + 0.5)/(1 ms)
      w' = 0.08*(v + 0.7 - 0.8*w)/(1 ms)
      spike when v > 1
      reset { w <- w + 0.01 }
      refractory 3 ms { hold v }
    }
    experiment X of N { duration 100 ms; method rk45 }`,
  "exact Ornstein-Uhlenbeck with coupled noise, escape rate": `
    neuron N {
      param τ = 20 ms, σ = 3 mV, λ_0 = 1 /ms, Δ = 1 mV
      input I : mV/ms
      state V = 0 mV, u = 0 mV
      V' = -V/τ + u/(5 ms) + I + σ*sqrt(2/τ)*ξ
      u' = -u/(10 ms) + 0.2 mV/sqrt(ms)*ξ
      spike with rate λ_0*exp((V - 10 mV)/Δ)
      reset { V <- 0 mV }
      refractory 1 ms { hold V }
    }
    network M { population P = 9 N { V ~ normal(0 mV, 3 mV) } }
    experiment X of M { duration 60 ms; seed 11; P.I = 0.5 mV/ms + 0.1 mV/sqrt(ms)*ξ }`,
  "stochastic Heun with a shared noise, Stratonovich": `
    neuron N {
      interpret Stratonovich
      noise η
      param τ = 10 ms
      state x = 1, y = 0.5
      x' = -x*x/τ + 0.1 /sqrt(ms) * x*η
      y' = (x - y)/τ + 0.05 /sqrt(ms) * η + 0.02 /sqrt(ms) * ξ
      spike when y > 0.55
      reset { x <- 1; y <- 0.4 }
    }
    experiment X of N { duration 50 ms; seed 3 }`,
  "Euler-Maruyama, Itô": `
    neuron N {
      interpret Itô
      state x = 1
      x' = (1 - x*x*x)/(10 ms) + 0.2 /sqrt(ms) * x*ξ
      spike when x > 1.1
      reset { x <- 0.5 }
    }
    network M { population P = 5 N }
    experiment X of M { duration 50 ms; seed 3 }`,
  "events on inputs and time, timers, reads of inputs in a reset": `
    neuron N {
      param I_th = 100 pA, τ = 15 ms
      input I : pA
      state V = -70 mV, t_on = 0 ms, A = 0 mV
      V' = (-70 mV - V)/τ + I/(100 pF) - A/τ
      A' = -A/(40 ms)
      on I > I_th { t_on <- t; A <- 0 mV }
      on t > 60 ms { A <- A + 5 mV }
      spike when V > -50 mV
      reset { V <- -65 mV; A <- A + 2 mV*(1 - exp(-(t - t_on)/(20 ms))) + 0.01 mV*I/(1 pA) }
      refractory 2 ms { hold V }
    }
    experiment X of N { duration 120 ms; I = steps(0 ms: 0 pA, 10 ms: 150 pA, 50 ms: 50 pA, 70 ms: 200 pA) }`,
  "conditionals, functions, powers, lets used twice, white noise in a stimulus of each neuron's own": `
    function α(V : mV) = 0.1 /ms/mV*(V + 40 mV)/(1 - exp(-(V + 40 mV)/(10 mV)))
    neuron N {
      param g = 10 nS, C = 100 pF
      input I : pA
      state V = -65 mV, m = 0.1
      let rate = α(V)
      let drive = if V > -55 mV and not (m > 0.9) then 2*I else I
      V' = (drive - g*m^3*(V + 70 mV) - g*(V + 70 mV))/C
      m' = rate*(1 - m) - m^2*(4 /ms)*exp(-(V + 65 mV)/(18 mV))
      spike when V > -62 mV or m > 0.95
      reset { V <- -72 mV; m <- clamp(m, 0, 0.5) }
    }
    network M { population P = 4 N { m = 0.1 + 0.05*i } }
    experiment X of M { duration 40 ms; seed 9; P.I = pulse(100 pA + 20 pA*i, from: 5 ms, to: 30 ms) }`,
  "many exponentials, which the kernel writes out": `
    neuron N {
      const C = 200 pF, g_L = 10 nS, E_L = -60 mV
      param g_Na = 20 µS, g_K = 6 µS, V_T = -63 mV
      input I : pA
      state V = E_L, m = 0, h = 1, n = 0
      let α_m = 0.32 /ms/mV * 4 mV/exprel((13 mV - V + V_T)/(4 mV))
      let β_m = 0.28 /ms/mV * 5 mV/exprel((V - V_T - 40 mV)/(5 mV))
      let α_h = 0.128 /ms * exp((17 mV - V + V_T)/(18 mV))
      let β_h = 4 /ms/(1 + exp((40 mV - V + V_T)/(5 mV)))
      let α_n = 0.032 /ms/mV * 5 mV/exprel((15 mV - V + V_T)/(5 mV))
      let β_n = 0.5 /ms * expm1((10 mV - V + V_T)/(40 mV)) + 0.5 /ms
      V' = (g_L*(E_L - V) - g_Na*m^3*h*(V - 50 mV) - g_K*n^4*(V + 90 mV) + I)/C
      m' = α_m*(1 - m) - β_m*m
      h' = α_h*(1 - h) - β_h*h
      n' = α_n*(1 - n) - β_n*n
      spike when V > -20 mV
      refractory 3 ms
    }
    network M { population P = 3 N { V ~ normal(-65 mV, 5 mV) } }
    experiment X of M { duration 25 ms; step 0.02 ms; seed 2; P.I = 400 pA*(i + 1) }`,
  "complex eigenvalues and a state without an equation": `
    neuron N {
      param ω = 0.3 /ms, γ = 0.02 /ms
      state x = 1, y = 0, n = 0
      x' = -γ*x - ω*y
      y' = ω*x - γ*y
      spike when x > 0.6
      reset { x <- -1; n <- n + 1 }
    }
    experiment X of N { duration 100 ms }`,
  "events that make their own condition false, made true by resets and by one another, and a crossing": `
    neuron N {
      param a = 6 /ms, b = 0.3 /ms
      state x = 0, y = 1, flag = 0, n = 0, m = 0, k = 0
      x' = a - x/(20 ms)
      y' = -b*y
      on x > 0.5 { x <- 0.1*x; n <- n + 1 }
      on flag > 0.5 { flag <- 0; m <- m + 1 }
      on y < 0.5 or n > 100 { y <- 1 + 0.001*n; flag <- 1 }
      on y < 0.5 { k <- k + 1 }
      spike when y < 0.6 and x > 0.2
      refractory 1 ms { hold y }
    }
    network M { population P = 5 N { a = 3 /ms + 1 /ms*i } }
    experiment X of M { duration 30 ms }`,
  "draws of resets and events: bounded, shared through a name, one for each element, made of one another; a period that a spike draws": `
    neuron N {
      index k = 1..2
      param τ = 10 ms, E_L = -70 mV, V_th = -50 mV, σ = 2 mV
      input D : mV
      state V = E_L, Θ = V_th, n = 0, m = 0
      state T = 1 ms
      state a[k] = 0 mV
      V' = (E_L - V + D + sum(a))/τ
      a[k]' = -a[k]/(20 ms)
      spike when V > Θ
      reset {
        let u ~ uniform(0, 1), drop = u*(5 mV)
        let z ~ normal(drop, 1 mV)
        V <- E_L + drop
        Θ ~ normal(V_th + z, σ, min: V_th - σ)
        T ~ uniform(0 ms, 3 ms)
        a[k] ~ normal(u*(1 mV), 1 mV)
        n <- n + u
      }
      on a[1] > 1 mV { let c ~ binomial(5, 0.3); let g ~ gamma(mean: 1, sd: 0.5); m <- m + c*g; a[2] ~ uniform(0 mV, 2 mV) }
      refractory T + 0.5 ms { hold V }
    }
    network M { population P = 70 N { V ~ uniform(E_L, V_th) } }
    experiment X of M { duration 150 ms; P.D = 25 mV + 0.1 mV*i }`,
};
