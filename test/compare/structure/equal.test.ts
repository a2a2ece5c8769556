// Models that are the same although they are written otherwise: none of these is a difference.
import { expect, test } from "vitest";
import { BASE, edited, lines, neurons, pairOf, sentence } from "./pairs.ts";

const LEAK = `neuron M {
  param C = 100 pF, G = 10 nS, E_L = -70 mV, Θ = -50 mV
  input I_e : pA
  state V = E_L
  V' = (I_e - G*(V - E_L))/C
  spike when V > Θ
  reset { V <- E_L }
}`;

/** What it is, both models, what is said of it. */
const REWRITTEN: readonly (readonly [string, string, string])[] = [
  ["terms in another order", BASE, edited(BASE, ["(I_e - G*(V - E_L)) / C", "-(G*V)/C + I_e/C + E_L*G/C"])],
  [
    "a let for the leak",
    BASE,
    edited(BASE, ["  V' = (I_e - G*(V - E_L)) / C", "  let leak = G*(E_L - V)\n  V' = (leak + I_e)/C"]),
  ],
  [
    "a time constant as a let",
    BASE,
    edited(BASE, ["  V' = (I_e - G*(V - E_L)) / C", "  let τ = C/G\n  V' = (E_L - V)/τ + I_e/C"]),
  ],
  ["sums of an index written out", BASE, edited(BASE, ["sum(I)", "I[2] + I[1]"])],
  [
    "an index written out",
    BASE,
    edited(
      BASE,
      ["  I[j]' = -k[j]*I[j]", "  I[1]' = -k[1]*I[1]\n  I[2]' = -I[2]*k[2]"],
      ["    I[j] <- I[j] + δI[j]", "    I[2] <- δI[2] + I[2]\n    I[1] <- δI[1] + I[1]"],
    ),
  ],
  [
    "contributions joined",
    BASE,
    edited(BASE, ["sum(I) + g_K*n^4*(E_K - V)", "sum(I)\n  I_e += -g_K*n*n*n*n*(V - E_K)"]),
  ],
  [
    "the input's contribution in the equation",
    BASE,
    edited(
      BASE,
      ["(I_e - G*(V - E_L)) / C", "(I_e + sum(I) - G*(V - E_L)) / C"],
      ["I_e += sum(I) + g_K", "I_e += g_K"],
    ),
  ],
  ["1/exp(x) for exp(-x)", BASE, edited(BASE, ["exp((V + 50 mV)/(20 mV))", "1/exp((-50 mV - V)/(20 mV))"])],
  [
    "a function",
    BASE,
    `function rate(V : mV) : /ms = 0.2 /ms * exp(V/(20 mV) + 2.5)\n${edited(BASE, ["0.2 /ms * exp((V + 50 mV)/(20 mV))", "rate(V)"])}`,
  ],
  [
    "units of another size",
    BASE,
    edited(
      BASE,
      ["C = 58.7 pF", "C = 0.0587 nF"],
      ["t_ref = 3 ms", "t_ref = 0.003 s"],
      ["[0.003, 0.1] /ms", "[3, 100] Hz"],
      ["[-9.18, -198.94] pA", "[-0.00918, -0.19894] nA"],
    ),
  ],
  [
    "mirrored noise",
    BASE,
    edited(BASE, ["I_e += σ*sqrt(2*C*G)*ξ", "I_e += -sqrt(2*G*C*σ^2)*ξ"], ["σ = 3 mV", "σ = 3 mV"]),
  ],
  ["the threshold turned round", BASE, edited(BASE, ["V > Θ_inf + Θ_s", "Θ_s - V < -Θ_inf"])],
  [
    "the threshold as a let",
    BASE,
    edited(BASE, ["  spike when V > Θ_inf + Θ_s", "  let Θ = Θ_s + Θ_inf\n  spike when not (V <= Θ)"]),
  ],
  [
    "assignments in another order",
    BASE,
    edited(BASE, ["    V <- E_L\n", ""], ["Θ_s <- Θ_s + δΘ_s", "Θ_s <- Θ_s + δΘ_s\n    V <- E_L"]),
  ],
  ["an assignment that does nothing", BASE, edited(BASE, ["    V <- E_L\n", "    V <- E_L\n    n <- n\n"])],
  ["names in ASCII", BASE, BASE.replaceAll("Θ", "Theta").replaceAll("δ", "delta_").replaceAll("σ", "sigma")],
  ["upper and lower case", BASE, BASE.replace(/\bV\b(?!\/)/g, "v").replaceAll("mv", "mV")],
  [
    "other names for everything",
    BASE,
    BASE.replace(/\bI\b/g, "asc")
      .replace(/\bn\b/g, "gate")
      .replace(/\bC\b/g, "cap")
      .replace(/\bG\b/g, "leak")
      .replace(/\bk\b/g, "decay")
      .replace(/\bV\b(?! )/g, "u")
      .replace(/\bV\b/g, "u")
      .replaceAll("Θ_s", "w")
      .replaceAll("b_s", "slow")
      .replaceAll("I_e", "drive"),
  ],
  [
    "elements as states of their own",
    LEAK.replace("reset", "index j = 1..2\n state I[j] = 0 pA\n I[j]' = -I[j]/(5 ms)/j\n I_e += sum(I)\n reset"),
    LEAK.replace(
      "reset",
      "state I_1 = 0 pA, I_2 = 0 pA\n I_1' = -I_1/(5 ms)\n I_2' = -I_2/(10 ms)\n I_e += I_1 + I_2\n reset",
    ),
  ],
  ["a number for a constant", `const F = 3\n${LEAK.replace("G*(V", "F*G*(V")}`, LEAK.replace("G*(V", "3*G*(V")],
  ["a third", LEAK.replace("G*(V", "(1/3)*G*(V"), LEAK.replace("G*(V - E_L)", "G*(V - E_L)/3")],
  [
    "an if turned round",
    LEAK.replace("G*(V - E_L)", "(if V > E_L then G*(V - E_L) else 2*G*(V - E_L))"),
    LEAK.replace("G*(V - E_L)", "(if V <= E_L then 2*G*(V - E_L) else G*(V - E_L))"),
  ],
  [
    "powers as products",
    LEAK.replace("G*(V - E_L)", "G*(V - E_L)^2/(1 mV)"),
    LEAK.replace("G*(V - E_L)", "G*(V*V - 2*V*E_L + E_L*E_L)/(1 mV)"),
  ],
  ["a parameter that nothing uses", LEAK, LEAK.replace("Θ = -50 mV", "Θ = -50 mV, unused = 3 nS")],
  [
    "a default that follows another parameter, written otherwise",
    LEAK.replace("Θ = -50 mV", "Θ = E_L + 20 mV"),
    LEAK.replace("Θ = -50 mV", "Θ = 2*(E_L/2 + 10 mV)"),
  ],
].map(([what, a, b]) => [what ?? "", a ?? "", b ?? ""] as const);

