// The fast selection, `npm run test:fast`: for each room some tests that tell of it and take no time; under 30 s of one core together.
import { defineConfig } from "vitest/config";

/** By room of `src/`: what is asked while something is being built. The whole suite stays what decides. */
export const FAST: Readonly<Record<string, readonly string[]>> = {
  base: ["test/simulate/csv.test.ts"],
  methods: ["test/numerics/orders.test.ts"],
  stimuli: ["test/laws/stimuli.test.ts"],
  quantities: ["test/quantities/unit.test.ts", "test/quantities/dimension.test.ts"],
  algebra: ["test/algebra/print.test.ts", "test/algebra/differentiate.test.ts"],
  "1-parse": ["test/parse/precedence.test.ts", "test/parse/mistakes.test.ts"],
  "2-resolve": ["test/resolve/load.test.ts"],
  "3-check": ["test/check/numbersAndUnits.test.ts"],
  "4-plan": ["test/emit/decided.test.ts"],
  "5-emit": ["test/emit/escaping.test.ts", "test/emit/names.test.ts"],
  runtime: ["test/simulate/refusal.test.ts"],
  measures: ["test/measures/rate.test.ts", "test/measures/cvIsi.test.ts"],
  recording: ["test/recording/recording.test.ts"],
  instruments: ["test/instruments/instruments.test.ts"],
  compare: ["test/compare/jobs.test.ts"],
  fit: ["test/fit/optimisers.test.ts"],
  report: ["test/report/text.test.ts"],
  exchange: ["test/exchange/allen.test.ts"],
  simulate: ["test/simulate/refusal.test.ts"],
  figure: ["test/figure/scale.test.ts"],
  render: ["test/render/json.test.ts"],
  diagnostics: ["test/render/json.test.ts"],
  cli: ["test/cli/import.test.ts"],
};

export default defineConfig({
  test: {
    include: [...new Set(Object.values(FAST).flat()), "test/house.test.ts", "test/apiDocs.test.ts"],
    setupFiles: ["test/setup.ts"],
    testTimeout: 60_000,
    pool: "threads",
    isolate: false,
    maxWorkers: 2,
  },
});
