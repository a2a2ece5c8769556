// Pairs of models for tests: one base model, and what is written instead of a line of it.
import { differenceOfNeurons } from "../../../src/compare/structure/neurons.ts";
import { sentenceOf } from "../../../src/compare/structure/sentence.ts";
import type { Difference } from "../../../src/compare/structure/difference.ts";
import { present } from "../../../src/base/invariant.ts";
import { programOf } from "../../check/program.ts";

export function neurons(text: string): Difference {
  const program = programOf(text);
  const named = (name: string) =>
    present(
      program.neurons.find((n) => n.name === name),
      name,
    );
  return differenceOfNeurons(named("A"), named("B"));
}

export function sentence(text: string): string {
  return sentenceOf({ a: "A", b: "B" }, neurons(text));
}

/** Items in a line each: `reset changed V: E_L -> E_L + 5 mV`. */
export function lines({ items }: Difference): string[] {
  return items.map((i) => `${i.part} ${i.change} ${i.name}: ${i.before ?? "nothing"} -> ${i.after ?? "nothing"}`);
}

/** The second model is the first with lines replaced. */
export function edited(base: string, ...edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`no ${from} in the model`);
    return text.replace(from, to);
  }, base);
}

export function pairOf(a: string, b: string): string {
  return `${a.replace(/neuron \w+/, "neuron A")}\n${b.replace(/neuron \w+/, "neuron B")}`;
}

/** A model with something of everything: two currents, a moving threshold, noise, an event, refractoriness. */
export const BASE = `
neuron M {
  param C = 58.7 pF, G = 9.43 nS, E_L = -78.9 mV, Θ_inf = -51.7 mV, t_ref = 3 ms
  index j = 1..2
  param k[j] = [0.003, 0.1] /ms
  param δI[j] = [-9.18, -198.94] pA
  param b_s = 0.02 /ms, δΘ_s = 2 mV, σ = 3 mV, g_K = 2 nS, E_K = -90 mV
  input I_e : pA
  state V = E_L
  state I[j] = 0 pA
  state Θ_s = 0 mV
  state n : 1 = 0.1
  state c : 1 = 0
  V' = (I_e - G*(V - E_L)) / C
  I[j]' = -k[j]*I[j]
  Θ_s' = -b_s*Θ_s
  n' = 0.2 /ms * exp((V + 50 mV)/(20 mV))*(1 - n) - 0.1 /ms * n
  c' = -c/(50 ms)
  I_e += sum(I) + g_K*n^4*(E_K - V)
  I_e += σ*sqrt(2*C*G)*ξ
  spike when V > Θ_inf + Θ_s
  reset {
    V <- E_L
    I[j] <- I[j] + δI[j]
    Θ_s <- Θ_s + δΘ_s
  }
  on V < -100 mV { c <- c + 1; V <- -95 mV }
  refractory t_ref { hold V, n }
}
`;