test.each(REWRITTEN)("%s is no difference", (_, a, b) => {
  const found = neurons(pairOf(a, b));
  expect(lines(found)).toEqual([]);
  expect(found.equal).toBe(true);
  const back = neurons(pairOf(b, a));
  expect(lines(back)).toEqual([]);
});

/** Other parameters, states or measures: the models and the sentence. */
const SEEN_THROUGH: readonly (readonly [string, string, string, string])[] = [
  [
    "a time constant for a rate",
    BASE,
    edited(BASE, ["b_s = 0.02 /ms", "τ_s = 50 ms"], ["-b_s*Θ_s", "-Θ_s/τ_s"]),
    "A and B are the same model (τ_s = 1/b_s)",
  ],
  [
    "time constants for rates",
    BASE,
    edited(BASE, ["param k[j] = [0.003, 0.1] /ms", "param T[j] = [1000/3, 10] ms"], ["-k[j]*I[j]", "-I[j]/T[j]"]),
    "A and B are the same model (T = 1/k)",
  ],
  [
    "τ for C and G",
    LEAK,
    edited(LEAK, ["G = 10 nS", "τ = 10 ms"], ["(I_e - G*(V - E_L))/C", "(E_L - V)/τ + I_e/C"]),
    "A and B are the same model (τ = C/G)",
  ],
  [
    "C and G for τ",
    edited(LEAK, ["G = 10 nS", "τ = 10 ms"], ["(I_e - G*(V - E_L))/C", "(E_L - V)/τ + I_e/C"]),
    LEAK,
    "A and B are the same model (G = C/τ)",
  ],
  [
    "resistance for conductance",
    LEAK,
    edited(LEAK, ["C = 100 pF, G = 10 nS", "τ = 10 ms, R = 0.1 GΩ"], ["(I_e - G*(V - E_L))/C", "(E_L - V + R*I_e)/τ"]),
    "A and B are the same model (R = 1/G, τ = C/G)",
  ],
  [
    "a number for a parameter",
    LEAK,
    edited(LEAK, [", Θ = -50 mV", ""], ["V > Θ", "V > -50 mV"]),
    "A and B are the same model (Θ = -50 mV)",
  ],
  [
    "potentials measured from rest",
    LEAK,
    edited(
      LEAK,
      ["E_L = -70 mV, Θ = -50 mV", "Θ = 20 mV"],
      ["state V = E_L", "state V = 0 mV"],
      ["V - E_L", "V"],
      ["V <- E_L", "V <- 0 mV"],
    ),
    "A and B are the same model (B's V = V - E_L, B's Θ = Θ - E_L)",
  ],
  [
    "several potentials measured from rest, under names of their own",
    LEAK.replace("V <- E_L", "V <- V_r").replace("Θ =", "V_r = -65 mV, Θ ="),
    edited(
      LEAK,
      ["E_L = -70 mV, Θ = -50 mV", "θ = 20 mV, r = 5 mV"],
      ["state V = E_L", "state u = 0 mV"],
      ["V' = (I_e - G*(V - E_L))", "u' = (I_e - G*u)"],
      ["V <- E_L", "u <- r"],
      ["V > Θ", "u > θ"],
    ),
    "A and B are the same model (u = V - E_L, θ = Θ - E_L, r = V_r - E_L)",
  ],
  [
    "potentials measured from 0 again",
    edited(
      LEAK,
      ["E_L = -70 mV, Θ = -50 mV", "Θ = 20 mV"],
      ["state V = E_L", "state V = 0 mV"],
      ["V - E_L", "V"],
      ["V <- E_L", "V <- 0 mV"],
    ),
    LEAK,
    "A and B are the same model (B's V = V + E_L, B's Θ = E_L + Θ)",
  ],
  [
    "everything divided by the capacitance",
    LEAK,
    edited(
      LEAK,
      ["C = 100 pF, G = 10 nS", "g = 0.1 /ms"],
      ["I_e : pA", "I_e : mV/ms"],
      ["(I_e - G*(V - E_L))/C", "I_e - g*(V - E_L)"],
    ),
    "A and B are the same model (B's I_e = I_e/C, g = G/C)",
  ],
  [
    "elements of an index in another order",
    LEAK.replace(
      "reset",
      "index j = 1..2\n param τ[j] = [300, 10] ms\n state I[j] = 0 pA\n I[j]' = -I[j]/τ[j]\n I_e += sum(I)\n reset",
    ),
    LEAK.replace(
      "reset",
      "index j = 1..2\n param τ[j] = [10, 300] ms\n state I[j] = 0 pA\n I[j]' = -I[j]/τ[j]\n I_e += sum(I)\n reset",
    ),
    "A and B are the same model (4 names changed)",
  ],
  [
    "states for elements of an index in another order",
    LEAK.replace(
      "reset",
      "param τ_a = 10 ms, τ_b = 300 ms\n state a = 0 pA, b = 0 pA\n a' = -a/τ_a\n b' = -b/τ_b\n I_e += a + b\n reset",
    ),
    LEAK.replace(
      "reset",
      "index j = 1..2\n param τ[j] = [300, 10] ms\n state I[j] = 0 pA\n I[j]' = -I[j]/τ[j]\n I_e += sum(I)\n reset",
    ),
    "A and B are the same model (4 names changed)",
  ],
  [
    "a time constant without a short number",
    LEAK.replace("(I_e - G*(V - E_L))/C", "I_e/C - (V - E_L)/τ").replace("G = 10 nS", "τ = 333.3333333333333 ms"),
    LEAK.replace("(I_e - G*(V - E_L))/C", "I_e/C - 0.003 /ms*(V - E_L)").replace(", G = 10 nS", ""),
    "A and B are the same model (τ = 333.33333333333 ms)",
  ],
  [
    "a slope factor inside an exponential as a number",
    LEAK.replace("(I_e -", "(I_e + G*Δ*exp((V - Θ)/Δ) -").replace("G = 10 nS", "G = 10 nS, Δ = 2 mV"),
    LEAK.replace("(I_e -", "(I_e + G*(2 mV)*exp((V - Θ)/(2 mV)) -"),
    "A and B are the same model (Δ = 2 mV)",
  ],
  [
    "strength of noise as a diffusion",
    LEAK.replace("C = 100 pF", "C = 100 pF, σ = 4 pA*sqrt(ms)").replace("reset", "I_e += σ*ξ\n reset"),
    LEAK.replace("C = 100 pF", "C = 100 pF, D = 8 pA^2*ms").replace("reset", "I_e += sqrt(2*D)*ξ\n reset"),
    "A and B are the same model (D = 0.5*σ^2)",
  ],
];

