// A measure of a variable is of the neuron that it names, whatever else is measured or recorded of the population.
import { expect, test } from "vitest";
import { folderWith, glif } from "../cli/helpers.ts";

const text = (record: string, measures: string): string => `neuron N { param τ = 10 ms; state x = 8 mV; x' = -x/τ }
network W { population A = 3 N { τ = 10 ms + 10 ms*i } }
network X { population A = 3 N { τ = 10 ms + 20 ms*i } }
experiment E of W { duration 20 ms; step 0.1 ms; ${record} }
comparison C { networks W, X; under E; measure ${measures} }
`;

interface Cell {
  readonly variant: number;
  readonly measure: number;
  readonly values: readonly (number | null)[];
  readonly undefinedBecause: string;
}

async function cells(record: string, measures: string): Promise<readonly Cell[]> {
  const { out, err } = await glif(folderWith({ "a.glif": text(record, measures) }), [
    "compare",
    "a.glif",
    "--json",
    "--quiet",
    "--no-step-check",
    "--out",
    "out",
  ]);
  expect(err).toBe("");
  return (JSON.parse(out) as { readonly comparison: { readonly cells: readonly Cell[] } }).comparison.cells;
}

/** Mean of 8 mV·exp(-t/τ) over the samples from 0 to 20 ms. */
const mean = (τ: number): number =>
  Array.from({ length: 201 }, (_, n) => 8 * Math.exp(-n / 10 / τ)).reduce((sum, x) => sum + x, 0) / 201;

const RECORDS = ["", "record A.x", "record A[0..2].x", "record A[1..2].x", "record A[2].x", "record A.x every 1 ms"];

for (const record of RECORDS) {
  test(`neuron 2 and all neurons, with ${record === "" ? "no record" : `\`${record}\``}`, async () => {
    for (const measures of ["trace_mean(A[2].x), chi_squared(A.x)", "chi_squared(A.x), trace_mean(A[2].x)"]) {
      const found = await cells(record, measures);
      const place = measures.startsWith("trace") ? 0 : 1;
      for (const [variant, τ] of [30, 50].entries()) {
        const own = found.find((c) => c.variant === variant && c.measure === place);
        expect(own?.values[0], `${measures} of variant ${variant}: ${own?.undefinedBecause ?? ""}`).toBeCloseTo(
          mean(τ),
          9,
        );
        expect(found.find((c) => c.variant === variant && c.measure === 1 - place)?.undefinedBecause).toBe("");
      }
    }
  });
}

test("a measure of one neuron is refused of all neurons, with the way out", async () => {
  const { out, err } = await glif(folderWith({ "a.glif": text("record A.x", "trace_mean(A.x)") }), ["check", "a.glif"]);
  expect(out + err).toContain("`trace_mean` takes one neuron, and `A.x` is of all neurons of A");
  expect(out + err).toContain("trace_mean(A[0].x)");
});
