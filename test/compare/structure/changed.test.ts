// The smallest changes of a model: each must be found, as what it is and nowhere else.
import { expect, test } from "vitest";
import { BASE, edited, lines, neurons, pairOf } from "./pairs.ts";

const LEAK = `neuron M {
  param C = 100 pF, G = 10 nS, E_L = -70 mV, Θ = -50 mV, t = 2 ms
  input I_e : pA
  state V = E_L
  V' = (I_e - G*(V - E_L))/C
  spike when V > Θ
  reset { V <- E_L }
  refractory 2 ms { hold V }
}`.replace(", t = 2 ms", "");

/** What, the edit of the base model, the lines of the difference. */
const CHANGES: readonly (readonly [string, readonly (readonly [string, string])[], readonly string[]])[] = [
  ["a sign in an equation", [["-b_s*Θ_s", "b_s*Θ_s"]], ["equation changed Θ_s': -b_s*Θ_s -> b_s*Θ_s"]],
  [
    "a sign inside a sum",
    [["G*(V - E_L)", "G*(V + E_L)"]],
    ["equation changed V': (I_e - G*(V - E_L))/C -> (I_e - G*(V + E_L))/C"],
  ],
  ["a factor of 2", [["-b_s*Θ_s", "-2*b_s*Θ_s"]], ["equation changed Θ_s': -b_s*Θ_s -> -2*b_s*Θ_s"]],
  [
    "one exponent",
    [["n^4", "n^3"]],
    ["input changed I_e: sum(I) + g_K*n^4*(E_K - V) + σ*sqrt(2*C*G)*ξ -> sum(I) + g_K*n^3*(E_K - V) + σ*sqrt(2*C*G)*ξ"],
  ],
  [
    "a sign in an exponent",
    [["exp((V + 50 mV)", "exp(-(V + 50 mV)"]],
    [
      "equation changed n': 0.2 /ms * exp((V + 50 mV)/(20 mV))*(1 - n) - 0.1 /ms * n -> 0.2 /ms * exp(-(V + 50 mV)/(20 mV))*(1 - n) - 0.1 /ms * n",
    ],
  ],
  [
    "a constant in an exponent",
    [["(20 mV)", "(21 mV)"]],
    [
      "equation changed n': 0.2 /ms * exp((V + 50 mV)/(20 mV))*(1 - n) - 0.1 /ms * n -> 0.2 /ms * exp((V + 50 mV)/(21 mV))*(1 - n) - 0.1 /ms * n",
    ],
  ],
  [">= for >", [["V > Θ_inf", "V >= Θ_inf"]], ["threshold changed spike: V > Θ_inf + Θ_s -> V >= Θ_inf + Θ_s"]],
  [
    "a sign in the threshold",
    [["Θ_inf + Θ_s", "Θ_inf - Θ_s"]],
    ["threshold changed spike: V > Θ_inf + Θ_s -> V > Θ_inf - Θ_s"],
  ],
  [
    "the threshold's part dropped",
    [["Θ_inf + Θ_s", "Θ_inf"]],
    ["threshold changed spike: V > Θ_inf + Θ_s -> V > Θ_inf"],
  ],
  ["a reset that adds instead of setting", [["V <- E_L", "V <- V + E_L"]], ["reset changed V: E_L -> V + E_L"]],
  ["a reset left out", [["    Θ_s <- Θ_s + δΘ_s\n", ""]], ["reset removed Θ_s: Θ_s + δΘ_s -> nothing"]],
  [
    "a reset that replaces",
    [["I[j] <- I[j] + δI[j]", "I[j] <- δI[j]"]],
    ["reset changed I[1..2]: I[j] + δI[j] -> δI[j]"],
  ],
  [
    "an index swapped",
    [["I[j] <- I[j] + δI[j]", "I[1] <- I[1] + δI[2]; I[2] <- I[2] + δI[1]"]],
    ["reset changed I[1]: I[1] + δI[1] -> I[1] + δI[2]", "reset changed I[2]: I[2] + δI[2] -> I[2] + δI[1]"],
  ],
  ["a held variable missing", [["hold V, n", "hold V"]], ["refractoriness changed n: held -> not held"]],
  ["another held variable", [["hold V, n", "hold V, n, Θ_s"]], ["refractoriness changed Θ_s: not held -> held"]],
  [
    "an input dropped while refractory",
    [["hold V, n", "hold n; drop I_e"]],
    ["refractoriness changed V: held -> not held; drop I_e"],
  ],
  [
    "another duration",
    [["refractory t_ref", "refractory 2*t_ref"]],
    ["refractoriness changed refractory: t_ref { hold V, n } -> 2*t_ref { hold V, n }"],
  ],
  [
    "no refractoriness",
    [["  refractory t_ref { hold V, n }\n", ""]],
    ["refractoriness removed refractory: t_ref { hold V, n } -> nothing"],
  ],
  ["mV for V", [["δΘ_s = 2 mV", "δΘ_s = 2 V"]], ["parameter changed δΘ_s: 2 mV -> 2 V"]],
  ["pA for nA in a list", [["-198.94] pA", "-0.19894] pA"]], ["parameter changed δI[2]: -198.94 pA -> -0.19894 pA"]],
  [
    "pA for nA for all",
    [["-198.94] pA", "-198.94] nA"]],
    ["parameter changed δI[1..2]: [-9.18, -198.94] pA -> [-9.18, -198.94] nA"],
  ],
  [
    "a contribution dropped",
    [["sum(I) + g_K", "g_K"]],
    ["input changed I_e: sum(I) + g_K*n^4*(E_K - V) + σ*sqrt(2*C*G)*ξ -> g_K*n^4*(E_K - V) + σ*sqrt(2*C*G)*ξ"],
  ],
  [
    "one element dropped from a sum",
    [["sum(I) + g_K", "I[1] + g_K"]],
    ["input changed I_e: sum(I) + g_K*n^4*(E_K - V) + σ*sqrt(2*C*G)*ξ -> I[1] + g_K*n^4*(E_K - V) + σ*sqrt(2*C*G)*ξ"],
  ],
  [
    "the strength of noise",
    [["sqrt(2*C*G)", "sqrt(C*G)"]],
    ["noise changed V': I_e += σ*sqrt(2*C*G)*ξ -> I_e += σ*sqrt(C*G)*ξ"],
  ],
  ["no noise", [["  I_e += σ*sqrt(2*C*G)*ξ\n", ""]], ["noise removed V': I_e += σ*sqrt(2*C*G)*ξ -> nothing"]],
  ["an initial value", [["state n : 1 = 0.1", "state n : 1 = 0.2"]], ["state changed n: 0.1 -> 0.2"]],
  [
    "the condition of an event",
    [["on V < -100 mV", "on V < -101 mV"]],
    ["event changed on: on V < -100 mV { c <- c + 1; V <- -95 mV } -> on V < -101 mV { c <- c + 1; V <- -95 mV }"],
  ],
  [
    "what an event does",
    [["c <- c + 1", "c <- c - 1"]],
    ["event changed on: on V < -100 mV { c <- c + 1; V <- -95 mV } -> on V < -100 mV { c <- c - 1; V <- -95 mV }"],
  ],
  [
    "an event left out",
    [["  on V < -100 mV { c <- c + 1; V <- -95 mV }\n", ""]],
    ["event removed on: on V < -100 mV { c <- c + 1; V <- -95 mV } -> nothing"],
  ],
  [
    "a rate for a threshold",
    [["spike when V > Θ_inf + Θ_s", "spike with rate 1 /ms * exp((V - Θ_inf - Θ_s)/(1 mV))"]],
    ["threshold changed spike: V > Θ_inf + Θ_s -> with rate 1 /ms * exp((V - Θ_inf - Θ_s)/(1 mV))"],
  ],
  ["a parameter's value", [["b_s = 0.02 /ms", "b_s = 0.2 /ms"]], ["parameter changed b_s: 0.02 /ms -> 0.2 /ms"]],
  [
    "a parameter renamed and changed",
    [
      ["b_s = 0.02 /ms", "slow = 0.2 /ms"],
      ["-b_s*Θ_s", "-slow*Θ_s"],
    ],
    ["parameter changed b_s: 0.02 /ms -> 0.2 /ms"],
  ],
  [
    "a rate as a time constant of another value",
    [
      ["b_s = 0.02 /ms", "τ = 60 ms"],
      ["-b_s*Θ_s", "-Θ_s/τ"],
    ],
    ["parameter changed τ: 50 ms -> 60 ms"],
  ],
];