test.each(SEEN_THROUGH)("%s is seen through", (_, a, b, said) => {
  const text = pairOf(a, b);
  expect(lines(neurons(text))).toEqual([]);
  expect(sentence(text)).toBe(said);
});

test("a mechanism is its text, and extends is what it flattens to", () => {
  const a = `mechanism Leak { param g = 10 nS, E = -70 mV; I_e += g*(E - V) }
    neuron A { param C = 100 pF; input I_e : pA; state V = -70 mV; use Leak; V' = I_e/C }
    neuron B { param C = 100 pF, gL = 10 nS, EL = -70 mV; input I_e : pA; state V = -70 mV; V' = (I_e - gL*(V - EL))/C }`;
  expect(lines(neurons(a))).toEqual([]);
  const b = `neuron P { param C = 100 pF, G = 10 nS; input I_e : pA; state V = 0 mV; V' = (I_e - G*V)/C }
    neuron A extends P { param G = 12 nS; spike when V > 10 mV; reset { V <- 0 mV } }
    neuron B { param C = 100 pF, G = 12 nS; input I_e : pA; state V = 0 mV; V' = -G/C*V + I_e/C; spike when V > 10 mV; reset { V <- 0 mV } }`;
  expect(neurons(b).equal).toBe(true);
});

test("what no algebra proves and no point tells apart is neither the same nor another; what a point tells apart is another", () => {
  const bent = (f: string): string => LEAK.replace("G*(V - E_L)", `G*(V - E_L) + 1 pA*${f}`);
  const found = pairOf(bent("sin(V/(5 mV))"), bent("2*sin(V/(10 mV))*cos(V/(10 mV))"));
  expect(neurons(found)).toMatchObject({
    equal: null,
    unproven: ["the equation of V"],
    items: [{ name: "V'", note: "perhaps written otherwise" }],
  });
  expect(sentence(found)).toMatch(/are not proven to be the same model/);
  expect(neurons(pairOf(bent("sin(V/(5 mV))"), bent("2.0001*sin(V/(10 mV))*cos(V/(10 mV))"))).equal).toBe(false);
});

