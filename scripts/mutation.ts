// npm run mutation -- quantities: changes a package in small ways, one at a time, and counts how many of the changes its tests notice. Writes out/mutation/NAME/.
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";

interface Package {
  /** What is changed. */
  readonly files: readonly string[];
  /** Folders of tests that are to notice. */
  readonly tests: readonly string[];
}

const PACKAGES: Readonly<Record<string, Package>> = {
  // Programs read units too: their table, their texts and their exact numbers lie in the runtime.
  quantities: {
    files: [
      "src/quantities/*.ts",
      "src/runtime/{decimal,quantityText,rational,scale,unitSymbol,unitTable,unitText}.ts",
    ],
    tests: ["test/quantities", "test/parse"],
  },
  algebra: { files: ["src/algebra/*.ts"], tests: ["test/algebra"] },
  check: { files: ["src/3-check/**/*.ts"], tests: ["test/check", "test/golden"] },
  plan: { files: ["src/4-plan/*.ts"], tests: ["test/numerics", "test/laws", "test/emit"] },
  precise: { files: ["src/runtime/preciseStepper.ts"], tests: ["test/numerics", "test/laws"] },
};

/** Fewer changes noticed than this (%) fail. */
const LEAST = 85;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { files: { type: "string" } } });
const [name = ""] = positionals;
const chosen = PACKAGES[name];
if (chosen === undefined) {
  console.error(
    `npm run mutation -- PACKAGE [--files src/quantities/unit.ts]; a package is one of ${Object.keys(PACKAGES).join(", ")}`,
  );
  process.exit(2);
}

process.env["GLIF_TESTS"] = chosen.tests.join(",");
const results = await new Stryker({
  mutate: [...(values.files?.split(",") ?? chosen.files)],
  testRunner: "vitest",
  vitest: { configFile: "vitest.config.ts", related: false },
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  dryRunTimeoutMinutes: 60,
  disableTypeChecks: false, // else it writes into files whose freshness is tested
  concurrency: 2,
  timeoutMS: 20_000,
  tempDirName: `out/mutation/${name}/sandbox`,
  ignorePatterns: ["out", "dist", "bench", "models/comparisons"],
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, reportTests: false },
  jsonReporter: { fileName: `out/mutation/${name}/mutation.json` },
}).runMutationTest();

const tried = results.filter((r) => r.status !== "Ignored" && r.status !== "CompileError");
const noticed = tried.filter((r) => r.status === "Killed" || r.status === "Timeout");
const share = (100 * noticed.length) / Math.max(tried.length, 1);
console.log(`${name}: ${noticed.length} of ${tried.length} changes noticed, ${share.toFixed(1)} %`);
process.exitCode = share < LEAST ? 1 : 0;
