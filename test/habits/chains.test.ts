// Models of the literature written without units: the helps, applied one after the other, end in the model of the literature and in nothing else.
import { expect, test } from "vitest";
import { parseModelFile } from "../../src/1-parse/parse.ts";
import { analyze } from "../../src/analyze.ts";
import type { SourceHost } from "../../src/analyze.ts";
import { sourceText } from "../../src/base/source.ts";
import type { Diagnostic, TextEdit } from "../../src/diagnostics/diagnostic.ts";

const host: SourceHost = {
  read: () => ({ problem: "there is no such file" }),
  resolve: (_from, written) => ({ path: written }),
};

function diagnose(text: string): readonly Diagnostic[] {
  return analyze(sourceText("model.glif", text), host, parseModelFile).diagnostics;
}

function applied(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((t, e) => t.slice(0, e.span.start) + e.newText + t.slice(e.span.end), text);
}

/** The first fix there is, again and again; what is left in the end. */
function followed(text: string): { readonly text: string; readonly left: readonly string[] } {
  let now = text;
  for (let round = 0; round < 20; round++) {
    const diagnostics = diagnose(now);
    const fix = diagnostics.find((d) => d.fixes.length > 0)?.fixes[0];
    if (fix === undefined) return { text: now, left: diagnostics.map((d) => `${d.code} ${d.message}`) };
    now = applied(now, fix.edits);
  }
  return { text: now, left: ["no end"] };
}

const CHAINS: readonly (readonly [name: string, without: string, literature: string])[] = [
  [
    "Izhikevich (2003)",
    "param a = 0.02, b = 0.2, c = -65, d = 8\n input I : 1\n state v = c, u = b*c\n v' = 0.04*v^2 + 5*v + 140 - u + I\n u' = a*(b*v - u)\n spike when v >= 30\n reset { v <- c; u <- u + d }",
    "param a = 0.02 /ms, b = 0.2, c = -65, d = 8\n input I : 1\n state v = c, u = b*c\n v' = (0.04*v^2 + 5*v + 140 - u + I)/(1 ms)\n u' = a*(b*v - u)\n spike when v >= 30\n reset { v <- c; u <- u + d }",
  ],
  [
    "FitzHugh-Nagumo",
    "param a = 0.7, b = 0.8, τ = 12.5\n input I : 1\n state v = -1, w = -0.6\n v' = v - v^3/3 - w + I\n w' = (v + a - b*w)/τ",
    "param a = 0.7, b = 0.8, τ = 12.5 ms\n input I : 1\n state v = -1, w = -0.6\n v' = (v - v^3/3 - w + I)/(1 ms)\n w' = (v + a - b*w)/τ",
  ],
  [
    "a leaky neuron",
    "param τ = 10, E = -70, R = 10\n input I : 1\n state V = -70\n V' = (E - V + R*I)/τ\n spike when V > -50\n reset { V <- E }",
    "param τ = 10 ms, E = -70, R = 10\n input I : 1\n state V = -70\n V' = (E - V + R*I)/τ\n spike when V > -50\n reset { V <- E }",
  ],
  [
    "potassium of Hodgkin and Huxley",
    "state V = -65, n = 0.3\n V' = -36*n^4*(V + 77) + 10\n n' = 0.01*(V + 55)/(1 - exp(-(V + 55)/10))*(1 - n) - 0.125*exp(-(V + 65)/80)*n",
    "state V = -65, n = 0.3\n V' = (-36*n^4*(V + 77) + 10)/(1 ms)\n n' = (0.01*(V + 55)/(1 - exp(-(V + 55)/10))*(1 - n) - 0.125*exp(-(V + 65)/80)*n)/(1 ms)",
  ],
  [
    "Izhikevich (2003) with a voltage in mV",
    "state v = -65 mV, u = 0\n v' = (0.04*v^2 + 5*v + 140 - u)/(1 ms)\n u' = 0.02*(0.2*v - u)\n spike when v >= 30 mV\n reset { v <- -65 mV; u <- u + 8 }",
    "state v = -65 mV, u = 0\n v' = (0.04 /mV*v^2 + 5*v + 140 mV - u)/(1 ms)\n u' = 0.02 /ms*(0.2*v - u)\n spike when v >= 30 mV\n reset { v <- -65 mV; u <- u + 8 mV }",
  ],
  [
    "Izhikevich (2003) with a voltage in mV and currents in mV/ms",
    "state v = -65 mV, u = -13 mV/ms\n v' = 0.04*v^2 + 5*v + 140 - u\n u' = 0.02 /ms*(0.2 /ms*v - u)\n spike when v >= 30 mV\n reset { v <- -65 mV; u <- u + 8 mV/ms }",
    "state v = -65 mV, u = -13 mV/ms\n v' = 0.04 /ms/mV*v^2 + 5 /ms*v + 140 mV/ms - u\n u' = 0.02 /ms*(0.2 /ms*v - u)\n spike when v >= 30 mV\n reset { v <- -65 mV; u <- u + 8 mV/ms }",
  ],
  [
    "sodium of Hodgkin and Huxley beside a voltage",
    "state V = -65 mV, m = 0.05\n V' = -(V + 65 mV)/(10 ms) - (1 - m)*1 mV/ms\n m' = 0.1*(V + 40)/(1 - exp(-(V + 40)/10))*(1 - m) - 4*exp(-(V + 65)/18)*m",
    "state V = -65 mV, m = 0.05\n V' = -(V + 65 mV)/(10 ms) - (1 - m)*1 mV/ms\n m' = (0.1 /mV*(V + 40 mV)/(1 - exp(-(V + 40 mV)/10 mV))*(1 - m) - 4*exp(-(V + 65 mV)/18 mV)*m)/(1 ms)",
  ],
  [
    "a rate as papers write it, and a decimal comma",
    "param a = 0.02 1/ms, t_ref = 2,5 ms\n state V = 1 mV\n V' = -a*V\n spike when V > 3 mV\n reset { V <- 0 }\n refractory t_ref",
    "param a = 0.02 /ms, t_ref = 2.5 ms\n state V = 1 mV\n V' = -a*V\n spike when V > 3 mV\n reset { V <- 0 }\n refractory t_ref",
  ],
];

test.each(CHAINS)("%s", (_name, without, literature) => {
  const { text, left } = followed(`neuron N {\n ${without}\n}\n`);
  expect(text).toBe(`neuron N {\n ${literature}\n}\n`);
  expect(left).toEqual([]);
});

test.each([
  "param P = 0.5 /ms, α = 0.25 /ms\n state w = 1 /ms\n w' = P + α*w",
  "param P = 0.5 /ms, α = 0.25 /ms\n state w = 1 /ms\n w' = α*w + P",
  "param P = 0.5 /ms\n state w : 1 = 1\n w' = P + w",
  "param T = 5 ms, τ = 2 ms\n state w = 1 ms\n w' = (T + τ*w)/(1 ms)/(1 ms)",
])("what makes up one term is not proposed as a factor of the other: %s", (body) => {
  const [first] = diagnose(`neuron N {\n ${body}\n}\n`);
  expect(first?.code).toBe("units/mismatched-terms");
  expect(first?.help.join()).not.toMatch(/(multiply|divide) by/u);
});

test("a factor of one term may be what the other lacks", () => {
  expect(
    diagnose("neuron N {\n param g = 2 nS, C = 10 pF, E = -70 mV\n state V = E\n V' = (g*E - V)/C\n}\n")[0]?.help,
  ).toEqual(["multiply by the conductance `g` (nS): `g*V`"]);
});