test.each([
  ["exprel(V/(10 mV))", "(exp(V/(10 mV)) - 1)/(V/(10 mV))", "V"],
  ["1/exprel(V/(10 mV))", "V/(10 mV)/(exp(V/(10 mV)) - 1)", "exp(0.1*V) - 1"],
  ["V/V", "1", "V"],
  ["(V^2 - 4 mV^2)/(V - 2 mV)/(1 mV)", "(V + 2 mV)/(1 mV)", "V"],
])("%s is not %s where that is 0/0, and told so", (f, g, divisor) => {
  const bent = (e: string): string => LEAK.replace("G*(V - E_L)", `G*(V - E_L) + 1 pA * ${e}`);
  for (const [x, y] of [
    [f, g],
    [g, f],
  ] as const) {
    const found = neurons(pairOf(bent(x), bent(y)));
    expect(found.equal).toBe(null);
    expect(found.items.map((i) => i.note)).toEqual([
      expect.stringMatching(/^the same but where .* is 0, if it ever is$/),
    ]);
    expect(found.items[0]?.note).toContain(divisor);
  }
});

test.each([
  ["C/C*V/(1 mV)", "V/(1 mV)"],
  ["exp(V/(1 mV))/(1 + exp(V/(1 mV)))", "1/(1 + exp(-V/(1 mV)))"],
  ["V/(1 mV)/(1 - exp(-V/(1 mV)))", "V/(1 mV)*exp(V/(1 mV))/(exp(V/(1 mV)) - 1)"],
  ["(V^2 + 1 mV^2)/(2*V^2 + 2 mV^2)", "0.5"],
  ["1/(1 + exp(-(V + 40 mV)/(6 mV)))", "0.5*(1 + tanh((V + 40 mV)/(12 mV)))"],
  ["(cosh(V/(9 mV)) + sinh(V/(9 mV)))", "exp(V/(9 mV))"],
])("%s is %s: what is divided by is never 0, or is 0 in both", (f, g) => {
  const bent = (e: string): string => LEAK.replace("G*(V - E_L)", `G*(V - E_L) + 1 pA * ${e}`);
  expect(neurons(pairOf(bent(f), bent(g))).equal).toBe(true);
});

test("what rounding can do is no difference: the root of a square near 0", () => {
  const bent = (e: string): string => LEAK.replace("G*(V - E_L)", `G*(V - E_L) + 1 pA * ${e}`);
  const [root, kink] = [bent("sqrt(V^2/(1 mV^2) + 2*V/(1 mV) + 1)"), bent("abs(V/(1 mV) + 1)")];
  expect([neurons(pairOf(root, kink)).equal, neurons(pairOf(kink, root)).equal]).not.toContain(false);
  expect(neurons(pairOf(root, bent("abs(V/(1 mV) + 1.00001)"))).equal).toBe(false);
  expect(neurons(pairOf(root, bent("(V/(1 mV) + 1)"))).equal).toBe(false);
});