test.each(CHANGES)("%s is found", (_, edits, expected) => {
  const there = neurons(pairOf(BASE, edited(BASE, ...edits)));
  expect(lines(there)).toEqual(expected);
  expect(there.equal).toBe(false);
  // The other way round the same is found, added for removed.
  const back = neurons(pairOf(edited(BASE, ...edits), BASE));
  const turned = { added: "removed", removed: "added", changed: "changed" } as const;
  expect(back.items.map((i) => `${i.part} ${turned[i.change]}`)).toEqual(
    there.items.map((i) => `${i.part} ${i.change}`),
  );
});

test("a sign is found under other names, other measures and another time constant", () => {
  const renamed = edited(
    LEAK,
    ["neuron M", "neuron N"],
    ["E_L = -70 mV, Θ = -50 mV", "th = 20 mV"],
    ["state V = E_L", "state u = 0 mV"],
    ["V' = (I_e - G*(V - E_L))/C", "u' = (I_e - G*u)/C"],
    ["V > Θ", "u > th"],
    ["V <- E_L", "u <- 0 mV"],
    ["hold V", "hold u"],
  );
  expect(neurons(pairOf(LEAK, renamed)).equal).toBe(true);
  expect(lines(neurons(pairOf(LEAK, renamed.replace("I_e - G*u", "I_e + G*u"))))).toContain(
    "equation changed V': (I_e - G*(V - E_L))/C -> (I_e + G*u)/C",
  );
  expect(neurons(pairOf(LEAK, renamed.replace("th = 20 mV", "th = 21 mV"))).equal).toBe(false);
  expect(neurons(pairOf(LEAK, renamed.replace("u > th", "u >= th"))).equal).toBe(false);
  expect(neurons(pairOf(LEAK, renamed.replace("hold u", "hold u; drop I_e"))).equal).toBe(true);
});

