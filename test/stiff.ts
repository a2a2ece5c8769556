// Stiff systems with reference solutions, in the form in which they are published.

/**
 * HIRES (High Irradiance Response of photomorphogenesis), E. Schäfer, J. Math. Biol. 2, 41 (1975), as problem of the Test Set for IVP Solvers
 * (F. Mazzia & C. Magherini, Bari, 2008) and of E. Hairer & G. Wanner, Solving Ordinary Differential Equations II; one unit of time is 1 ms.
 */
export const HIRES = `neuron Hires {
  state y1 = 1, y2 : 1 = 0, y3 : 1 = 0, y4 : 1 = 0, y5 : 1 = 0, y6 : 1 = 0, y7 : 1 = 0, y8 = 0.0057
  y1' = (-1.71*y1 + 0.43*y2 + 8.32*y3 + 0.0007)/(1 ms)
  y2' = (1.71*y1 - 8.75*y2)/(1 ms)
  y3' = (-10.03*y3 + 0.43*y4 + 0.035*y5)/(1 ms)
  y4' = (8.32*y2 + 1.71*y3 - 1.12*y4)/(1 ms)
  y5' = (-1.745*y5 + 0.43*y6 + 0.43*y7)/(1 ms)
  y6' = (-280*y6*y8 + 0.69*y4 + 1.71*y5 - 0.43*y6 + 0.69*y7)/(1 ms)
  y7' = (280*y6*y8 - 1.81*y7)/(1 ms)
  y8' = -(280*y6*y8 - 1.81*y7)/(1 ms)
}`;

/** At t = 321.8122, of the same test set. */
export const HIRES_END = [
  0.7371312573325668e-3, 0.1442485726316185e-3, 0.5888729740967575e-4, 0.1175651343283149e-2, 0.2386356198831331e-2,
  0.6238968252742796e-2, 0.2849998395185769e-2, 0.2850001604814231e-2,
];

/** Van der Pol's oscillator from x = 2, y = 0, μ as given; one unit of time is 1 ms. */
export const VAN_DER_POL = (μ: number): string => `neuron VanDerPol {
  param μ = ${μ}
  state x = 2
  state y : 1 = 0
  x' = y/(1 ms)
  y' = (μ*(1 - x^2)*y - x)/(1 ms)
}`;

/** Robertson's reactions (1966), of the same test set; from y = (1, 0, 0). */
export const ROBERTSON = `neuron Robertson {
  state a = 1, b : 1 = 0, c : 1 = 0
  a' = (-0.04*a + 1e4*b*c)/(1 ms)
  b' = (0.04*a - 1e4*b*c - 3e7*b^2)/(1 ms)
  c' = 3e7*b^2/(1 ms)
}`;

/** At t = 40: E. Hairer & G. Wanner, Solving Ordinary Differential Equations II, and the example of LSODE. */
export const ROBERTSON_AT_40 = [0.7158, 9.185e-6, 0.2842];
