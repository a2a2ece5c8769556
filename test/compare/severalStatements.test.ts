// A comparison says what it compares in as many statements as it likes.
import { expect, test } from "vitest";
import { parseModelFile } from "../../src/1-parse/parse.ts";
import { analyze } from "../../src/analyze.ts";
import { sourceText } from "../../src/base/source.ts";

const MODELS = `neuron A { param a = 1 mV; state V = a; V' = -V/(5 ms) }
experiment S of A { duration 5 ms }
experiment T of A { duration 9 ms }
`;

const host = { read: () => ({ problem: "no" }), resolve: (_from: string, path: string) => ({ path }) };

function comparison(body: string): readonly unknown[] {
  const text = `${MODELS}comparison C { ${body} }\n`;
  const { program, diagnostics } = analyze(sourceText("model.glif", text), host, parseModelFile);
  expect(diagnostics.map((d) => d.message)).toEqual([]);
  const c = program?.comparisons[0];
  return [c?.variants.map((v) => v.label), c?.cases.length, c?.measures.map((m) => m.name), c?.sweeps.length];
}

test("what several statements name adds up", () => {
  const whole = comparison(
    'models A, A { a = 2 mV } as "two"; under S, T; measure rate, latency; sweep V over [1, 2] mV',
  );
  expect(whole).toEqual([["A", "two"], 4, ["rate", "latency"], 1]);
  expect(
    comparison(
      'models A; under S; measure rate; models A { a = 2 mV } as "two"; measure latency; sweep V over [1, 2] mV; under T',
    ),
  ).toEqual(whole);
});