test("what differs by a plain factor is said to", () => {
  const noted = (from: string, to: string): string =>
    neurons(pairOf(BASE, edited(BASE, [from, to]))).items[0]?.note ?? "";
  expect(noted("-b_s*Θ_s", "b_s*Θ_s")).toBe("the opposite sign");
  expect(noted("-c/(50 ms)", "-c/(25 ms)")).toBe("2 times as much");
});

/** A branch far from where V begins: nothing but a search comes there. */
const FAR = `neuron M {
  param τ = 10 ms, E_L = -70 mV, V_far = 4000 mV, g = 2
  state V = E_L, u = 0.5
  V' = (if V > V_far then E_L - V else E_L - 2*V)/τ
  u' = (max(u, 40) - min(u, -30 + V/(1 mV)) + abs(u - 1e3) - g*u + (if u > 200 and V < -900 mV then u else 2*u))/τ
  spike when V > -50 mV + (if u > 500 then 1 mV else 2 mV)
  reset { V <- E_L }
}`;

test.each([
  ["then E_L - V else", "then E_L + V else", 1],
  ["max(u, 40)", "max(u, 41)", 1],
  ["min(u, -30 + V", "min(u, -30 - V", 1],
  ["abs(u - 1e3)", "(1e3 - u)", 1],
  ["then u else", "then -u else", 1],
  ["then 1 mV else", "then 3 mV else", 1],
  ["if V > V_far then E_L - V else E_L - 2*V", "if not (V > V_far) then E_L - V - V else -(V - E_L)", 0],
  ["abs(u - 1e3)", "abs(1e3 - u)", 0],
  ["max(u, 40)", "(if u > 40 then u else 40)", 0],
] as const)("in branches that are far away: %s as %s", (from, to, count) => {
  expect(lines(neurons(pairOf(FAR, edited(FAR, [from, to]))))).toHaveLength(count);
});
